import { describe, expect, it } from 'vitest'
import {
  dockerConfigPaths,
  explainDockerCredentials,
  findCredentials,
  helperRequest,
  parseDockerConfig,
  parseHelperResponse,
  readDockerConfig,
} from '../../../src/docker-config.js'
import { AUTH, base64, configOf, errorOf, fileOf, login } from '../../support/docker-config.js'

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
      issue: { code: reason, path, place: { kind: 'document', line, column } },
    })
    expect(Object.hasOwn(error, 'cause')).toBe(false)
  })

  it('takes bytes, and refuses a byte order mark and what is no UTF-8', () => {
    const bytes = new TextEncoder().encode(fileOf({ 'ghcr.io': { auth: AUTH } }))
    expect(parseDockerConfig(bytes).contrast.entries[0]?.key).toBe('ghcr.io')
    expect(errorOf(() => parseDockerConfig(new Uint8Array([0xef, 0xbb, 0xbf]))).issue.code).toBe(
      'invalid-json',
    )
    expect(errorOf(() => parseDockerConfig(new Uint8Array([0xff]))).issue.code).toBe('invalid-utf8')
  })

  it.each([
    ['little endian', [0xff, 0xfe, 0x7b, 0], 'invalid-utf8'],
    ['big endian', [0xfe, 0xff, 0, 0x7b], 'invalid-utf8'],
    ['without a mark', [0x7b, 0, 0x7d, 0], 'invalid-json'],
  ])('says that UTF-16 is that, %s', (_, bytes, code) => {
    const { issue } = errorOf(() => parseDockerConfig(Uint8Array.from(bytes)))
    expect(issue).toMatchObject({ code, message: expect.stringContaining('looks like UTF-16') })
  })

  it('takes the base64 of a Kubernetes Secret, wrapped too', () => {
    const encoded = Buffer.from(`\n${fileOf({ 'ghcr.io': { auth: AUTH } })}`).toString('base64')
    const wrapped = encoded.replace(/(.{20})/g, '$1\n')
    for (const text of [encoded, wrapped, `${encoded}\n`]) {
      expect(findCredentials(parseDockerConfig(text), 'ghcr.io').kind).toBe('basic')
    }
    expect(errorOf(() => parseDockerConfig('bnVsbA==')).issue.code).toBe('invalid-json')
    const marked = Buffer.from('\ufeff{}').toString('base64')
    expect(errorOf(() => parseDockerConfig(marked)).issue.code).toBe('invalid-json')
  })

  it('refuses more than maxBytes', () => {
    const error = errorOf(() => parseDockerConfig('{}', { maxBytes: 1 }))
    expect(error).toMatchObject({ issue: { code: 'too-large' } })
    expect(errorOf(() => parseDockerConfig(new Uint8Array(2), { maxBytes: 1 })).issue.code).toBe(
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
      issue: {
        code: 'wrong-type',
        path: ['auths', 'a.io'],
        place: { line: 1, column: 12, endLine: 1, endColumn: 18 },
      },
    })
    expect(errorOf(() => findCredentials(config, 'b.io'))).toMatchObject({
      issue: {
        code: 'broken-auth',
        path: ['auths', 'b.io', 'auth'],
        place: { line: 2, column: 2 },
      },
    })
    expect(errorOf(() => findCredentials(config, 'b.io', { program: 'podman' })).issue.code).toBe(
      'broken-auth',
    )
  })

  it.each([
    ['apiVersion: v1\nkind: Secret\n', /YAML.*kubectl get -o json/],
    ["[registries.'ghcr.io.']\n", /image puller's own configuration/],
    ['{\0', /UTF-16/],
  ])('says what a text looks like that is no JSON: %j', (text, message) =>
    expect(errorOf(() => parseDockerConfig(text)).issue.message).toMatch(message),
  )

  it('knows no other option', () => {
    expect(() => parseDockerConfig('{}', { formats: 'dockercfg' } as never)).toThrow(
      'parseDockerConfig: unknown option; did you mean format?',
    )
    expect(() => findCredentials(configOf({}), 'x', { as: 'podman' } as never)).toThrow(TypeError)
  })

  it('threat 18: a polluted Object.prototype sets no option and adds no member', () => {
    const polluted = { format: 'dockercfg', maxBytes: 1, program: 'podman', auths: { 'a.io': {} } }
    for (const [name, value] of Object.entries({
      ...polluted,
      credsStore: 'evil',
      kind: 'Secret',
    })) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true })
    }
    try {
      const config = parseDockerConfig('{ "b": 1 }')
      expect([config.format, config.document]).toEqual(['config', 'unknown'])
      expect(findCredentials(config, 'a.io').kind).toBe('none')
      expect(findCredentials(config, 'a.io', { program: 'docker' }).kind).toBe('none')
    } finally {
      for (const name of [...Object.keys(polluted), 'credsStore', 'kind']) {
        Reflect.deleteProperty(Object.prototype, name)
      }
    }
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
    () => findCredentials(configOf({}), '', { program: 'crane' as never }),
    () => findCredentials({} as never, 'x'),
    () => findCredentials(null as never, 'x'),
    () => findCredentials({ ...configOf({}) }, 'x'),
    () => findCredentials({ contrast: {}, podman: [] } as never, 'x'),
    () => readDockerConfig({}, { format: 'x' as never }),
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

