import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DockerConfigError,
  explainDockerCredentials,
  findCredentials,
  parseDockerConfig,
} from '../../../src/docker-config.js'
import { AUTH, configOf, errorOf, fileOf } from '../../support/docker-config.js'
import { expectProportion } from '../../support/proportion.js'

describe('identity tokens', () => {
  const config = configOf({ 'a.io': { identitytoken: 'secret-token', auth: AUTH } })

  it('come with what the program makes of them', () => {
    const contrast = findCredentials(config, 'a.io')
    expect(contrast).toMatchObject({ kind: 'identity-token', key: 'a.io', basic: undefined })
    expect('message' in contrast && contrast.message).toContain('pulls anonymously')
    expect('message' in contrast && contrast.message).toContain('docker login -u USER')
    const podman = findCredentials(config, 'a.io', { program: 'podman' })
    expect('message' in podman && podman.message).toContain('exchanges')
  })
})

describe('bytes that are no UTF-8', () => {
  it('are basic credentials for Podman, without text', () => {
    const auth = Buffer.from([0x75, 0x3a, 0xff]).toString('base64')
    const config = configOf({ 'a.io': { auth } })
    const found = findCredentials(config, 'a.io', { program: 'podman' })
    expect(found).toMatchObject({ kind: 'basic', username: undefined, password: undefined })
    expect(errorOf(() => findCredentials(config, 'a.io')).issue.code).toBe('broken-auth')
  })
})

describe('a pair without user and password', () => {
  it('is none for Podman, and a pair for Contrast', () => {
    const config = configOf({ 'a.io': { auth: Buffer.from(':').toString('base64') } })
    expect(findCredentials(config, 'a.io', { program: 'podman' })).toEqual({
      kind: 'none',
      key: 'a.io',
    })
    expect(findCredentials(config, 'a.io').kind).toBe('basic')
  })
})

describe('a repository of many parts', () => {
  const auths = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, i) => [`h${i}.io`, { auth: AUTH }]),
  )
  it('is looked up in a moment, whatever the number of entries', () => {
    const config = configOf({ ...auths, a: { auth: AUTH } })
    const find = (count: number) =>
      expect(findCredentials(config, `${'a/'.repeat(count)}b`, { program: 'podman' }).key).toBe('a')
    expectProportion(find, 10_000, 80_000)
  })

  it('takes the longest name, wherever it stands', () => {
    const keys = ['q.io/a', 'q.io/a/b', 'q.io', 'q.io/a/bc', 'q.io/a/b/c/d']
    for (const order of [keys, keys.toReversed()]) {
      const config = configOf(Object.fromEntries(order.map((key) => [key, { auth: AUTH }])))
      expect(findCredentials(config, 'q.io/a/b/c', { program: 'podman' }).key).toBe('q.io/a/b')
      expect(findCredentials(config, 'q.io/ab', { program: 'podman' }).key).toBe('q.io')
    }
  })
})

describe('any document', () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .dictionary(
        fc.constantFrom('a.io', 'https://a.io/', '__proto__', 'docker.io'),
        fc.jsonValue(),
      )
      .map((auths) => fileOf(auths)),
  )
  const answersOrThrows = (read: (text: string) => unknown) =>
    fc.property(text, (document) => {
      try {
        read(document)
      } catch (error) {
        return error instanceof DockerConfigError
      }
      return true
    })

  it('is read, or throws exactly DockerConfigError', () => {
    const read = (document: string) => explainDockerCredentials(parseDockerConfig(document), 'a.io')
    fc.assert(answersOrThrows(read), { numRuns: 3000 })
    expect(fc.check(answersOrThrows(JSON.parse), { endOnFailure: true }).failed).toBe(true)
  })

  it('threat 4: an entry matches its host alone, or a repository below it', () => {
    const host = fc.stringMatching(/^[a-c]{1,2}\.[a-c]{1,2}$/)
    const matchesOnly = (find: (key: string, server: string) => boolean) =>
      fc.property(host, host, fc.constantFrom('', 'x', '.x', '/x', ':5'), (key, base, tail) => {
        const server = base + tail
        const isSame = server === key || (server.startsWith(`${key}/`) && tail === '/x')
        return find(key, server) === isSame
      })
    const podman = (key: string, server: string) =>
      findCredentials(configOf({ [key]: { auth: AUTH } }), server, { program: 'podman' }).kind ===
      'basic'
    fc.assert(matchesOnly(podman), { numRuns: 2000 })
    expect(
      fc.check(
        matchesOnly((key, server) => server.startsWith(key)),
        { numRuns: 2000 },
      ).failed,
    ).toBe(true)
  })
})
