import { describe, expect, it } from 'vitest'
import {
  DockerConfigError,
  parseDockerConfig,
  parseHelperResponse,
  readDockerConfig,
} from '../../../src/docker-config.js'
import { ConfigError, createResolver } from '../../../src/index.js'
import { fromDockerConfig, toKubernetesSecret } from '../../../src/write.js'
import { convert, convertFile, linesOf, rulesOf } from '../../support/conversion.js'
import { base64, errorOf } from '../../support/docker-config.js'
import { expectProportion } from '../../support/proportion.js'
import { OTHER_PEM, PEM, REVEAL } from '../../support/write.js'

const KEY_FILE = '{\n  "type": "service_account",\n\t"private_key": "-----BEGIN\\n"\n}'

describe('fromDockerConfig', () => {
  it.each([
    [
      'a host',
      { 'ghcr.io': { auth: base64('u:p') } },
      { 'ghcr.io.': { username: 'u', password: 'p' } },
    ],
    [
      'a URL',
      { 'https://ghcr.io/v2/': { auth: base64('u:p') } },
      { 'ghcr.io.': { username: 'u', password: 'p' } },
    ],
    [
      'Docker Hub',
      { 'https://index.docker.io/v1/': { auth: base64('u:p') } },
      { 'docker.io.': { username: 'u', password: 'p' } },
    ],
    ['no password', { 'a.io': { auth: base64('u:') } }, { 'a.io.': { auth: base64('u:') } }],
    [
      'base64 without padding',
      { 'a.io': { auth: base64('us:').replace('=', '') } },
      { 'a.io.': { auth: base64('us:') } },
    ],
    ['an identity token', { 'a.io': { identitytoken: 't' } }, { 'a.io.': { identitytoken: 't' } }],
    ['a registry token', { 'a.io': { registrytoken: 't' } }, { 'a.io.': { registrytoken: 't' } }],
    [
      'a pull secret without auth',
      { 'a.io': { username: 'u', password: 'p' } },
      { 'a.io.': { username: 'u', password: 'p' } },
    ],
    [
      "Google's key file, as conv-01 has it",
      { 'europe-docker.pkg.dev': { auth: base64(`_json_key:${KEY_FILE}`) } },
      { 'europe-docker.pkg.dev.': { username: '_json_key', password: KEY_FILE } },
    ],
  ])('carries over %s', (_, auths, rules) => {
    const { config, isLossy, isEmpty } = convert(auths)
    expect(rulesOf(config)).toEqual(rules)
    expect([isLossy, isEmpty]).toEqual([false, false])
  })

  it.each([
    ['*.corp', { auth: 'dTpw' }, 'glob'],
    ['a[bc].corp', { auth: 'dTpw' }, 'glob'],
    ['quay.io/acme', { auth: 'dTpw' }, 'repository-scoped'],
    ['a.io:5000', { auth: 'dTpw' }, 'port'],
    ['https://a.io:5000/v1/', { auth: 'dTpw' }, 'port'],
    ['10.0.0.1', { auth: 'dTpw' }, 'ip-address'],
    ['[::1]', { auth: 'dTpw' }, 'ip-address'],
    ['u:p@a.io', { auth: 'dTpw' }, 'user-info'],
    ['é.io', { auth: 'dTpw' }, 'not-a-domain-name'],
    ['.', { auth: 'dTpw' }, 'not-a-domain-name'],
    ['.corp', { auth: 'dTpw' }, 'not-a-domain-name'],
    ['', { auth: 'dTpw' }, 'not-a-domain-name'],
    ['HTTPS://a.io', { auth: 'dTpw' }, 'unused'],
    ['ghcr.io/', { auth: 'dTpw' }, 'unused'],
    ['ghcr.io/v2/', { auth: 'dTpw' }, 'unused'],
    ['a.io', { auth: '!' }, 'broken'],
    ['a.io', 1, 'broken'],
    ['a.io', { identitytoken: 'a\nb' }, 'broken'],
    ['a.io', { auth: base64('u:p\n') }, 'broken'],
    ['a.io', { auth: base64('u\0:p') }, 'broken'],
    ['a.io', { auth: base64(`_json_key:${KEY_FILE}\0`) }, 'broken'],
    ['a.io', { username: 'u', password: 'p\n' }, 'broken'],
    ['a.io', { username: 'u:v', password: 'p' }, 'broken'],
  ])('notes %s as it is: %j is %s, and lost', (key, entry, code) => {
    const { config, notes, isLossy, isEmpty } = convert({ [key]: entry, 'b.io': {} })
    expect(config.rules).toEqual([])
    expect(notes).toMatchObject([
      { code, severity: 'error', keys: [key.replace(/^.*@/, '…@')] },
      { code: 'empty', severity: 'info', keys: ['b.io'] },
    ])
    expect([isLossy, isEmpty]).toEqual([true, true])
  })

  it.each([
    ['a.io', {}, 'empty'],
    ['a.io', { username: 'u' }, 'empty'],
    ['a.io:5000', {}, 'port'],
    ['quay.io/acme', {}, 'repository-scoped'],
    ['GHCR.io', {}, 'unused'],
  ])('loses nothing with %s: %j is %s', (key, entry, code) => {
    const { notes, isLossy } = convert({ [key]: entry })
    expect(notes).toMatchObject([{ code, severity: 'info', keys: [key] }])
    expect(isLossy).toBe(false)
  })

  it('conv-06: tells a slash at the end from a repository', () => {
    const { notes } = convert({ 'ghcr.io/': { auth: 'dTpw' } })
    expect(linesOf(notes)).toEqual(['unused ghcr.io/'])
    expect(notes[0]?.message).toMatch(/spelling.*slash/)
  })

  it('conv-02: an address with a port has no rule', () => {
    const auths = { '192.168.0.66:443': { auth: 'Ym9iOnNlY3JldAo=' } }
    const { config, notes } = convert(auths, { 'insecure-registries': ['192.168.0.66:443'] })
    expect([config.rules, linesOf(notes)]).toEqual([[], ['port 192.168.0.66:443']])
  })

  it('conv-07, conv-09: takes the entry of the registry, and names those for less or twice', () => {
    const quay = convert({
      'quay.io/acme/operator-bundle': { auth: 'YTox' },
      'quay.io': { auth: 'Yjoy' },
    })
    expect(quay.config.rules.map(({ name }) => name)).toEqual(['quay.io.'])
    expect(linesOf(quay.notes)).toEqual([
      'repository-scoped quay.io/acme/operator-bundle',
      'covers-subdomains quay.io',
    ])
    const hub = convert({
      'https://index.docker.io/v1/': { auth: 'dTpwdw==' },
      'https://index.docker.io/v1/access-token': { auth: 'dTphY2M=' },
      'https://index.docker.io/v1/refresh-token': { auth: 'dTpyZWY=' },
    })
    expect(linesOf(hub.notes)).toEqual([
      'duplicate https://index.docker.io/v1/access-token',
      'duplicate https://index.docker.io/v1/refresh-token',
      'covers-subdomains https://index.docker.io/v1/',
    ])
    expect([hub.notes.length, hub.isLossy]).toEqual([2, false])
  })

  it('conv-04: reads a Secret, a list of them, and a legacy map in a file of any name', () => {
    const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', data })
    const file = secret({ '.dockerconfigjson': base64('{"auths":{"ghcr.io":{"auth":"dTpw"}}}') })
    const map = { 'ghcr.io': { auth: 'dTpw', email: 'a@b.example' } }
    for (const document of [
      file,
      { kind: 'List', items: [file] },
      map,
      secret({ '.dockercfg': base64(JSON.stringify(map)) }),
    ]) {
      expect(convertFile(document).config.rules.map(({ name }) => name)).toEqual(['ghcr.io.'])
      expect(fromDockerConfig(readDockerConfig(document)).isEmpty).toBe(false)
    }
  })

  it.each([
    [{ kind: 'Secret', data: { password: 'eA==' } }, 'a Secret without .dockerconfigjson'],
    [{ apiVersion: 'v1', kind: 'ConfigMap', data: {} }, 'a Kubernetes object that is no Secret'],
    [{ kind: 'List', items: [] }, 'a map without credentials'],
    [{ ServerURL: 'a.io', Username: 'u', Secret: 'hunter2' }, "a credential helper's answer"],
    [{ type: 'service_account', private_key: 'hunter2', client_email: 'e' }, 'Google Cloud'],
    [{ username: 'u', password: 'hunter2' }, 'one entry of auths without its server'],
    [{ HttpHeaders: {}, currentContext: 'x' }, "settings of Docker's command line"],
    [{ 'ghcr.io': {} }, 'a map without credentials'],
  ])('says what %j looks like, which holds nothing that is known', (file, likeness) => {
    const { issue, message } = errorOf(() => convertFile(file))
    expect(issue.code).toBe('unknown-document')
    expect(message).toContain(likeness)
    expect(message).not.toContain('hunter2')
  })

  it('takes an empty document for one that says nothing', () => {
    const { notes, isEmpty } = convertFile({})
    expect([notes, isEmpty]).toEqual([[], true])
    expect(convertFile({}, { ca: { 'a.io': PEM } }).isEmpty).toBe(false)
    expect(convert({}).isEmpty).toBe(true)
  })

  it.each([
    ['null', /expected an object/],
    ['{"auths": {"ghcr.io": {"auth": "dTpw"}}, "credsStore": 5}', /expected a string/],
  ])('throws where the program fails: %s', (text, message) => {
    const file = parseDockerConfig(text)
    expect(() => fromDockerConfig(file)).toThrow(DockerConfigError)
    expect(() => fromDockerConfig(file)).toThrow(message)
    expect(fromDockerConfig(file, { program: 'podman' }).config).toBeDefined()
  })

  it('takes certificates and proxies', () => {
    const file = parseDockerConfig('{"auths": {"docker.io": {"auth": "dTpw"}}}')
    const options = {
      ca: { 'docker.io': `x\n${PEM}`, 'b.io.': PEM },
      extraEnv: { noProxy: '.corp', httpsProxy: 'http://p:1' },
    }
    const { config } = fromDockerConfig(file, options)
    const { resolve } = createResolver(config)
    expect(resolve('nginx')).toMatchObject({
      tls: { kind: 'ca-bundle' },
      credentials: { kind: 'basic' },
    })
    expect(resolve('b.io/x').tls.kind).toBe('ca-bundle')
    expect(config.extraEnv.noProxy?.reveal()).toBe('.corp')
    expect(config.extraEnv.httpsProxy?.reveal()).toBe('http://p:1')
    expect(config.extraEnv.httpProxy).toBeUndefined()
    const broken = { extraEnv: { httpsProxy: 'http:/x' } }
    expect(() => fromDockerConfig(file, broken)).toThrow(ConfigError)
  })

  it('follows Podman, or Docker, where asked to', () => {
    const file = parseDockerConfig(
      JSON.stringify({
        Auths: {
          'a.io': { auth: 'dTpw\n' },
          'b.io': { auth: base64(Uint8Array.of(0x75, 0x3a, 0xff)) },
          'c.io': { registrytoken: 't' },
        },
      }),
    )
    expect(fromDockerConfig(file).isEmpty).toBe(true)
    const basic = {
      'a.io.': { username: 'u', password: 'p' },
      'b.io.': { auth: base64(Uint8Array.of(0x75, 0x3a, 0xff)) },
      'c.io.': { registrytoken: 't' },
    }
    for (const program of ['podman', 'docker'] as const) {
      const { config, notes } = fromDockerConfig(file, { program })
      expect(rulesOf(config)).toEqual(basic)
      // Docker alone reads a registry token.
      expect(notes.some(({ code }) => code === 'fallback')).toBe(program === 'podman')
    }
  })

  it('takes what is larger as a configuration than as a file', () => {
    const auths = Object.fromEntries(
      Array.from({ length: 1000 }, (_, i) => [`h${i}.a.io`, { auth: 'dTpw' }]),
    )
    const { config } = convertFile({ auths }, { ca: { 'a.io': PEM + OTHER_PEM } })
    expect(config.rules).toHaveLength(1001)
    expect(() => toKubernetesSecret(config, REVEAL)).toThrow(ConfigError)
  })

  it('takes many names for one host, and many hosts, in proportion', () => {
    const names = (count: number, key: (i: number) => string) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [key(i), { auth: 'dTpw' }]))
    for (const key of [(i: number) => `https://a.io/v${i}/`, (i: number) => `h${i}.a.io`]) {
      expectProportion(convert, names(150, key), names(1200, key))
    }
  })

  it.each([
    [{ program: 'crane' }, /'contrast', 'podman' or 'docker'/],
    [{ as: 'podman' }, /unknown option/],
    [{ ca: { 'a.io:5': PEM } }, /expected ca to name domains/],
    [{ ca: { 'a.io': 5 } }, /expected ca to be/],
    [{ extraEnv: { NO_PROXY: 'x' } }, /extraEnv: unknown option/],
    [{ extraEnv: { noProxy: 5 } }, /extraEnv: expected noProxy to be a string/],
    [{ answers: { 'a.io': undefined } }, /expected answers/],
    [{ answers: { 'a.io': {} } }, /expected answers/],
    [{ answers: { 'a.io': { kind: 'basic', username: 'u', password: 'p' } } }, /expected answers/],
    [null, /expected options to be an object/],
  ])('misuse is a TypeError: %j', (options, message) => {
    const file = parseDockerConfig('{}')
    expect(() => fromDockerConfig(file, options as never)).toThrow(TypeError)
    expect(() => fromDockerConfig(file, options as never)).toThrow(message)
  })

  it('takes only what the parser gave', () => {
    const file = parseDockerConfig('{}')
    for (const other of [{}, null, { ...file }]) {
      expect(() => fromDockerConfig(other as never)).toThrow(/expected what parseDockerConfig gave/)
    }
  })

  it('threat 18: a polluted Object.prototype gives no certificate, proxy, answer or program', () => {
    const answers = { 'a.io': parseHelperResponse('{"Username":"u","Secret":"p"}', 0) }
    const polluted = { ca: { 'a.io': PEM }, extraEnv: { noProxy: 'x' }, answers, noProxy: 'y' }
    const file = parseDockerConfig('{"credsStore": "pass"}')
    for (const [name, value] of Object.entries({ ...polluted, program: 'podman' })) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true })
    }
    try {
      const { config, notes } = fromDockerConfig(file)
      expect([config.rules, config.extraEnv.noProxy]).toEqual([[], undefined])
      expect(linesOf(notes)).toEqual(['helper credsStore'])
    } finally {
      for (const name of [...Object.keys(polluted), 'program']) {
        Reflect.deleteProperty(Object.prototype, name)
      }
    }
  })
})
