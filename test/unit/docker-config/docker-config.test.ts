import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skimJson } from '../../../src/docker-config/json-position.js'
import {
  DockerConfigError,
  dockerConfigPaths,
  explainDockerCredentials,
  findCredentials,
  helperRequest,
  parseDockerConfig,
  parseHelperResponse,
} from '../../../src/docker-config.js'
import { leaksOf, mutantsOf, outcomeOf } from '../../support/canary.js'

const AUTH = Buffer.from('user:pass').toString('base64')
const fileOf = (auths: unknown, more: object = {}) => JSON.stringify({ auths, ...more })
const configOf = (auths: unknown, more: object = {}) => parseDockerConfig(fileOf(auths, more))

function errorOf(run: () => unknown): DockerConfigError {
  try {
    run()
  } catch (error) {
    if (error instanceof DockerConfigError) return error
    throw error
  }
  throw new Error('expected a DockerConfigError')
}

describe('parseDockerConfig', () => {
  it.each([
    ['{"auths": {', 'invalid-json', 1, 12, []],
    ['{\n  "auths": {"a": {}}\n  "x": 1}', 'invalid-json', 3, 3, []],
    ['{"auths": {"a": {"auth": "x\n"}}}', 'invalid-json', 1, 26, []],
    ['[1, 2', 'invalid-json', 1, 6, []],
    ['\ufeff{}', 'invalid-json', 1, 1, []],
    ['', 'invalid-json', 1, 1, []],
    ['{"auths": []}', 'wrong-type', 1, 2, ['auths']],
    ['{\n "credHelpers": 1}', 'wrong-type', 2, 2, ['credHelpers']],
    ['1', 'wrong-type', 1, 1, []],
    ['"\ud800"', 'invalid-utf8', 1, 2, []],
  ])('%j is %s', (text, reason, line, column, path) => {
    const error = errorOf(() => parseDockerConfig(text))
    expect(error).toMatchObject({
      code: 'ERR_DOCKER_CONFIG_INVALID',
      reason,
      place: { line, column, path },
    })
    expect(Object.hasOwn(error, 'cause')).toBe(false)
  })

  it('takes bytes, and refuses a byte order mark and what is no UTF-8', () => {
    const bytes = new TextEncoder().encode(fileOf({ 'ghcr.io': { auth: AUTH } }))
    expect(parseDockerConfig(bytes).contrast.entries[0]?.key).toBe('ghcr.io')
    expect(errorOf(() => parseDockerConfig(new Uint8Array([0xef, 0xbb, 0xbf]))).reason).toBe(
      'invalid-json',
    )
    expect(errorOf(() => parseDockerConfig(new Uint8Array([0xff]))).reason).toBe('invalid-utf8')
  })

  it('takes the base64 of a Kubernetes Secret, wrapped too', () => {
    const encoded = Buffer.from(`\n${fileOf({ 'ghcr.io': { auth: AUTH } })}`).toString('base64')
    const wrapped = encoded.replace(/(.{20})/g, '$1\n')
    for (const text of [encoded, wrapped, `${encoded}\n`]) {
      expect(findCredentials(parseDockerConfig(text), 'ghcr.io').kind).toBe('basic')
    }
    expect(errorOf(() => parseDockerConfig('bnVsbA==')).reason).toBe('invalid-json')
    const marked = Buffer.from('\ufeff{}').toString('base64')
    expect(errorOf(() => parseDockerConfig(marked)).reason).toBe('invalid-json')
  })

  it('refuses more than maxBytes', () => {
    const error = errorOf(() => parseDockerConfig('{}', { maxBytes: 1 }))
    expect(error).toMatchObject({ reason: 'too-large' })
    expect(errorOf(() => parseDockerConfig(new Uint8Array(2), { maxBytes: 1 })).reason).toBe(
      'too-large',
    )
  })

  it('reads what Kubernetes reads besides', () => {
    const { entries } = configOf({
      'a.io': { username: 'u', password: 'p', registrytoken: 't', email: 5 },
    }).contrast
    expect(entries[0]?.username?.reveal()).toBe('u')
    expect(entries[0]?.password?.reveal()).toBe('p')
    expect(entries[0]?.registryToken?.reveal()).toBe('t')
    expect(entries[0]?.fault).toBeUndefined()
  })

  it('keeps a fault for those who ask for the entry', () => {
    const config = parseDockerConfig('{"auths": {"a.io": 1,\n "b.io": {"auth": "!"}, "c.io": {}}}')
    expect(findCredentials(config, 'c.io').kind).toBe('none')
    expect(errorOf(() => findCredentials(config, 'a.io'))).toMatchObject({
      reason: 'wrong-type',
      place: { path: ['auths', 'a.io'], line: 1, column: 12 },
    })
    expect(errorOf(() => findCredentials(config, 'b.io'))).toMatchObject({
      reason: 'broken-auth',
      place: { path: ['auths', 'b.io', 'auth'], line: 2, column: 2 },
    })
    expect(errorOf(() => findCredentials(config, 'b.io', { program: 'podman' })).reason).toBe(
      'broken-auth',
    )
  })

  it('is frozen', () => {
    const config = configOf({ 'a.io': { auth: AUTH } }, { credHelpers: { 'b.io': 'pass' } })
    const parts = [config, config.contrast, config.podman.entries, config.contrast.entries[0]]
    for (const part of [
      ...parts,
      config.contrast.credHelpers[0],
      findCredentials(config, 'a.io'),
    ]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
  })

  it.each([
    () => parseDockerConfig(1 as never),
    () => parseDockerConfig('{}', null as never),
    () => parseDockerConfig('{}', { format: 'x' as never }),
    () => parseDockerConfig('{}', { maxBytes: -1 }),
    () => findCredentials(configOf({}), 1 as never),
    () => findCredentials(configOf({}), '', null as never),
    () => findCredentials(configOf({}), '', { program: 'docker' as never }),
    () => findCredentials({} as never, 'x'),
    () => findCredentials(null as never, 'x'),
    () => findCredentials({ contrast: {}, podman: [] } as never, 'x'),
    () => explainDockerCredentials(configOf({}), 1 as never),
    () => explainDockerCredentials({} as never, 'x'),
    () => helperRequest(1 as never, ''),
    () => helperRequest('', 1 as never),
    () => parseHelperResponse(1 as never, 0),
    () => parseHelperResponse('', 0.5),
    () => dockerConfigPaths(null as never, 'linux'),
    () => dockerConfigPaths({}, 1 as never),
  ])('misuse %# is a TypeError of our own', (run) => {
    expect(run).toThrow(TypeError)
    expect(run).toThrow(/: expected /)
  })
})

describe('places in JSON', () => {
  const anyText = fc.oneof(
    fc.json(),
    fc
      .json()
      .chain((text) =>
        fc
          .tuple(
            fc.nat(text.length),
            fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '0', '.', 'e'),
          )
          .map(([at, character]) => text.slice(0, at) + character + text.slice(at + 1)),
      ),
  )
  const agrees = (fault: (text: string) => boolean) =>
    fc.property(anyText, (text) => {
      let isJson = true
      try {
        JSON.parse(text)
      } catch {
        isJson = false
      }
      return fault(text) !== isJson
    })

  it('has a fault where JSON.parse fails, and only there', () => {
    fc.assert(
      agrees((text) => skimJson(text).fault !== undefined),
      { numRuns: 10_000 },
    )
    expect(
      fc.check(
        agrees((text) => !text.startsWith('{')),
        { numRuns: 500 },
      ).failed,
    ).toBe(true)
  })

  it.each([
    '01',
    '-',
    '1.',
    '.5',
    '1e',
    '+1',
    'nul',
    'truee',
    '"\\x"',
    '"\\u12g4"',
    '"',
    '"\\',
    '{"a" 1}',
    '[1 2]',
    '[1}',
    '{]',
    '{"a":}',
    '{,}',
    '[,]',
    '}',
    '1 2',
    '{"a":1,}',
    '[1,]',
    '"\u0001"',
  ])('%j is none', (text) => expect(skimJson(text).fault).toBeDefined())

  it('finds members by their path, the nearest around for others', () => {
    const places = skimJson('{ "a": { "b": [ { "c": 1 } ],\n "d": {} } }')
    expect(places.fault).toBeUndefined()
    expect(places.locate(['a'])).toEqual({ line: 1, column: 3 })
    expect(places.locate(['a', 'd'])).toEqual({ line: 2, column: 2 })
    expect(places.locate(['a', 'x'])).toEqual({ line: 1, column: 3 })
    expect(places.locate(['y'])).toEqual({ line: 1, column: 1 })
  })

  it('keeps the last of members with one name, and its own members', () => {
    const places = skimJson('{"a": {"b": 1, "c": 2},\n "a": {"b": 3}}')
    expect(places.locate(['a', 'b'])).toEqual({ line: 2, column: 8 })
    expect(places.locate(['a', 'c'])).toEqual({ line: 2, column: 2 })
    expect(skimJson('[{"a": {"b": 1}}]').locate(['a'])).toEqual({ line: 1, column: 1 })
  })

  it('ends in time where a long name has many members', () => {
    const members = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`a${i}`, 0]))
    const text = fileOf({ ['k'.repeat(400_000)]: members })
    const start = performance.now()
    expect(parseDockerConfig(text).contrast.entries).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(2000)
  })

  it('ends in time on 1 MiB, however deep', () => {
    for (const unit of ['[', '{"a":', '"\\u0041', '1', '{}']) {
      const start = performance.now()
      skimJson(unit.repeat(2 ** 20 / unit.length))
      expect(performance.now() - start).toBeLessThan(2000)
    }
  })
})

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
    expect(errorOf(() => findCredentials(config, 'a.io')).reason).toBe('broken-auth')
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

