import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import {
  type DockerConfig,
  DockerConfigError,
  type DockerCredentials,
  findCredentials,
  parseDockerConfig,
} from '../../../src/docker-config.js'
import {
  ConfigError,
  type Credentials,
  createResolver,
  type ImagePullerConfig,
  parseConfig,
} from '../../../src/index.js'
import { fromDockerConfig, stringifyConfig, toKubernetesSecret } from '../../../src/write.js'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const EXAMPLE = read('docs/examples/contrast-imagepuller.toml')
const [PEM = ''] = /-----BEGIN[\s\S]*?END CERTIFICATE-----\n/.exec(EXAMPLE) ?? []
const REVEAL = { revealSecrets: true } as const
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')

/** Everything that decides, with the secrets, in an order of its own. */
function contentOf(config: ImagePullerConfig): unknown {
  const { httpProxy: HTTP_PROXY, httpsProxy: HTTPS_PROXY, noProxy: NO_PROXY } = config.extraEnv
  const rules = config.rules.map((rule) => [
    rule.name,
    rule.caBundle?.certificates.map(({ pem }) => pem),
    rule.insecureSkipVerify,
    ...[rule.username, rule.password, rule.auth, rule.identityToken, rule.registryToken].map(
      (secret) => secret?.reveal(),
    ),
    rule.mirror,
  ])
  const sorted = rules.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return [sorted, HTTP_PROXY?.reveal(), HTTPS_PROXY?.reveal(), NO_PROXY?.reveal()]
}

describe('stringifyConfig', () => {
  it('is canonical: the same for the same rules in another order', () => {
    const a = '[registries."a.io"]\nauth = "dTpw"\n'
    const b = '[registries."b.io"]\nmirror = "https://m.io"\n'
    const texts = [a + b, b + a].map((text) => stringifyConfig(parseConfig(text), REVEAL))
    expect(texts[0]).toBe(texts[1])
    expect(texts[0]).toBe(`${a}\n${b}`)
  })

  it('writes certificates as they are read by people', () => {
    const text = stringifyConfig(parseConfig(EXAMPLE), REVEAL)
    expect(text).toContain(`ca-certs = '''\n${PEM}'''\n`)
    expect(text).toContain('[registries."."]\nca-certs = ""\n')
    expect(text.startsWith('[extra-env]\nHTTPS_PROXY = ')).toBe(true)
  })

  it('keeps what denies everything, and what was there twice once', () => {
    const twice = parseConfig(`[registries."a.io"]\nca-certs = '''\n${PEM}${PEM}'''`)
    expect(stringifyConfig(twice, REVEAL).split('BEGIN')).toHaveLength(2)
    const prose = parseConfig('[registries."a.io"]\nca-certs = "no certificate"')
    const { resolve } = createResolver(parseConfig(stringifyConfig(prose, REVEAL)))
    expect(resolve('a.io/x').tls.kind).toBe('deny-all')
  })

  it.each([undefined, {}, { revealSecrets: false }, { revealSecrets: 'yes' }, null])(
    '%j is no consent to secrets in the text',
    (options) => {
      expect(() => stringifyConfig(parseConfig(''), options as never)).toThrow(TypeError)
      expect(() => toKubernetesSecret(parseConfig(''), options as never)).toThrow(TypeError)
    },
  )

  it('threat 18: a polluted Object.prototype is no consent', () => {
    Object.defineProperty(Object.prototype, 'revealSecrets', { value: true, configurable: true })
    try {
      expect(() => stringifyConfig(parseConfig(''), {} as never)).toThrow(TypeError)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'revealSecrets')
    }
  })

  it('threat 18: a polluted Object.prototype sets no option of what writes', () => {
    const config = parseConfig('[registries."a.io"]\nauth = "dTpw"')
    const text = stringifyConfig(config, REVEAL)
    const names = ['maxDepth', 'numbersAsFloat', 'strictTemporal']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, { value: 0, configurable: true })
    }
    try {
      expect(stringifyConfig(config, REVEAL)).toBe(text)
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  it('misuse is a TypeError', () => {
    for (const config of [
      {},
      null,
      { rules: [] },
      { rules: [], extraEnv: null },
      { extraEnv: {} },
    ]) {
      expect(() => stringifyConfig(config as never, REVEAL)).toThrow(
        /expected a configuration from/,
      )
      expect(() => toKubernetesSecret(config as never, REVEAL)).toThrow(TypeError)
    }
  })

  const secret = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/\p{Cc}|\p{Cs}/u.test(text))
  const rule = fc.record(
    {
      'ca-certs': fc.constantFrom(PEM, '', 'prose', `${PEM}\n# '"\\\n${PEM}`),
      'insecure-skip-verify': fc.boolean(),
      auth: secret,
      identitytoken: secret,
      registrytoken: secret,
      mirror: fc.constantFrom('https://mirror.corp/a', ''),
    },
    { requiredKeys: [] },
  )
  const name = fc.oneof(
    fc.constantFrom(
      'a.io',
      'B.io.',
      '.c.io',
      '.',
      '__proto__',
      'constructor',
      'a b',
      '"',
      'é',
      '\u0000',
      '',
    ),
    fc.string({ unit: 'grapheme' }).filter((text) => !/\p{Cs}/u.test(text)),
  )
  const pair = fc.option(fc.record({ username: secret, password: secret }))
  const config = fc
    .tuple(
      fc.array(fc.tuple(name, rule, pair), { maxLength: 4 }),
      fc.record(
        { HTTPS_PROXY: fc.constantFrom('http://u:p@h', ''), NO_PROXY: secret },
        { requiredKeys: [] },
      ),
    )
    .map(([rules, extraEnv]) => {
      const quote = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f')
      const lines = [
        `[extra-env]`,
        ...Object.entries(extraEnv).map(([key, value]) => `${key} = ${quote(value)}`),
      ]
      for (const [key, values, both] of rules) {
        lines.push(`[registries.${quote(key)}]`)
        for (const [k, v] of Object.entries({ ...values, ...both })) {
          lines.push(`${k} = ${typeof v === 'string' ? quote(v) : v}`)
        }
      }
      try {
        return parseConfig(lines.join('\n'))
      } catch (error) {
        if (error instanceof ConfigError) return undefined
        throw error
      }
    })
    .filter((value) => value !== undefined)
  const roundTrips = (write: (config: ImagePullerConfig) => string) =>
    fc.property(config, (value) => {
      expect(contentOf(parseConfig(write(value)))).toEqual(contentOf(value))
    })

  it('property: what is read from it is the same configuration', () => {
    fc.assert(
      roundTrips((value) => stringifyConfig(value, REVEAL)),
      { numRuns: 400 },
    )
    const mutant = (value: ImagePullerConfig) =>
      stringifyConfig(value, REVEAL).replace(/^insecure-skip-verify.*$/m, '')
    expect(fc.check(roundTrips(mutant), { numRuns: 400 }).failed).toBe(true)
  })
})