describe('what a document is', () => {
  it.each([
    ['{"auths": {}}', 'config'],
    ['{"CREDSSTORE": "x"}', 'config'],
    ['[{}, null, {}]', 'config'],
    ['{"ghcr.io": {"auth": "dTpw"}, "a.io": {}}', 'dockercfg'],
    ['{"https://index.docker.io/v1/": {"Username": "u"}}', 'dockercfg'],
    ['{"ghcr.io": {}}', 'unknown'],
    ['{"ghcr.io": {"auth": "dTpw"}, "x": 1}', 'unknown'],
    ['{}', 'empty'],
    ['null', 'empty'],
    ['{"currentContext": "default"}', 'unknown'],
    ['{"kind": "Secret", "data": {"x": ""}}', 'unknown'],
  ])('%s is %s', (text, document) => expect(parseDockerConfig(text).document).toBe(document))

  it('is said by what it holds alone: a look-up in a legacy map finds nothing, as the programs do', () => {
    const config = parseDockerConfig('{"ghcr.io": {"auth": "dTpw"}}')
    expect(explainDockerCredentials(config, 'ghcr.io')).toMatchObject({
      contrast: { kind: 'none' },
      podman: { kind: 'none' },
      docker: { kind: 'none' },
    })
    const named = parseDockerConfig('{"ghcr.io": {"auth": "dTpw"}}', { format: 'dockercfg' })
    expect(findCredentials(named, 'ghcr.io', { program: 'podman' }).kind).toBe('basic')
  })
})

describe('readDockerConfig', () => {
  it('reads data, whose faults have no place', () => {
    const config = readDockerConfig({ auths: { 'a.io': login('u'), 'b.io': { auth: '!' } } })
    expect(findCredentials(config, 'a.io').kind).toBe('basic')
    const error = errorOf(() => findCredentials(config, 'b.io'))
    expect(error.issue).toMatchObject({ path: ['auths', 'b.io', 'auth'], place: undefined })
    expect(error.message).not.toMatch(/^\d/)
    expect(errorOf(() => readDockerConfig(1)).issue.code).toBe('wrong-type')
  })

  it('reads own members only', () => {
    expect(readDockerConfig(Object.create({ auths: { 'a.io': {} } })).document).toBe('empty')
  })
})

it('reads the base64 of a file as the file', () => {
  expect(parseDockerConfig(base64(fileOf({ 'a.io': {} }))).document).toBe('config')
})