describe('explainCredentials', () => {
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
      nearMisses: [{ key: 'ghcr.io', program: 'contrast', reasons: ['member-name-case'] }],
    })
  })

  it('names wrapped base64, which Podman takes', () => {
    const explanation = explainDockerCredentials(
      configOf({ 'ghcr.io': { auth: `${AUTH}\n` } }),
      'ghcr.io',
    )
    expect(explanation).toMatchObject({
      contrast: { kind: 'error', error: { reason: 'broken-auth' } },
      podman: { kind: 'basic' },
      differ: true,
      nearMisses: [{ key: 'ghcr.io', program: 'contrast', reasons: ['wrapped-base64'] }],
    })
  })

  it('names a repository, which is for Podman alone', () => {
    const config = configOf({ 'quay.io/acme': { auth: AUTH } })
    const explanation = explainDockerCredentials(config, 'quay.io/acme/app')
    expect(explanation).toMatchObject({ contrast: { kind: 'none' }, podman: { kind: 'basic' } })
    expect(
      explanation.nearMisses.map(({ program, codes: reasons }) => [program, ...reasons]),
    ).toEqual([['contrast', 'path']])
  })

  it.each([
    ['auth', { auths: { 'a.io': { auth: AUTH, Auth: `${AUTH.slice(0, -4)}eDp5` } } }],
    ['a NUL', { auths: { 'a.io': { auth: Buffer.from('a:pw\0').toString('base64') } } }],
    ['tokens', { auths: { 'a.io': { auth: AUTH, identitytoken: 't', IdentityToken: 'u' } } }],
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
    const auths = Object.fromEntries(Array.from({ length: 16_000 }, (_, i) => [`h${i}.io`, {}]))
    const config = configOf(auths)
    const start = performance.now()
    explainDockerCredentials(config, 'a'.repeat(160_000))
    expect(performance.now() - start).toBeLessThan(3000)
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

describe('dockerConfigPaths', () => {
  const summary = (...args: Parameters<typeof dockerConfigPaths>) =>
    dockerConfigPaths(...args).map(({ path, reason, programs }) => [path, reason, programs.join()])

  it('lists a plain home', () => {
    expect(summary({ HOME: '/h' }, 'linux', 1000)).toEqual([
      ['/h/.docker/config.json', 'the home folder', 'contrast,podman'],
      ['/run/containers/1000/auth.json', 'the runtime folder of the user', 'podman'],
      ['/h/.config/containers/auth.json', 'the home folder', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  it('lists what the variables name', () => {
    const env = { HOME: '/h/', XDG_RUNTIME_DIR: '/r', XDG_CONFIG_HOME: '/c', DOCKER_CONFIG: '/d' }
    expect(summary(env, 'linux')).toEqual([
      ['/d', 'DOCKER_CONFIG as a file', ''],
      ['/d/config.json', 'DOCKER_CONFIG', 'contrast,podman'],
      ['/r/containers/auth.json', 'XDG_RUNTIME_DIR', 'contrast'],
      ['/d/containers/auth.json', 'DOCKER_CONFIG', 'contrast'],
      ['/c/containers/auth.json', 'XDG_CONFIG_HOME', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  // `skopeo login --get-login` finds one file after the other in this order: see login.test.ts.
  it.each([
    ['nothing', {}, '/run/containers/7/auth.json /h/.config/containers/auth.json D'],
    ['XDG_RUNTIME_DIR', { XDG_RUNTIME_DIR: '/r' }, '/r/containers/auth.json C D'],
    ['XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/c' }, 'R /c/containers/auth.json D'],
    ['REGISTRY_AUTH_FILE', { REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' }, '/f C D'],
    ['DOCKER_CONFIG', { DOCKER_CONFIG: '/d', XDG_RUNTIME_DIR: '/r' }, '/d/config.json C'],
    [
      'both',
      { DOCKER_CONFIG: '/d', REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' },
      '/f C /d/config.json',
    ],
  ])("says Podman's own order for %s", (_, env, wanted) => {
    const places = dockerConfigPaths({ HOME: '/h', ...env }, 'linux', 7)
      .filter(({ order }) => order.podman !== undefined)
      .sort((a, b) => Number(a.order.podman) - Number(b.order.podman))
    expect(places.map(({ order }) => order.podman)).toEqual(places.map((_, i) => i + 1))
    const short: Record<string, string> = {
      R: '/run/containers/7/auth.json',
      C: '/h/.config/containers/auth.json',
      D: '/h/.docker/config.json',
    }
    const files = wanted.split(' ').map((name) => short[name] ?? name)
    expect(places.map(({ path }) => path)).toEqual([...files, '/h/.dockercfg'])
  })

  it('lists a path once for each format that it is read in', () => {
    const files = dockerConfigPaths({ HOME: '/h', DOCKER_CONFIG: '/h/.dockercfg' }, 'linux')
    const same = files.filter(({ path }) => path === '/h/.dockercfg')
    expect(same.map(({ format, programs }) => [format, ...programs])).toEqual([
      ['config'],
      ['dockercfg', 'podman'],
    ])
  })

  it('lists REGISTRY_AUTH_FILE in place of the folders', () => {
    expect(
      summary({ HOME: '/h', REGISTRY_AUTH_FILE: '/f', XDG_RUNTIME_DIR: '/r' }, 'linux'),
    ).toEqual([
      ['/h/.docker/config.json', 'the home folder', 'contrast,podman'],
      ['/f', 'REGISTRY_AUTH_FILE', 'contrast,podman'],
      ['/h/.config/containers/auth.json', 'the home folder', 'podman'],
      ['/h/.dockercfg', 'the home folder, legacy format', 'podman'],
    ])
  })

  it('knows other systems', () => {
    expect(summary({ HOME: '/h' }, 'darwin').map(([path]) => path)).toEqual([
      '/h/.docker/config.json',
      '/h/.config/containers/auth.json',
      '/h/.docker/containers/auth.json',
      '/h/.dockercfg',
    ])
    const [first] = summary({ USERPROFILE: 'C:\\Users\\u', HOME: '/h' }, 'win32')
    expect(first?.[0]).toBe('C:\\Users\\u\\.docker\\config.json')
    expect(summary({ HOME: '/h', XDG_RUNTIME_DIR: '/r' }, 'linux').map(([path]) => path)).toContain(
      '/h/.docker/containers/auth.json',
    )
  })

  it('takes empty variables for unset ones, and lists nothing without any', () => {
    expect(summary({ HOME: '', DOCKER_CONFIG: '' }, 'linux')).toEqual([])
    expect(summary({}, 'darwin')).toEqual([])
    expect(dockerConfigPaths({ HOME: '/h' }, 'linux').at(-1)?.format).toBe('dockercfg')
  })

  it('threat 18: a polluted Object.prototype adds no file', () => {
    Object.defineProperty(Object.prototype, 'DOCKER_CONFIG', { value: '/evil', configurable: true })
    try {
      expect(summary({ HOME: '/h' }, 'linux')[0]?.[0]).toBe('/h/.docker/config.json')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'DOCKER_CONFIG')
    }
  })
})

describe('credential helpers', () => {
  it('are asked by name, the server on their input', () => {
    const request = { program: 'docker-credential-pass', args: ['get'], stdin: 'ghcr.io' }
    expect(helperRequest('pass', 'ghcr.io')).toEqual(request)
  })

  it.each(['', 'a/b', '../x', 'a\\b', 'a\0', 'a b', 'a\n', 'x'.repeat(300)])(
    '%j names no program',
    (name) => expect(errorOf(() => helperRequest(name, 'a.io')).reason).toBe('invalid-helper-name'),
  )

  it.each([
    ['{"ServerURL":"a.io","Username":"u","Secret":"p"}', 'basic'],
    ['{"ServerURL":"a.io","Username":"<token>","Secret":"t"}', 'identity-token'],
    ['{"ServerURL":"","Username":"","Secret":""}', 'none'],
  ])('%s is %s', (stdout, kind) => expect(parseHelperResponse(stdout, 0).kind).toBe(kind))

  it.each([
    'credentials not found in native keychain\n',
    'Credentials not found in native keychain',
    'no usernames for ghcr.io',
    'The specified item could not be found in the keychain.',
  ])('%j is no error', (stdout) => expect(parseHelperResponse(stdout, 1).kind).toBe('none'))

  it.each([
    ['hunter2-hunter2', 1, 'helper-failed'],
    ['', 127, 'helper-failed'],
    ['hunter2-hunter2', 0, 'malformed-helper-response'],
    ['[]', 0, 'malformed-helper-response'],
    ['null', 0, 'malformed-helper-response'],
    ['{"Username":"hunter2-hunter2"}', 0, 'malformed-helper-response'],
    ['{"Username":1,"Secret":"hunter2-hunter2"}', 0, 'malformed-helper-response'],
  ])('%j with status %i is %s, and nothing of it is shown', (stdout, status, reason) => {
    const error = errorOf(() => parseHelperResponse(stdout, status))
    expect(error.reason).toBe(reason)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
  })
})

describe('canary', () => {
  const secrets = ['s3cr3t-canary-user', 'p4ssw0rd-canary-xy', 'id3ntity-canary-tok']
  const [user = '', password = '', token = ''] = secrets
  const auth = Buffer.from(`${user}:${password}`).toString('base64')
  const document = fileOf(
    { 'a.io': { auth, username: user, password }, 'b.io': { identitytoken: token } },
    { credsStore: 'desktop' },
  )
  const leaks = leaksOf([...secrets, auth])
  const leakingOf = (read: (text: string) => unknown) =>
    [...mutantsOf(document)].filter((text) => leaks(outcomeOf(() => read(text))).length > 0)

  it('JSON.parse itself leaks on these documents, so the sweep can fail', () =>
    expect(leakingOf(JSON.parse).length).toBeGreaterThan(10))

  it('threat 8: no output holds eight characters of a secret', () => {
    const everything = (text: string) => {
      const config = parseDockerConfig(text)
      return [
        config,
        explainDockerCredentials(config, 'a.io'),
        explainDockerCredentials(config, 'b.io'),
      ]
    }
    expect(leakingOf(everything)).toEqual([])
  }, 60_000)
})

describe('a repository of many parts', () => {
  const auths = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, i) => [`h${i}.io`, { auth: AUTH }]),
  )
  it('is looked up in a moment, whatever the number of entries', () => {
    const config = configOf({ ...auths, a: { auth: AUTH } })
    const start = performance.now()
    expect(findCredentials(config, `${'a/'.repeat(50_000)}b`, { program: 'podman' }).key).toBe('a')
    expect(performance.now() - start).toBeLessThan(1000)
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

describe('user info in a key', () => {
  it('is in no message, path or near miss', () => {
    const key = 'https://puller:hunter2-hunter2@ghcr.io'
    const broken = configOf({ [key]: 1 })
    const error = errorOf(() => findCredentials(broken, key))
    expect(error.place?.path).toEqual(['auths', '…@ghcr.io'])
    const { nearMisses } = explainDockerCredentials(configOf({ [key]: { auth: AUTH } }), 'ghcr.io')
    expect(nearMisses[0]).toMatchObject({ key: '…@ghcr.io', reasons: ['user-info'] })
    expect(JSON.stringify([error, error.message, nearMisses])).not.toContain('hunter2')
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
    expect(fc.check(answersOrThrows(JSON.parse)).failed).toBe(true)
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

describe('the tables of docs/docker.md', () => {
  const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const page = textOf('docs/docker.md')
  const codesUnder = (head: string) => {
    const table = page.slice(page.indexOf(`| ${head} |`)).split('\n\n')[0] ?? ''
    return [...table.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
    )
  }
  it.each([
    ['reason of an error', 'src/docker-config/errors.ts', 'DockerConfigReason'],
    ['reason of a near miss', 'src/docker-config/explain.ts', 'NearMissReason'],
    ['code', 'src/write/from-docker-config.ts', 'ConversionNoteCode'],
  ])('have each %s', (head, path, name) => {
    const [, union = ''] =
      new RegExp(`type ${name} =([^\\n]*\\n(?:  \\| .*\\n)+)`).exec(textOf(path)) ?? []
    const codes = [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code)
    expect(codes.length).toBeGreaterThan(5)
    expect(codesUnder(head).sort()).toEqual(codes.sort())
  })
})