describe('toKubernetesSecret', () => {
  it('makes the Secret that the node installer mounts', () => {
    const config = parseConfig('[registries."a.io"]\nauth = "dTpw"')
    const { manifest, json } = toKubernetesSecret(config, REVEAL)
    expect(JSON.parse(json)).toEqual(manifest)
    expect(manifest).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'contrast-node-installer-imagepuller-config', namespace: 'kube-system' },
    })
    const text = Buffer.from(manifest.data['contrast-imagepuller.toml'], 'base64').toString()
    expect(text).toBe(stringifyConfig(config, REVEAL))
  })

  it('takes a name and a namespace that Kubernetes takes', () => {
    const config = parseConfig('')
    const options = { ...REVEAL, name: 'a.b-c', namespace: 'x' }
    expect(toKubernetesSecret(config, options).manifest.metadata).toEqual({
      name: 'a.b-c',
      namespace: 'x',
    })
    // Kubernetes limits the labels of a namespace, not those of a name.
    const long = { ...REVEAL, name: `a.${'x'.repeat(100)}`, namespace: 'x'.repeat(63) }
    expect(toKubernetesSecret(config, long).manifest.metadata.name).toBe(long.name)
    for (const wrong of ['a.b', 'x'.repeat(64)]) {
      expect(() => toKubernetesSecret(config, { ...REVEAL, namespace: wrong })).toThrow(
        /expected a namespace, .*at most 63/,
      )
    }
    const names = ['', 'A', '-a', 'a-', 'a_b', 'a/b', 'a..b', '.a', 'a.', 'a.-b', 'a-.b', 1]
    for (const wrong of [...names, 'x'.repeat(254)]) {
      expect(() => toKubernetesSecret(config, { ...REVEAL, name: wrong as never })).toThrow(
        TypeError,
      )
      expect(() => toKubernetesSecret(config, { ...REVEAL, namespace: wrong as never })).toThrow(
        TypeError,
      )
    }
  })

  it('refuses what exceeds a Secret', () => {
    const text = `[registries."a.io"]\nregistrytoken = "${'x'.repeat(1024 * 1024)}"`
    const config = parseConfig(text, { maxBytes: 2 ** 22 })
    expect(() => toKubernetesSecret(config, REVEAL)).toThrow(ConfigError)
  })
})

