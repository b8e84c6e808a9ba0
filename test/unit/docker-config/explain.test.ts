import { describe, expect, it } from 'vitest'
import {
  type DockerProgram,
  explainDockerCredentials,
  findCredentials,
  parseDockerConfig,
} from '../../../src/docker-config.js'
import { AUTH, configOf, errorOf, login } from '../../support/docker-config.js'
import { expectProportion } from '../../support/proportion.js'

describe('explainDockerCredentials', () => {
  it.each([
    ['HTTPS://ghcr.io', 'ghcr.io', 'scheme'],
    ['ghcr.io/', 'ghcr.io', 'trailing-slash'],
    ['ghcr.io/v1/', 'ghcr.io', 'path'],
    ['ghcr.io:443', 'ghcr.io', 'port'],
    ['GHCR.io', 'ghcr.io', 'case'],
    ['ghcr.io.', 'ghcr.io', 'trailing-dot'],
    [' ghcr.io', 'ghcr.io', 'white-space'],
    ['https://user@ghcr.io', 'ghcr.io', 'user-info'],
    ['hub.docker.com', 'docker.io', 'docker-hub-alias'],
    ['https://www.docker.com', 'docker.io', 'docker-hub-alias'],
    ['Ghcr.io:443/v2/', 'ghcr.io', 'case port path'],
    ['ghcr.io', 'https://ghcr.io', 'scheme'],
  ])('%j nearly matches %s: %s', (key, server, reasons) => {
    const { contrast, nearMisses } = explainDockerCredentials(
      configOf({ [key]: { auth: AUTH } }),
      server,
    )
    expect(contrast.kind).toBe('none')
    const [miss] = nearMisses.filter(({ program }) => program === 'contrast')
    expect(miss?.key).toBe(key.replace(/^.*@/, '…@'))
    expect(miss?.codes.join(' ')).toBe(reasons)
    expect(miss?.message).not.toBe('')
  })

  it.each(['hcr.io', 'ghcr.io.evil.example', 'evilghcr.io', 'ghcr.ioo', ''])(
    '%j is not even near ghcr.io',
    (key) => {
      const { nearMisses } = explainDockerCredentials(
        configOf({ [key]: { auth: AUTH } }),
        'ghcr.io',
      )
      expect(nearMisses).toEqual([])
    },
  )

  it('names members in another case, which Podman reads', () => {
    const config = parseDockerConfig(JSON.stringify({ Auths: { 'ghcr.io': { auth: AUTH } } }))
    const explanation = explainDockerCredentials(config, 'ghcr.io')
    expect(explanation).toMatchObject({
      contrast: { kind: 'none' },
      podman: { kind: 'basic' },
      differ: true,
      nearMisses: [{ key: 'ghcr.io', program: 'contrast', codes: ['member-name-case'] }],
    })
  })

  it('names wrapped base64, which Podman takes', () => {
    const explanation = explainDockerCredentials(
      configOf({ 'ghcr.io': { auth: `${AUTH}\n` } }),
      'ghcr.io',
    )
    expect(explanation).toMatchObject({
      contrast: { kind: 'error', error: { issue: { code: 'broken-auth' } } },
      podman: { kind: 'basic' },
      differ: true,
      nearMisses: [{ key: 'ghcr.io', program: 'contrast', codes: ['wrapped-base64'] }],
    })
  })

  it('names a repository, which is for Podman alone', () => {
    const config = configOf({ 'quay.io/acme': { auth: AUTH } })
    const explanation = explainDockerCredentials(config, 'quay.io/acme/app')
    expect(explanation).toMatchObject({ contrast: { kind: 'none' }, podman: { kind: 'basic' } })
    expect(
      explanation.nearMisses.map(({ program, codes: reasons }) => [program, ...reasons]),
    ).toEqual([
      ['contrast', 'path'],
      ['docker', 'path'],
    ])
  })

  it.each([
    ['auth', { auths: { 'a.io': { auth: AUTH, Auth: `${AUTH.slice(0, -4)}eDp5` } } }],
    ['a NUL', { auths: { 'a.io': { auth: Buffer.from('a:pw\0').toString('base64') } } }],
    ['tokens', { auths: { 'a.io': { auth: AUTH, identitytoken: 't', IdentityToken: 'u' } } }],
    ['registry tokens', { auths: { 'a.io': { registrytoken: 't', RegistryToken: 'u' } } }],
    ['helpers', { credHelpers: { 'a.io': 'x' }, CREDHELPERS: { 'a.io': 'y' } }],
  ])('says that the programs differ in what one entry gives them: %s', (_, file) => {
    const explanation = explainDockerCredentials(parseDockerConfig(JSON.stringify(file)), 'a.io')
    const { contrast, podman, differ } = explanation
    expect([contrast.kind, differ]).toEqual([podman.kind, true])
  })

  it('says so whatever a prototype says to JSON', () => {
    const auths = { 'a.io': { auth: AUTH, Auth: `${AUTH.slice(0, -4)}eDp5` } }
    const config = parseDockerConfig(JSON.stringify({ auths }))
    Reflect.set(Object.prototype, 'toJSON', () => 'the same')
    try {
      expect(explainDockerCredentials(config, 'a.io').differ).toBe(true)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'toJSON')
    }
  })

  const missOf = (key: string, server: string, format: 'config' | 'dockercfg' = 'config') => {
    const entries = { [key]: { auth: AUTH } }
    const text = JSON.stringify(format === 'config' ? { auths: entries } : entries)
    const { nearMisses } = explainDockerCredentials(parseDockerConfig(text, { format }), server)
    return (program: string) => nearMisses.find((miss) => miss.program === program)?.codes.join(' ')
  }
  it.each([
    ['GHCR.IO', 'ghcr.io/acme/app', 'case', 'a key without a path covers the repository'],
    ['GHCR.IO/acme', 'ghcr.io/acme/app', 'case', 'and so does one with the path before it'],
    ['GHCR.IO/ac', 'ghcr.io/acme/app', 'case path', 'which ends at a slash'],
    ['https://user:x@ghcr.io', 'ghcr.io/x', 'user-info', 'nor does one that has none'],
    ['https://u@ghcr.io/v1/', 'ghcr.io/x', 'user-info', 'behind a scheme it is ignored'],
    ['ghcr.io/', 'ghcr.io/acme', 'trailing-slash', 'without the slash it would cover it'],
    ['ghcr.io/acme/', 'ghcr.io/acme/app', 'trailing-slash', 'the same with a path'],
    ['[::1]:5000', '[::2]:6000', undefined, 'another host'],
    ['[::1]:5000', '[::1]:6000', 'port', 'the same'],
    ['[::1]', '[::1]:6000', 'port', 'the same'],
    ['::1', '::2', undefined, 'no port'],
    ['a.io:1:2', 'a.io:1:3', undefined, 'nobody knows what'],
  ])('%s is as near to %s for Podman as %s: %s', (key, server, reasons, _) =>
    expect(missOf(key, server)('podman')).toBe(reasons),
  )

  it.each([
    ['ghcr.io/', 'ghcr.io/acme', 'trailing-slash path'],
    ['ghcr.io', 'ghcr.io/acme', 'path'],
    ['ghcr.io', 'ghcr.io/', 'trailing-slash'],
  ])('%s is as near to %s for Contrast as %s', (key, server, reasons) =>
    expect(missOf(key, server)('contrast')).toBe(reasons),
  )

  it('knows that Podman alone reads .dockercfg, where paths are ignored', () => {
    expect(missOf('a.io', 'a.io', 'dockercfg')('contrast')).toBe('legacy-format')
    expect(missOf('A.io/v1/', 'a.io/x', 'dockercfg')('podman')).toBe('case')
  })

  it('has no near miss without a reason', () => {
    const file = configOf({ 'ghcr.io': { auth: AUTH }, 'GHCR.io': { auth: AUTH } })
    const { nearMisses } = explainDockerCredentials(file, 'ghcr.io/x:1')
    expect(nearMisses.filter(({ codes: reasons }) => reasons.length === 0)).toEqual([])
  })

  it('takes many entries and a long server in a moment', () => {
    const inputOf = (size: number) => {
      const auths = Object.fromEntries(Array.from({ length: size }, (_, i) => [`h${i}.io`, {}]))
      return { config: configOf(auths), server: `a.io/${'b/'.repeat(10 * size)}` }
    }
    expectProportion(
      ({ config, server }) => explainDockerCredentials(config, server),
      inputOf(400),
      inputOf(3200),
    )
  })

  it.each<[string, string, DockerProgram, string]>([
    ['docker.io', 'docker.io', 'docker', 'docker-hub-alias'],
    ['index.docker.io', 'docker.io', 'docker', 'docker-hub-alias'],
    ['registry-1.docker.io', 'docker.io', 'docker', 'docker-hub-alias'],
    ['ghcr.io', 'ghcr.io/acme', 'docker', 'path'],
    ['GHCR.IO/v1/', 'ghcr.io', 'docker', 'case'],
    ['ghcr.io:443', 'ghcr.io', 'docker', 'port'],
  ])('%s nearly matches %s for %s: %s', (key, server, program, codes) => {
    const { nearMisses, [program]: answer } = explainDockerCredentials(
      configOf({ [key]: login('u') }),
      server,
    )
    expect(answer.kind).toBe('none')
    const [miss] = nearMisses.filter((one) => one.program === program)
    expect(miss?.codes.join(' ')).toBe(codes)
  })

  it.each([
    ['credsStore', { auths: { 'https://index.docker.io/v1/': {} }, credSstore: 'osxkeychain' }],
    ['a.io', { CREDHELPERS: { 'a.io': 'pass' } }],
  ])('names %s in another case, which Docker reads', (key, file) => {
    const server = key === 'a.io' ? key : 'index.docker.io'
    const { contrast, docker, nearMisses } = explainDockerCredentials(
      parseDockerConfig(JSON.stringify(file)),
      server,
    )
    expect([contrast.kind, docker.kind]).toEqual(['none', 'helper'])
    const [miss] = nearMisses.filter(({ codes }) => codes.includes('member-name-case'))
    expect(miss).toMatchObject({ key, program: 'contrast', codes: ['member-name-case'] })
    expect(miss?.message).toContain('case')
  })

  it('has nothing to say where both agree', () => {
    const { differ, nearMisses } = explainDockerCredentials(
      configOf({ 'a.io': { auth: AUTH } }),
      'a.io',
    )
    expect([differ, nearMisses]).toEqual([false, []])
  })

  it('names a broken entry for what it is', () => {
    const config = parseDockerConfig('{"auths": {"a.io": 1, "https://a.io": {}}}')
    expect(explainDockerCredentials(config, 'a.io')).toMatchObject({ contrast: { kind: 'error' } })
  })
})

describe('user info in a key', () => {
  it('is in no message, path or near miss', () => {
    const key = 'https://puller:hunter2-hunter2@ghcr.io'
    const broken = configOf({ [key]: 1 })
    const error = errorOf(() => findCredentials(broken, key))
    expect(error.issue.path).toEqual(['auths', '…@ghcr.io'])
    const { nearMisses } = explainDockerCredentials(configOf({ [key]: { auth: AUTH } }), 'ghcr.io')
    expect(nearMisses[0]).toMatchObject({ key: '…@ghcr.io', codes: ['user-info'] })
    expect(JSON.stringify([error, error.message, nearMisses])).not.toContain('hunter2')
  })
})
