import { describe, expect, it } from 'vitest'
import { findCredentials, parseDockerConfig } from '../../../src/docker-config.js'
import { AUTH, base64, configOf, errorOf, login } from '../../support/docker-config.js'

const find = (file: unknown, server: string) =>
  findCredentials(parseDockerConfig(JSON.stringify(file)), server, { program: 'docker' })

describe("Docker's command line", () => {
  it('knows its Hub by one name, whichever it is asked for', () => {
    const auths = { 'docker.io': login('no'), 'https://index.docker.io/v1/': login('yes') }
    for (const server of ['docker.io', 'index.docker.io', 'https://index.docker.io/v1/']) {
      expect(find({ auths }, server)).toMatchObject({ key: 'https://index.docker.io/v1/' })
    }
    expect(find({ auths: { 'docker.io': login('no') } }, 'docker.io').kind).toBe('none')
  })

  it('asks the store for everything, entries or not, but for an empty helper', () => {
    const file = { auths: { 'a.io': login('u') }, credsStore: 'pass', credHelpers: { 'a.io': '' } }
    expect(find(file, 'b.io')).toEqual({
      kind: 'helper',
      key: 'credsStore',
      name: 'pass',
      server: 'b.io',
    })
    expect(find(file, 'a.io').kind).toBe('basic')
    expect(find({ credHelpers: { 'a.io': 'ecr-login' } }, 'a.io')).toMatchObject({
      kind: 'helper',
      key: 'a.io',
    })
  })

  it('has a kind for a registry token, and what it found beside it', () => {
    const found = find({ auths: { 'a.io': { auth: AUTH, registrytoken: 't' } } }, 'a.io')
    expect(found).toMatchObject({ kind: 'registry-token', key: 'a.io', basic: { kind: 'basic' } })
    const token = find({ auths: { 'a.io': { identitytoken: 't' } } }, 'a.io')
    expect(token).toMatchObject({ kind: 'identity-token', basic: undefined })
    expect('message' in token && token.message).toContain('exchanges')
  })

  it('reads username and password where auth is absent, each alone too', () => {
    const entry = { username: 'u', password: 'p' }
    const pairOf = (one: object) => {
      const found = find({ auths: { 'a.io': one } }, 'a.io')
      return found.kind === 'basic' ? found.encoded.reveal() : found.kind
    }
    expect(pairOf(entry)).toBe(base64('u:p'))
    expect(pairOf({ password: 'p' })).toBe(base64(':p'))
    expect(pairOf({ ...entry, auth: AUTH })).toBe(AUTH)
    expect(pairOf({ username: '' })).toBe('none')
  })

  it.each([
    ['no base64', '!'],
    ['no colon', base64('user')],
    ['no user name', base64(':pass')],
  ])('fails at auth that is %s', (_, auth) =>
    expect(errorOf(() => find({ auths: { 'a.io': { auth } } }, 'a.io')).issue.code).toBe(
      'broken-auth',
    ),
  )

  it('fails at a broken entry of the registry even where a helper has its credentials', () => {
    for (const entry of [{ auth: '!' }, 5]) {
      const file = { auths: { 'a.io': entry, 'b.io': {} }, credHelpers: { 'a.io': 'pass' } }
      expect(() => find(file, 'a.io')).toThrow()
      expect(find(file, 'b.io').kind).toBe('none')
    }
  })

  it('fails at settings of a wrong type, which the others pass over', () => {
    for (const more of [
      { HttpHeaders: 'x' },
      { psFormat: 1 },
      { cliPluginsExtraDirs: [1] },
      { HTTPHEADERS: { 'X-A': 1 } },
      { pruneFilters: 'label=x' },
      { plugins: { hints: { enabled: true } } },
      { proxies: { default: { noProxy: ['.corp'] } } },
      { proxies: { default: { NoProxy: 1 } } },
      { proxies: { default: 'http://proxy.corp' } },
    ]) {
      const config = configOf({ 'a.io': login('u') }, more)
      const error = errorOf(() => findCredentials(config, 'a.io', { program: 'docker' }))
      expect(error.issue).toMatchObject({ code: 'wrong-type', path: Object.keys(more) })
      expect(findCredentials(config, 'a.io').kind).toBe('basic')
    }
    const right = {
      HttpHeaders: { 'X-A': 'b' },
      psFormat: null,
      aliases: null,
      cliPluginsExtraDirs: ['/x'],
      pruneFilters: ['label=x'],
      plugins: { hints: { enabled: 'true' }, none: null },
      proxies: { default: { httpProxy: 'http://proxy.corp', noProxy: null, more: 1 }, none: null },
    }
    for (const more of [right, { cliPluginsExtraDirs: null }]) {
      expect(find({ auths: { 'a.io': login('u') }, ...more }, 'a.io').kind).toBe('basic')
    }
  })

  it.each([
    ['https://user@ghcr.io', 'ghcr.io', 'basic'],
    ['https://ghcr.io:8443/v1/', 'ghcr.io:8443', 'basic'],
    ['https://ghcr.io:8443/v1/', 'ghcr.io', 'none'],
    ['https://[::1]:5000/', '[::1]:5000', 'basic'],
    ['https://[::1]/', '::1', 'basic'],
    ['https://ghcr.io:x', 'ghcr.io', 'none'],
    ['https://ghcr.io:x', 'ghcr.io:x', 'basic'],
    ['https://gh cr.io', 'gh cr.io', 'basic'],
    ['https://ghcr.io/%zz', 'ghcr.io', 'basic'],
    ['https://ghcr.io/%20', 'ghcr.io', 'basic'],
    ['https://ghcr.io\n', 'ghcr.io', 'none'],
    ['https://ghcr.io\n/v1/', 'ghcr.io\n', 'basic'],
    ['https:///ghcr.io', '', 'none'],
    ['https:///ghcr.io', 'https:', 'basic'],
    ['ghcr.io/x://evil.io', 'ghcr.io', 'none'],
    ['ghcr.io/x://evil.io', 'evil.io', 'basic'],
    ['//ghcr.io/x://evil.io', 'ghcr.io', 'basic'],
    ['a:b://u@ghcr.io', 'ghcr.io', 'none'],
    ['a+b-1.2://u@ghcr.io', 'ghcr.io', 'basic'],
    ['ht_tp://ghcr.io', 'ghcr.io', 'basic'],
    ['ht_tp://u@ghcr.io', 'ghcr.io', 'none'],
    ['https://a:%41%zz@ghcr.io', 'ghcr.io', 'none'],
    ['https://a[b@ghcr.io', 'ghcr.io', 'none'],
    ['https://a:b@c@ghcr.io', 'ghcr.io', 'basic'],
    ['https://ghcr.io?x=%zz', 'ghcr.io', 'basic'],
    ['https://ghcr.io#%zz', 'ghcr.io', 'none'],
    ['https://ghcr.io#x\t', 'ghcr.io', 'basic'],
    ['https://::1:5000/v1/', '[::1]:5000', 'basic'],
    ['https://::1:x', '::1:x', 'basic'],
    ['https://ghcr.io:1:443', 'ghcr.io:1', 'none'],
  ])("reads the key %j as Go's URL parser does: for %j %s", (key, server, kind) =>
    expect(find({ auths: { [key]: login('u') } }, server).kind).toBe(kind),
  )
})