describe('fromDockerConfig', () => {
  const convert = (auths: unknown, more: object = {}) =>
    fromDockerConfig(parseDockerConfig(JSON.stringify({ auths, ...more })))
  const rulesOf = (config: ImagePullerConfig) =>
    parse(stringifyConfig(config, REVEAL))['registries'] ?? {}

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
  ])('carries over %s', (_, auths, rules) => expect(rulesOf(convert(auths).config)).toEqual(rules))

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
    ['a.io', { auth: '!' }, 'broken'],
    ['a.io', 1, 'broken'],
    ['a.io', { identitytoken: 'a\nb' }, 'broken'],
    ['a.io', { auth: base64('u:p\n') }, 'broken'],
    ['a.io', { auth: base64('u\0:p') }, 'broken'],
    ['a.io', { username: 'u', password: 'p\n' }, 'broken'],
    ['a.io', { username: 'u:v', password: 'p' }, 'broken'],
    ['a.io', {}, 'empty'],
    ['a.io', { username: 'u' }, 'empty'],
  ])('reports %s as it is: %j is %s', (key, entry, code) => {
    const { config, notes: report } = convert({ [key]: entry, 'b.io': {} })
    expect(config.rules).toEqual([])
    expect(report).toMatchObject([
      { code, key: key.replace(/^.*@/, '…@') },
      { code: 'empty', key: 'b.io' },
    ])
  })

  it('takes the entry that the program takes, and reports the others', () => {
    const auth = (name: string) => ({ auth: base64(`${name}:p`) })
    const { config, notes: report } = convert({
      'https://ghcr.io': auth('first'),
      'ghcr.io': auth('exact'),
      'GHCR.io': auth('shouted'),
      'docker.io': auth('hub'),
      'registry-1.docker.io': auth('other'),
    })
    expect(rulesOf(config)).toEqual({
      'docker.io.': { username: 'hub', password: 'p' },
      'ghcr.io.': { username: 'exact', password: 'p' },
    })
    expect(report.filter(({ code }) => code === 'duplicate').map(({ key }) => key)).toEqual([
      'https://ghcr.io',
      'registry-1.docker.io',
    ])
    expect(report).toContainEqual(expect.objectContaining({ code: 'unused', key: 'GHCR.io' }))
  })

  const login = (name: string) => ({ auth: base64(`${name}:p`) })
  const asked = {
    contrast: { 'ghcr.io': 'ghcr.io', 'docker.io': 'index.docker.io' },
    podman: { 'ghcr.io': 'ghcr.io', 'docker.io': 'docker.io' },
  }
  it.each([
    ['case', { 'GHCR.IO': login('a'), 'https://ghcr.io/v1/': login('b') }, 'unused GHCR.IO'],
    [
      'a trailing dot',
      { 'ghcr.io.': login('a'), 'https://ghcr.io': login('b') },
      'unused ghcr.io.',
    ],
    ['a broken one', { 'GHCR.IO': { auth: '!' }, 'https://ghcr.io': login('b') }, 'unused GHCR.IO'],
    ['case alone', { 'GHCR.IO': login('a') }, 'unused GHCR.IO'],
    [
      'case of Docker Hub',
      { 'DOCKER.IO': login('a'), 'docker.io': login('b') },
      'unused DOCKER.IO',
    ],
    ['two schemes', { 'http://https://ghcr.io': login('a') }, ''],
    ['names of Docker Hub', { 'index.docker.io': login('a'), 'docker.io': login('b') }, ''],
    ['a token alone', { 'ghcr.io': { identitytoken: 't' } }, ''],
    ['both', { 'ghcr.io': { identitytoken: 't', auth: base64('u:p') } }, 'left-out ghcr.io'],
  ])('carries over what each program finds: %s', (_, auths, note) => {
    for (const as of ['contrast', 'podman'] as const) {
      const file = parseDockerConfig(JSON.stringify({ auths }))
      const { config, notes: report } = fromDockerConfig(file, { program: as })
      const { resolve } = createResolver(config)
      for (const [host, server] of Object.entries(asked[as])) {
        const found = findCredentials(file, server, { program: as })
        const { credentials } = resolve(`${host}/a/b`)
        const secretOf = (one: DockerCredentials | Credentials) => {
          if (one.kind === 'identity-token') return one.identityToken.reveal()
          return one.kind === 'basic' ? one.encoded.reveal() : undefined
        }
        expect([as, host, secretOf(credentials)]).toEqual([as, host, secretOf(found)])
      }
      const notes = report.map(({ code, key }) => `${code} ${key}`)
      if (note) expect(notes).toContain(note)
      expect(notes.length).toBeGreaterThan(0)
    }
  })

  it.each([
    ['a helper', { credHelpers: { 'ghcr.io': 'pass' } }, ['helper ghcr.io']],
    ['an unset helper', { credHelpers: { 'ghcr.io': '' } }, ['covers-subdomains ghcr.io']],
    ['a broken helper', { credHelpers: { 'ghcr.io': 5 } }, ['broken ghcr.io']],
  ])('carries over nothing for which the program asks %s', (_, more, notes) => {
    const { config, notes: report } = convert({ 'ghcr.io': login('stale') }, more)
    expect(report.map(({ code, key }) => `${code} ${key}`)).toEqual(notes)
    expect(config.rules).toHaveLength(notes[0]?.startsWith('covers') ? 1 : 0)
  })

  it('leaves an empty entry to the credentials store', () => {
    const auths = { 'ghcr.io': { username: 'u', password: 'p' } }
    const { config, notes: report } = convert(auths, { credsStore: 'desktop' })
    expect(config.rules).toEqual([])
    expect(report.map(({ code, key }) => `${code} ${key}`)).toEqual([
      'helper ghcr.io',
      'helper credsStore',
    ])
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

  it('takes the legacy format as Podman does, which alone reads it', () => {
    const text = '{"ghcr.io/v1/": {"auth": "dTpw"}, "auths": {"a.io": {}}}'
    const file = parseDockerConfig(text, { format: 'dockercfg' })
    const { config, notes: report } = fromDockerConfig(file)
    expect(rulesOf(config)).toEqual({ 'ghcr.io.': { username: 'u', password: 'p' } })
    expect(report.map(({ code, key }) => `${code} ${key}`)).toEqual([
      'covers-subdomains ghcr.io/v1/',
      'empty auths',
      'not-read a.io',
    ])
    const other = fromDockerConfig(file, { program: 'contrast' })
    expect(other.notes.map(({ code, key }) => `${code} ${key}`)).toEqual([
      'empty a.io',
      'not-read ghcr.io/v1/',
      'not-read auths',
    ])
  })

  it('names what the other program alone reads', () => {
    const members = { AUTHS: { 'a.io': login('u') }, CREDHELPERS: { 'b.io': 'pass', 'c.io': '' } }
    const file = parseDockerConfig(JSON.stringify({ ...members, credsStore: 'desktop' }))
    const notes = (as: 'contrast' | 'podman') =>
      fromDockerConfig(file, { program: as }).notes.map(({ code, key }) => `${code} ${key}`)
    expect(notes('contrast')).toEqual(['helper credsStore', 'not-read a.io', 'not-read b.io'])
    expect(notes('podman')).toEqual([
      'covers-subdomains a.io',
      'helper b.io',
      'not-read credsStore',
    ])
  })

  it.each([
    ['auth beside a registry token', { ...login('u'), registrytoken: 't' }, ['left-out']],
    [
      'a token beside all others',
      { identitytoken: 't', username: 'u', password: 'p', registrytoken: 't' },
      ['left-out'],
    ],
    ['another pair', { ...login('u'), username: 'u', password: 'q' }, ['left-out']],
    ['half of a pair', { ...login('u'), username: 'u' }, []],
    ['the same pair, as Kubernetes has it', { ...login('u'), username: 'u', password: 'p' }, []],
    [
      'a pair with a line end beside another',
      { auth: base64('u:p'), username: 'u', password: 'p\n' },
      ['left-out'],
    ],
    ['a broken pair', { ...login('u'), username: 'u', password: '\ud800' }, ['left-out']],
    ['a pair alone', { username: 'u', password: 'p' }, ['fallback']],
    [
      'a pair and a registry token',
      { username: 'u', password: 'p', registrytoken: 't' },
      ['fallback', 'left-out'],
    ],
    ['a registry token alone', { registrytoken: 't' }, ['fallback']],
  ])('reports what is left of %s', (_, entry, codes) => {
    const { notes: report } = convert({ 'a.io': entry })
    expect(report.map(({ code }) => code)).toEqual([...codes, 'covers-subdomains'])
  })

  it('reports a token that Podman does not take, beside what is carried over', () => {
    const entry = { identitytoken: 't', registrytoken: 'r' }
    const file = parseDockerConfig(JSON.stringify({ auths: { 'a.io': entry } }))
    const { config, notes: report } = fromDockerConfig(file, { program: 'podman' })
    expect(rulesOf(config)).toEqual({ 'a.io.': { registrytoken: 'r' } })
    expect(report.map(({ code }) => code)).toEqual(['fallback', 'left-out', 'covers-subdomains'])
  })

  it.each([
    { username: '\ud800xx', password: 'p' },
    { username: 'u', password: '\udc00' },
    { identitytoken: 't\ud800' },
    { registrytoken: '\ud800' },
  ])('carries over no half of a surrogate pair: %j', (entry) => {
    const { config, notes: report } = convert({ 'a.io': entry })
    expect(config.rules).toEqual([])
    expect(report.map(({ code }) => code)).toEqual(['broken'])
  })

  it('takes the certificates of all names for a host', () => {
    const second =
      EXAMPLE.split(PEM)[1]?.match(/-----BEGIN[\s\S]*?END CERTIFICATE-----\n/)?.[0] ?? ''
    const names = [
      ['a.io', 'A.IO.'],
      ['docker.io', 'https://index.docker.io/v1/'],
      ['DOCKER.IO', 'docker.io.'],
    ]
    for (const [one = '', other = ''] of names) {
      const ca = { [one]: PEM, [other]: second }
      const { config } = fromDockerConfig(parseDockerConfig('{}'), { ca })
      expect(config.rules).toHaveLength(1)
      expect(config.rules[0]?.caBundle?.certificates).toHaveLength(2)
    }
  })

  it('reports helpers, and what an identity token leaves out', () => {
    const { notes: report } = convert(
      { 'a.io': { identitytoken: 't', auth: 'dTpw' } },
      { credHelpers: { 'gcr.io': 'gcloud' }, credsStore: 'desktop' },
    )
    expect(report.map(({ code, key }) => [code, key])).toEqual([
      ['left-out', 'a.io'],
      ['covers-subdomains', 'a.io'],
      ['helper', 'gcr.io'],
      ['helper', 'credsStore'],
    ])
  })

  it('takes certificates and proxies', () => {
    const file = parseDockerConfig('{"auths": {"docker.io": {"auth": "dTpw"}}}')
    const options = {
      ca: { 'docker.io': `x\n${PEM}`, 'b.io.': PEM },
      extraEnv: { NO_PROXY: '.corp' },
    }
    const { config } = fromDockerConfig(file, options)
    const { resolve } = createResolver(config)
    expect(resolve('nginx')).toMatchObject({
      tls: { kind: 'ca-bundle' },
      credentials: { kind: 'basic' },
    })
    expect(resolve('b.io/x').tls.kind).toBe('ca-bundle')
    expect(config.extraEnv.noProxy?.reveal()).toBe('.corp')
    expect(() => fromDockerConfig(file, { ca: { 'a.io:5': PEM } })).toThrow(TypeError)
    expect(() =>
      fromDockerConfig(file, { ca: { 'a.io': '-----BEGIN CERTIFICATE-----\n' } }),
    ).toThrow(ConfigError)
    expect(() => fromDockerConfig(file, { extraEnv: { HTTPS_PROXY: 'http:/x' } })).toThrow(
      ConfigError,
    )
    expect(() => fromDockerConfig(file, null as never)).toThrow(TypeError)
  })

  it('follows Podman where asked to', () => {
    const file = parseDockerConfig(
      JSON.stringify({
        Auths: {
          'a.io': { auth: 'dTpw\n' },
          'b.io': { auth: base64(Uint8Array.of(0x75, 0x3a, 0xff)) },
          'c.io': { auth: base64('none') },
        },
      }),
    )
    expect(fromDockerConfig(file).config.rules).toEqual([])
    const { config, notes: report } = fromDockerConfig(file, { program: 'podman' })
    expect(rulesOf(config)).toEqual({
      'a.io.': { username: 'u', password: 'p' },
      'b.io.': { auth: base64(Uint8Array.of(0x75, 0x3a, 0xff)) },
    })
    expect(report.filter(({ code }) => code === 'empty').map(({ key }) => key)).toEqual(['c.io'])
  })

  it('shows no secret in its report, or in what it throws', () => {
    const secret = 'hunter2-hunter2'
    const auth = base64(`puller:${secret}`)
    const auths = {
      [`https://puller:${secret}@ghcr.io`]: { auth },
      'a.io:5000': { auth },
      'b.io': { auth, identitytoken: secret, password: secret },
      'c.io': { identitytoken: `${secret}\n` },
      'd.io': { auth: `${auth}!` },
    }
    const { config, notes: report } = convert(auths)
    const shown = JSON.stringify([report, config, config.findings])
    expect(report.map(({ code }) => code)).toEqual([
      'user-info',
      'port',
      'left-out',
      'covers-subdomains',
      'broken',
      'broken',
    ])
    for (const text of [secret, auth.slice(0, 12)]) expect(shown).not.toContain(text)
  })

  it('takes what is larger as a configuration than as a file', () => {
    const auths = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`h${i}.io`, { auth: 'dTpw' }]),
    )
    const { config } = convert(auths)
    expect(config.rules).toHaveLength(20_000)
    expect(() => toKubernetesSecret(config, REVEAL)).toThrow(ConfigError)
  })

  it('names the programs where another is asked for', () => {
    const file = parseDockerConfig('{}')
    expect(() => fromDockerConfig(file, { program: 'docker' as never })).toThrow(
      /'contrast' or 'podman'/,
    )
    expect(() => fromDockerConfig({} as never)).toThrow(/expected what parseDockerConfig gave/)
  })

  it('takes 1 MiB of names for one host in a moment', () => {
    const auths = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, i) => [`https://a.io/v${i}/`, { auth: 'dTpw' }]),
    )
    const start = performance.now()
    expect(convert(auths).notes).toHaveLength(20_000)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  it('property: an entry that is not carried over is reported', () => {
    const key = fc.oneof(
      fc.constantFrom(
        'a.io',
        'https://a.io/',
        'a.io/x',
        'a.io:5',
        '*.a.io',
        '__proto__',
        'docker.io',
        '',
      ),
      fc.string(),
    )
    const entry = fc.oneof(
      fc.constant({}),
      fc.record({ auth: fc.constantFrom('dTpw', '!', '') }),
      fc.record({ identitytoken: fc.string() }),
      fc.jsonValue(),
    )
    const isComplete = (report: (file: DockerConfig) => ReturnType<typeof fromDockerConfig>) =>
      fc.property(fc.array(fc.tuple(key, entry)), (entries) => {
        const file = parseDockerConfig(JSON.stringify({ auths: Object.fromEntries(entries) }))
        const result = report(file)
        const named = new Set(result.notes.map((note) => note.key))
        return file.contrast.entries.every(({ key }) => named.has(key.replace(/^.*@/s, '…@')))
      })
    fc.assert(
      isComplete((file) => fromDockerConfig(file)),
      { numRuns: 2000 },
    )
    const forgetful = (file: DockerConfig) => ({ ...fromDockerConfig(file), report: [] })
    expect(fc.check(isComplete(forgetful)).failed).toBe(true)
  })
})

it('writes no configuration that has lost its secrets', () => {
  const config = parseConfig('[registries."a.io"]\nregistrytoken = "t"')
  const copy: ImagePullerConfig = JSON.parse(JSON.stringify(config))
  expect(() => stringifyConfig(copy, REVEAL)).toThrow('from parseConfig')
  expect(() => toKubernetesSecret(copy, REVEAL)).toThrow('from parseConfig')
})
