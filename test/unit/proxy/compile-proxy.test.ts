import { readFileSync } from 'node:fs'
import { BlockList } from 'node:net'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/findings.js'
import { parseIpAddress, unmapIpAddress } from '../../../src/net/ip-address.js'
import { compileProxy } from '../../../src/proxy/compile-proxy.js'
import type { ProxyDecision } from '../../../src/proxy/decision.js'
import { compileNoProxy, trailingDotEntries } from '../../../src/proxy/no-proxy.js'
import {
  checkProxyUrl,
  describeProxyUrlFault,
  type ProxyServer,
  type ProxyUrlFault,
  parseProxyUrl,
} from '../../../src/proxy/proxy-url.js'
import {
  type Environment,
  effectiveProxySettings,
  type ProxySettings,
} from '../../../src/proxy/settings.js'
import { Secret } from '../../../src/secret.js'

type Variables = { HTTP_PROXY?: string; HTTPS_PROXY?: string; NO_PROXY?: string }
type Compile = (variables: Variables) => (url: string) => ProxyDecision

function settings(variables: Variables): ProxySettings {
  const secret = (name: keyof Variables) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    return value === undefined ? undefined : new Secret(value)
  }
  return {
    httpProxy: secret('HTTP_PROXY'),
    httpsProxy: secret('HTTPS_PROXY'),
    noProxy: secret('NO_PROXY'),
  }
}

const compile: Compile = (variables) => compileProxy(settings(variables))

interface Case {
  category: string
  env: Variables
  url: string
  want: string | null
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../vectors/proxy.json', import.meta.url), 'utf8'),
) as { cases: Case[] }

const readPage = () => readFileSync(new URL('../../../docs/proxy.md', import.meta.url), 'utf8')

const withoutUserInfo = (url: string | null) => url?.replace(/\/\/[^/?#]*@/, '//') ?? null

/** What the reference's answer is compared to: a URL, null, or the name of the error. */
function answerOf({ env, url }: Case): string | null {
  try {
    const decision = compile(env)(url)
    return decision.kind === 'proxy' ? decision.url : null
  } catch (error) {
    return (error as Error).name
  }
}

const authority = (url: string) => /^https?:\/\/(?:[^/]*@)?([^/?#]*)/i.exec(url)?.[1] ?? ''
const host = (url: string) => authority(url).replace(/:\d*$/, '')

/** What follows the scheme of a proxy value, by the documentation, once more as one expression. */
const SERVER =
  /^(?:(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})*@)?(?:\[[\da-f:.]+\]|[\w\u0080-\uffff-]+(?:\.[\w\u0080-\uffff-]+)*\.?)(?::\d*)?(?:[/?#][\w.~!$&'()*+,;=:/?#-]*)?$/i

function isProxyValue(value: string | undefined): boolean {
  if (!value) return true
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(value)?.[0]
  if (scheme) return SERVER.test(value.slice(scheme.length))
  return SERVER.test(value) && !/^[^/?#]*(?::[/?#]|\/\/)/.test(value)
}

/** Each class of deviation from Go that the specification orders, by its name in docs/proxy.md. */
const deviations: readonly (readonly [name: string, holds: (row: Case) => boolean])[] = [
  [
    'proxy value is no URL',
    ({ env }) => !isProxyValue(env.HTTP_PROXY) || !isProxyValue(env.HTTPS_PROXY),
  ],
  [
    'URL that nothing dials',
    ({ url }) => /%25/.test(host(url)) || /(?:^|\.)[a-z][^/]*\.\d+$/i.test(host(url)),
  ],
  ['trailing dot of the host', ({ url }) => /[^\d.]\.$/.test(host(url))],
  [
    'host as it is dialled',
    ({ url }) => /^[\da-fx.]+$/i.test(host(url)) || host(url).toLowerCase() === 'localhost',
  ],
  ['port as it is dialled', ({ url }) => /:0\d/.test(authority(url))],
]

describe("Go's httpproxy", () => {
  const differs = (row: Case) => answerOf(row) !== withoutUserInfo(row.want)
  const classOf = (row: Case) => deviations.find(([, holds]) => holds(row))?.[0]

  it('has 573 cases', () => {
    expect(cases).toHaveLength(573)
  })

  it.each(cases.map((row) => [row.category, JSON.stringify(row.env), row.url, row] as const))(
    '%s: %s %s',
    (_category, _env, _url, row) => {
      if (differs(row))
        expect(classOf(row), 'a difference that no deviation explains').toBeDefined()
      else expect(answerOf(row)).toBe(withoutUserInfo(row.want))
    },
  )

  it.each(deviations)('deviates where the %s', (name) => {
    expect(cases.filter((row) => differs(row) && classOf(row) === name)).not.toHaveLength(0)
    expect(readPage()).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'))
  })

  it('is deviated from as ordered, no more', () => {
    const count = (name: string) =>
      cases.filter((row) => differs(row) && classOf(row) === name).map(answerOf)
    expect(new Set(count('proxy value is no URL'))).toEqual(new Set(['ConfigError']))
    expect(new Set(count('URL that nothing dials'))).toEqual(new Set(['TypeError']))
    // Every value that the expression takes for none is refused, and no other.
    for (const row of cases) {
      const refused = [row.env.HTTP_PROXY, row.env.HTTPS_PROXY].some(
        (value) => checkProxyUrl(value ?? '') !== undefined,
      )
      expect(refused, JSON.stringify(row.env)).toBe(deviations[0]?.[1](row))
    }
  })
})

describe('a decision', () => {
  const variables = {
    HTTP_PROXY: 'http://plain.corp:3128',
    HTTPS_PROXY: 'https://user:pass@tls.corp',
    NO_PROXY: ' .Internal ,10.0.0.0/8',
  }

  it.each<[url: string, decision: ProxyDecision, reason: string]>([
    [
      'http://ghcr.io',
      {
        kind: 'proxy',
        code: 'http-proxy',
        url: 'http://plain.corp:3128',
        authorization: undefined,
      },
      'HTTP_PROXY',
    ],
    ['https://a.internal', { kind: 'direct', code: 'no-proxy', entry: '.Internal' }, 'as written'],
    ['https://10.1', { kind: 'direct', code: 'no-proxy', entry: '10.0.0.0/8' }, 'a short form'],
    ['https://localhost', { kind: 'direct', code: 'loopback', entry: undefined }, 'localhost'],
    ['https://127.1', { kind: 'direct', code: 'loopback', entry: undefined }, 'a short form'],
    ['https://[::1]', { kind: 'direct', code: 'loopback', entry: undefined }, 'IPv6'],
    ['http://[::ffff:127.0.0.1]', { kind: 'direct', code: 'loopback', entry: undefined }, 'mapped'],
    ['ftp://ghcr.io', { kind: 'direct', code: 'not-configured', entry: undefined }, 'a scheme'],
    ['data:,x', { kind: 'direct', code: 'not-configured', entry: undefined }, 'no host'],
  ])('%s: %j', (url, decision) => {
    const given = compile(variables)(url)
    expect(given).toStrictEqual(decision)
    expect(Object.isFrozen(given)).toBe(true)
  })

  it('carries the credentials for the proxy', () => {
    const given = compile(variables)('https://ghcr.io')
    if (given.kind !== 'proxy') throw new Error(given.code)
    expect(given.url).toBe('https://tls.corp')
    expect(given.authorization?.reveal()).toBe(`Basic ${btoa('user:pass')}`)
  })

  it.each<[host: string, reason: string]>([
    ['[::2]', 'next to loopback'],
    ['[1::1]', 'another prefix'],
    ['[64:ff9b::127.0.0.1]', 'NAT64, which leads back only where it is set up so'],
    ['[2002:7f00:1::]', '6to4, the same'],
    ['0.0.0.0', 'unspecified: Go has it proxied'],
    ['126.255.255.255', 'before loopback'],
    ['128.0.0.1', 'after loopback'],
    ['sub.localhost', 'below localhost'],
    ['localhost.corp', 'begins with localhost'],
  ])('%s is not loopback: %s', (name) => {
    expect(compile(variables)(`https://${name}`).code).toBe('https-proxy')
  })

  it('comes without a proxy where none is set, even for loopback', () => {
    const decision = { kind: 'direct', reason: 'not-configured', entry: undefined }
    expect(compile({ NO_PROXY: '*' })('https://127.0.0.1')).toStrictEqual(decision)
    expect(compile({ HTTP_PROXY: 'p', HTTPS_PROXY: '' })('https://ghcr.io')).toStrictEqual(decision)
  })

  it.each([[''], ['ghcr.io'], ['//ghcr.io'], ['https://'], ['https://a b'], [undefined], [7]])(
    'is refused for %j, which is no URL',
    (url) => {
      const proxyFor = compile(variables)
      expect(() => proxyFor(url as string)).toThrow(
        new TypeError('proxyFor: expected an absolute URL'),
      )
    },
  )
})

describe('compileProxy', () => {
  it('reports every variable that holds no URL', () => {
    const bad = { HTTPS_PROXY: 'http://a b', HTTP_PROXY: 'http:/p', NO_PROXY: '*' }
    try {
      compile(bad)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError)
      expect((error as ConfigError).issues).toStrictEqual([
        {
          code: 'invalid-proxy-url',
          path: ['HTTPS_PROXY'],
          message:
            'HTTPS_PROXY: expected the host to be a domain name, an IPv4 address or an IPv6 address in brackets',
          line: 1,
          column: 1,
        },
        {
          code: 'invalid-proxy-url',
          path: ['HTTP_PROXY'],
          message:
            'HTTP_PROXY: expected a URL such as http://proxy.corp:3128, or a host and a port',
          line: 1,
          column: 1,
        },
      ])
    }
  })

  it('throws ConfigError, and its function TypeError, or nothing', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'ahtp:/@[].1%#*, ü') }),
      fc.constantFrom('http://p', '*', 'https://ghcr.io', 'https://[::1'),
    )
    fc.assert(
      fc.property(noise, noise, noise, noise, (HTTP_PROXY, HTTPS_PROXY, NO_PROXY, url) => {
        const valid = [HTTP_PROXY, HTTPS_PROXY].every((value) => checkProxyUrl(value) === undefined)
        const variables = { HTTP_PROXY, HTTPS_PROXY, NO_PROXY }
        if (!valid) expect(() => compile(variables)).toThrow(ConfigError)
        else if (URL.canParse(url)) expect(Object.isFrozen(compile(variables)(url))).toBe(true)
        else expect(() => compile(variables)(url)).toThrow(TypeError)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('with a proxy set, nothing goes direct but loopback and what an entry covers', () => {
  const name = fc.array(fc.constantFrom('a', 'B', 'corp', 'localhost'), {
    minLength: 1,
    maxLength: 3,
  })
  const target = fc.oneof(
    name.map((labels) => labels.join('.')),
    name.map((labels) => `${labels.join('.')}.`),
    fc.constantFrom(
      '127.1',
      '127.0.0.1',
      '10.1',
      '0',
      '[::1]',
      '[::ffff:7f00:1]',
      '[::]',
      '１２７.1',
    ),
  )
  const list = fc.array(fc.constantFrom('a', '.corp', 'b.a', '10.0.0.0/31', 'a.', 'localhost.corp'))

  /** Loopback and the entries above, judged by text; the short forms that can occur are spelled out. */
  function mayGoDirect(entries: readonly string[], text: string): boolean {
    const plain = text.toLowerCase().replace(/\.$/, '')
    if (
      ['localhost', '127.1', '127.0.0.1', '[::1]', '[::ffff:7f00:1]', '１２７.1'].includes(plain)
    ) {
      return true
    }
    return entries.some((entry) => {
      if (entry === '10.0.0.0/31') return plain === '10.1'
      return (
        `.${plain}`.endsWith(entry.startsWith('.') ? `x${entry}`.slice(1) : `.${entry}`) &&
        plain !== entry.slice(1)
      )
    })
  }

  const holds = (implementation: Compile) =>
    fc.property(list, target, fc.constantFrom('http', 'https'), (entries, text, scheme) => {
      const variables = { HTTP_PROXY: 'p:1', HTTPS_PROXY: 'p:2', NO_PROXY: entries.join() }
      const { kind } = implementation(variables)(`${scheme}://${text}/v2/`)
      expect(kind).toBe(mayGoDirect(entries, text) ? 'direct' : 'proxy')
    })

  it('for any URL', () => {
    fc.assert(holds(compile), { numRuns: 5000 })
  })

  it.each<[mutant: string, Compile]>([
    ['forgets NO_PROXY', (variables) => compile({ ...variables, NO_PROXY: '' })],
    [
      'drops the dot of an entry',
      (v) => compile({ ...v, NO_PROXY: `${v.NO_PROXY}`.replace('a.', 'a') }),
    ],
    ['falls back to direct', (v) => compile({ ...v, HTTP_PROXY: '' })],
    [
      'takes every localhost for loopback',
      (v) => compile({ ...v, NO_PROXY: `${v.NO_PROXY},localhost` }),
    ],
    ['judges the text', (v) => (url) => compile(v)(url.replace(/127\.1/, 'x'))],
    ['keeps the trailing dot', (v) => (url) => compile(v)(url.replace('./', '.x/'))],
  ])('and an implementation that %s is caught', (_, mutant) => {
    expect(() => fc.assert(holds(mutant), { numRuns: 5000 })).toThrow()
  })
})

describe('effectiveProxySettings', () => {
  const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const

  it.each<
    [
      extra: string | undefined,
      env: Environment | undefined,
      value: string | undefined,
      reason: string,
    ]
  >([
    [undefined, undefined, undefined, 'nothing is set'],
    ['x', undefined, 'x', 'no environment'],
    [undefined, {}, undefined, 'an empty environment'],
    [undefined, { NAME: 'a' }, 'a', 'the environment'],
    [undefined, { name: 'a' }, 'a', 'the name in lower case'],
    [undefined, { NAME: 'a', name: 'b' }, 'a', 'upper case comes first'],
    [undefined, { NAME: '', name: 'b' }, 'b', 'the first that is not empty'],
    [undefined, { NAME: undefined, name: 'b' }, 'b', 'the first that is set'],
    [undefined, { NAME: '', name: '' }, undefined, 'all empty'],
    [undefined, { Name: 'a' }, undefined, 'mixed case'],
    ['x', { NAME: 'a', name: 'b' }, 'x', 'extra-env overrides'],
    ['', { NAME: 'a', name: 'b' }, '', 'even if it is empty'],
    [undefined, Object.create({ NAME: 'a' }), undefined, 'what is inherited does not count'],
  ])('extra-env %j, environment %j: %j, %s', (extra, env, value) => {
    for (const name of NAMES) {
      const named = env && renamed(env, name)
      const given = effectiveProxySettings(settings({ [name]: extra }), named)
      expect(given[name]?.reveal()).toBe(value)
      expect(Object.keys(given)).toEqual(NAMES)
      expect(Object.isFrozen(given)).toBe(true)
    }
  })

  function renamed(env: Environment, name: string): Environment {
    const names: Record<string, string> = {
      NAME: name,
      name: name.toLowerCase(),
      Name: 'Http_Proxy',
    }
    const rename = (from: Environment) =>
      Object.fromEntries(Object.entries(from).map(([key, value]) => [names[key], value]))
    return Object.assign(Object.create(rename(Object.getPrototypeOf(env))), rename(env))
  }

  it.each<[env: Environment, http: string | undefined, https: string | undefined, reason: string]>([
    [{ REQUEST_METHOD: 'GET', HTTP_PROXY: 'a', HTTPS_PROXY: 'b' }, undefined, 'b', 'a CGI process'],
    [{ REQUEST_METHOD: 'GET', http_proxy: 'a', https_proxy: 'b' }, undefined, 'b', 'in lower case'],
    [{ REQUEST_METHOD: '', HTTP_PROXY: 'a' }, 'a', undefined, 'not a CGI process'],
  ])('%j gives %j for http: %s', (env, http, https) => {
    const given = effectiveProxySettings(settings({}), env)
    expect(given.httpProxy?.reveal()).toBe(http)
    expect(given.httpsProxy?.reveal()).toBe(https)
    const extra = effectiveProxySettings(settings({ HTTP_PROXY: 'x' }), env)
    expect(extra.httpProxy?.reveal()).toBe('x')
  })
})

describe('threat 18: a polluted Object.prototype', () => {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy']
  const polluted = [
    ...names,
    'REQUEST_METHOD',
    'kind',
    'reason',
    'entry',
    'url',
    'authorization',
  ].concat('domain', 'port', 'prefix', 'ranges', 'labels', 'bytes', 'length', 'host', 'scheme')
  afterEach(() => {
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name)
  })
  function pollute() {
    for (const name of polluted) {
      const value = names.includes(name) ? new Secret('http://evil:1') : 'http://evil:1'
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true })
    }
  }

  it('changes no case', () => {
    const rows = cases.filter((_, i) => i % 3 === 0)
    const clean = rows.map(answerOf)
    pollute()
    const dirty = rows.map(answerOf)
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name)
    expect(dirty).toEqual(clean)
  })

  it('sets no proxy', () => {
    pollute()
    const none = effectiveProxySettings({} as ProxySettings, {})
    const decision = compileProxy({} as ProxySettings)('https://ghcr.io')
    const values = [none.httpProxy, none.httpsProxy, none.noProxy, decision.code]
    for (const name of polluted) Reflect.deleteProperty(Object.prototype, name)
    expect(values).toEqual([undefined, undefined, undefined, 'not-configured'])
  })
})

describe('threat 3: nothing shows the user info or NO_PROXY', () => {
  const USER = 'Zq7Kx9Wm2Lp4'
  const PASSWORD = 'Vb5Tn8Rc3Hd6'
  const LIST = 'Jf1Gs0Ya9Ue'
  const canaries = [USER, PASSWORD, LIST, btoa(`${USER}:${PASSWORD}`), LIST.toLowerCase()]

  function shows(text: string): boolean {
    return canaries.some((canary) => {
      const windows = Array.from({ length: canary.length - 7 }, (_, i) => canary.slice(i, i + 8))
      return windows.some((window) => text.includes(window))
    })
  }

  function outputs(value: unknown): string[] {
    const all = [
      inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    ]
    all.push(
      inspect(value, { depth: Number.POSITIVE_INFINITY, customInspect: false, showHidden: true }),
    )
    all.push(String(value), JSON.stringify(value) ?? '')
    if (value instanceof Error) all.push(value.message, value.stack ?? '')
    if (typeof value !== 'function') all.push(inspect(structuredClone(value), { depth: null }))
    return all
  }

  function everything(HTTPS_PROXY: string): unknown[] {
    const given = effectiveProxySettings(settings({ NO_PROXY: `a.corp,${LIST}.corp` }), {
      HTTPS_PROXY,
    })
    const found: unknown[] = [given, checkProxyUrl(HTTPS_PROXY)]
    try {
      const proxyFor = compileProxy(given)
      found.push(proxyFor)
      found.push(...['https://ghcr.io', 'https://a.corp', 'https://[::1]', 'ftp://x'].map(proxyFor))
      proxyFor(`https://${USER}:${PASSWORD}@[`)
    } catch (error) {
      found.push(error)
    }
    return found
  }

  it.each([
    `http://${USER}:${PASSWORD}@proxy.corp:3128`,
    `${USER}:${PASSWORD}@proxy.corp`,
    `socks5://${USER}:${PASSWORD}@proxy.corp`,
    `http://${USER}@proxy.corp`,
    `http://${USER}:1#${PASSWORD}@proxy.corp`,
    `http://proxy:12/${PASSWORD}@proxy.corp`,
    `http://${USER}:${PASSWORD}`,
    `http://${USER}:${PASSWORD}@`,
    `http://${USER}:${PASSWORD}@a b`,
    `http://${USER}:${PASSWORD}@a:99999`,
    `http://${USER}:${PASSWORD}%zz@a`,
    `http:/${USER}:${PASSWORD}@a`,
    `http://[${USER}:${PASSWORD}@a`,
    `http://${USER}:${PASSWORD}\n@a`,
    `http://${USER}:${PASSWORD}@a/%zz`,
  ])('of %s', (value) => {
    for (const found of everything(value)) {
      for (const output of outputs(found)) expect(shows(output), output).toBe(false)
    }
  })

  it.each<[leak: string, unknown]>([
    ['a property', { url: `http://${USER}@p` }],
    ['a hidden property', Object.defineProperty({}, 'x', { value: PASSWORD })],
    ['an error', new TypeError(`no URL: ${PASSWORD.slice(0, 8)}`)],
    ['a cause', new Error('x', { cause: { input: USER } })],
    ['the header', { authorization: `Basic ${btoa(`${USER}:${PASSWORD}`)}` }],
    ['the list', { entry: `${LIST}.corp` }],
  ])('and a leak in %s would be found', (_, leak) => {
    expect(outputs(leak).some(shows)).toBe(true)
  })
})

describe('the examples of docs/proxy.md', () => {
  const cellsOf = (row: string) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  const page = readPage().split('\n').map(cellsOf)

  /** The rows of the table with these columns, without backquotes. */
  function rowsOf(...columns: string[]): string[][] {
    const start = page.findIndex((cells) => cells.join() === columns.join()) + 2
    const end = page.findIndex((cells, i) => i >= start && cells.length === 0)
    return page.slice(start, end).map((cells) => cells.map((cell) => cell.replaceAll('`', '')))
  }

  it.each(rowsOf('value', '`url`', '`authorization` stands for'))(
    '%s gives %s %s',
    (value, url, pair) => {
      const decision = compile({ HTTPS_PROXY: `${value}` })('https://ghcr.io')
      if (decision.kind !== 'proxy') throw new Error(decision.code)
      expect(decision.url).toBe(url)
      expect(decision.authorization?.reveal()).toBe(pair ? `Basic ${btoa(pair)}` : undefined)
    },
  )

  it.each(rowsOf('value', 'what was expected'))('%s: %s', (value, expectation) => {
    expect(() => compile({ HTTPS_PROXY: `${value}` })).toThrow(
      `HTTPS_PROXY: ${expectation} (invalid`,
    )
  })

  it.each(rowsOf('`NO_PROXY`', 'URL', 'answer', 'why'))(
    '%s, %s: %s, %s',
    (NO_PROXY, url, answer) => {
      const decision = compile({ HTTPS_PROXY: 'p:1', NO_PROXY: `${NO_PROXY}` })(`${url}`)
      expect(decision.code).toBe(answer)
      if (decision.code === 'no-proxy') expect(decision.entry).toBe(NO_PROXY)
    },
  )

  it('are as many as there are', () => {
    expect(rowsOf('value', '`url`', '`authorization` stands for')).toHaveLength(7)
    expect(rowsOf('value', 'what was expected')).toHaveLength(7)
    expect(rowsOf('`NO_PROXY`', 'URL', 'answer', 'why')).toHaveLength(22)
  })
})

function server(value: string): ProxyServer {
  const parsed = parseProxyUrl(value)
  if (typeof parsed === 'string') throw new Error(`${parsed}: ${value}`)
  return parsed
}

/** The pair behind a `Basic` value. */
function pairOf({ authorization }: ProxyServer): string | undefined {
  const encoded = authorization?.reveal()
  if (encoded === undefined) return undefined
  expect(encoded).toMatch(/^Basic [\w+/]+=*$/)
  return Buffer.from(encoded.slice(6), 'base64').toString('utf8')
}

describe('parseProxyUrl', () => {
  it.each<[value: string, url: string, pair: string | undefined, reason: string]>([
    ['http://proxy.corp:3128', 'http://proxy.corp:3128', undefined, 'a URL'],
    [
      'HTTP://PROXY.corp:3128',
      'http://PROXY.corp:3128',
      undefined,
      'the scheme alone in lower case',
    ],
    ['https://proxy.corp:443', 'https://proxy.corp:443', undefined, 'a default port stays'],
    ['proxy.corp:3128', 'http://proxy.corp:3128', undefined, 'no scheme'],
    ['proxy.corp', 'http://proxy.corp', undefined, 'no scheme, no port'],
    ['proxy.corp:', 'http://proxy.corp:', undefined, 'an empty port'],
    ['proxy.corp.', 'http://proxy.corp.', undefined, 'a trailing dot'],
    ['proxy_1', 'http://proxy_1', undefined, 'an underscore'],
    ['proxy.corp:0', 'http://proxy.corp:0', undefined, 'port 0'],
    ['proxy.corp:65535', 'http://proxy.corp:65535', undefined, 'the largest port'],
    ['socks5h://proxy.corp', 'socks5h://proxy.corp', undefined, 'another scheme'],
    ['[::1]:3128', 'http://[::1]:3128', undefined, 'IPv6'],
    ['http://[::1]', 'http://[::1]', undefined, 'IPv6 without a port'],
    ['http://p.corp/a?b#c', 'http://p.corp/a?b#c', undefined, 'what follows is kept'],
    ['http://p.corp#', 'http://p.corp', undefined, 'save for an empty fragment'],
    ['http://p.corp/%7e', 'http://p.corp/%7e', undefined, 'with its escapes'],
    ['http://prüfung.example', 'http://pr%C3%BCfung.example', undefined, 'outside of ASCII'],
    ['http://user:pass@p.corp', 'http://p.corp', 'user:pass', 'user info'],
    ['user:pass@p.corp', 'http://p.corp', 'user:pass', 'user info, no scheme'],
    ['http://user@p.corp', 'http://p.corp', 'user:', 'no password'],
    ['http://user:@p.corp', 'http://p.corp', 'user:', 'an empty password'],
    ['http://:pass@p.corp', 'http://p.corp', ':pass', 'no user name'],
    ['http://@p.corp', 'http://p.corp', ':', 'empty user info, as Go sends it'],
    ['http://a:b:c@p.corp', 'http://p.corp', 'a:b:c', 'a colon in the password'],
    ['http://a:b@c@p.corp', 'http://p.corp', 'a:b@c', 'an @ in the password'],
    ['http://us%3aer:pa%2fss@p.corp', 'http://p.corp', 'us:er:pa/ss', 'escapes'],
    ['http://corp%5Cuser:%C3%A4@p.corp', 'http://p.corp', 'corp\\user:ä', 'escapes of UTF-8'],
    [
      "http://user:a+b&c=d,e;f!g$h*i'(j)@p.corp",
      'http://p.corp',
      "user:a+b&c=d,e;f!g$h*i'(j)",
      'sub-delimiters',
    ],
    ['mailto:a@p.corp', 'http://p.corp', 'mailto:a', 'no scheme: there is no //'],
  ])('%s gives %s, %j: %s', (value, url, pair) => {
    expect(checkProxyUrl(value)).toBeUndefined()
    expect(server(value).url).toBe(url)
    expect(pairOf(server(value))).toBe(pair)
    expect(Object.isFrozen(server(value))).toBe(true)
    expect(Object.keys(server(value))).toEqual(['url', 'authorization'])
  })

  it.each<[value: string, fault: ProxyUrlFault, reason: string]>([
    ['http://proxy.corp\r\n', 'control-character', 'a line end'],
    ['http://proxy.corp\0', 'control-character', 'NUL'],
    ['http://proxy.corp/\x7f', 'control-character', 'DEL'],
    ['//proxy.corp', 'invalid-scheme', 'a scheme is missing'],
    ['://proxy.corp', 'invalid-scheme', 'an empty scheme'],
    ['http//proxy.corp', 'invalid-scheme', 'a colon is missing'],
    ['http:/proxy.corp', 'invalid-scheme', 'a slash is missing'],
    ['ht_tp://proxy.corp', 'invalid-scheme', 'no scheme has an underscore'],
    ['1http://proxy.corp', 'invalid-scheme', 'or a digit first'],
    [' http://proxy.corp', 'invalid-scheme', 'or a space'],
    ['http://us er@p.corp', 'invalid-user-info', 'a space'],
    ['http://corp\\user@p.corp', 'invalid-user-info', 'a backslash'],
    ['http://üser@p.corp', 'invalid-user-info', 'not ASCII'],
    ['http://a%zz@p.corp', 'invalid-user-info', 'a broken escape'],
    ['http://a:%zz@p.corp', 'invalid-user-info', 'a broken escape in the password'],
    ['http://%ff@p.corp', 'invalid-user-info', 'escapes that are no UTF-8'],
    ['http://a:%C0%AF@p.corp', 'invalid-user-info', 'an overlong form'],
    ['http://a:%ED%A0%80@p.corp', 'invalid-user-info', 'a surrogate'],
    ['http://a:b%0d%0ax@p.corp', 'invalid-user-info', 'an escaped line end'],
    ['http://%00@p.corp', 'invalid-user-info', 'an escaped NUL'],
    ['http://a:%7F@p.corp', 'invalid-user-info', 'an escaped DEL'],
    ['http://a:b#c@p.corp', 'invalid-user-info', 'a password with a #'],
    ['http://a:b?c@p.corp', 'invalid-user-info', 'a password with a ?'],
    ['http://a:12/34@p.corp', 'invalid-user-info', 'a password with a /, which looks like a port'],
    ['a:12/34@p.corp', 'invalid-user-info', 'the same without a scheme'],
    ['http://', 'invalid-host', 'no host'],
    ['http://:3128', 'invalid-host', 'a port alone'],
    ['http://user@', 'invalid-host', 'user info alone'],
    ['file:///proxy', 'invalid-host', 'a path alone'],
    ['/proxy.corp', 'invalid-host', 'a path alone'],
    ['.', 'invalid-host', 'no label'],
    ['a..b', 'invalid-host', 'an empty label'],
    ['.corp', 'invalid-host', 'an empty label'],
    ['pro xy', 'invalid-host', 'a space'],
    ['"proxy.corp"', 'invalid-host', 'quotes'],
    ['proxy\\corp', 'invalid-host', 'a backslash'],
    ['http://%41proxy', 'invalid-host', 'an escape'],
    ['a,b', 'invalid-host', 'a list'],
    ['1.2.3.256', 'invalid-host', 'no IPv4 address'],
    ['http://[::1', 'invalid-host', 'a bracket is missing'],
    ['http://[]', 'invalid-host', 'nothing in the brackets'],
    ['http://[1.2.3.4]', 'invalid-host', 'IPv4 in brackets'],
    ['http://[fe80::1%25eth0]', 'invalid-host', 'a zone'],
    ['http://\ud800', 'invalid-host', 'a lone surrogate'],
    ['proxy.corp:65536', 'invalid-port', 'too large'],
    ['proxy.corp:80a', 'invalid-port', 'a letter'],
    ['proxy.corp:-1', 'invalid-port', 'a sign'],
    ['http://[::1]x', 'invalid-port', 'no colon'],
    ['2001:db8::9', 'invalid-port', 'IPv6 without brackets'],
    ['http:proxy.corp:3128', 'invalid-port', 'two ports, once the scheme is a host'],
    ['http://p.corp/a b', 'invalid-path', 'a space'],
    ['http://p.corp/%zz', 'invalid-path', 'a broken escape'],
    ['http://p.corp/%', 'invalid-path', 'an escape cut off'],
    ['http://p.corp/ä', 'invalid-path', 'not ASCII'],
    ['http://p.corp/#a#b', 'invalid-path', 'two fragments'],
  ])('%j has an %s: %s', (value, fault) => {
    expect(parseProxyUrl(value)).toBe(fault)
    expect(checkProxyUrl(value)).toBe(fault)
    expect(describeProxyUrlFault(fault)).toMatch(/^expected /)
  })

  it('the empty string means unset', () => {
    expect(checkProxyUrl('')).toBeUndefined()
  })

  it.each(['a', ':', '@', '/', '%', '%41', '.', '[', '://', '#', '\\', 'a.', 'ä'])(
    'takes linear time for repeated %j',
    (unit) => {
      const text = unit.repeat(2 ** 18)
      const start = performance.now()
      for (const value of [text, `http://${text}`, `http://${text}@p`, `http://p/${text}`]) {
        checkProxyUrl(value)
      }
      expect(performance.now() - start).toBeLessThan(1000)
    },
  )
})

describe('what is accepted is read alike by the URL standard', () => {
  const value = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string({ unit: fc.constantFrom(...'ab1:/@.[]%#? \\ü'), maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom('', 'http://', 'https://', 'socks5://', 'http:/', '//'),
        fc.string({ unit: fc.constantFrom(...'ab:@%4/#'), maxLength: 6 }),
        fc.constantFrom('', '@'),
        fc.constantFrom('p.corp', '10.0.0.9', '[::9]', '1.2.3', 'ü.x', ''),
        fc.constantFrom('', ':', ':3128', ':x', '/a', '#', '?@'),
      )
      .map((parts) => parts.join('')),
  )
  const agrees = (parse: typeof parseProxyUrl) =>
    fc.property(value, (text) => {
      const parsed = parse(text)
      if (typeof parsed === 'string') return
      const special = (url: string) => new URL(url.replace(/^[^:]*/, 'http'))
      const given = special(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`)
      const answer = special(parsed.url)
      expect(answer.host).toBe(given.host)
      expect([answer.username, answer.password]).toEqual(['', ''])
      const pair = `${decodeURIComponent(given.username)}:${decodeURIComponent(given.password)}`
      expect(pairOf(parsed) ?? ':').toBe(pair)
    })

  it('for any value', () => {
    fc.assert(agrees(parseProxyUrl), { numRuns: 5000 })
  })

  it.each<[mutant: string, (value: string) => string]>([
    ['takes the password for a path', (text) => text.replace(/[/#?]([^/@]*)@/, '/$1')],
    ['splits at the first @', (text) => text.replace(/@(?=.*@)/, '')],
    ['drops the user info', (text) => text.replace(/\/\/.*@/, '//')],
  ])('and a parser that %s is caught', (_, change) => {
    expect(() =>
      fc.assert(
        agrees((text) => parseProxyUrl(change(text))),
        { numRuns: 5000 },
      ),
    ).toThrow()
  })
})

it('shows nothing of the user info', () => {
  const shown = inspect(server('http://Zq7Kx9Wm2:Vb5Tn8Rc3@p.corp'), {
    depth: Infinity,
    showHidden: true,
  })
  expect(shown).not.toMatch(/Zq7Kx9Wm|Vb5Tn8Rc/)
})

type Find = (list: string, host: string, port: string) => string | undefined

const find: Find = (list, host, port) => {
  const address = parseIpAddress(host)
  return compileNoProxy(list)(host, address && unmapIpAddress(address), port)
}

it.each(['http://proxy.corp\u0085:3128', 'http://u\u009f:p@proxy.corp'])(
  '%j: control characters beyond ASCII are refused like the others',
  (value) => {
    expect(checkProxyUrl(value)).toBe('control-character')
  },
)

it('a password with an escaped control character beyond ASCII is refused', () => {
  expect(checkProxyUrl('http://u:%C2%85@proxy.corp')).toBe('invalid-user-info')
})

describe('compileNoProxy', () => {
  it.each<[list: string, host: string, port: string, entry: string | undefined, reason: string]>([
    ['', 'registry.corp', '443', undefined, 'no entry'],
    [' , ,', 'registry.corp', '443', undefined, 'empty entries'],
    ['registry.corp', 'registry.corp', '443', 'registry.corp', 'the name itself'],
    ['registry.corp', 'a.b.registry.corp', '443', 'registry.corp', 'below it'],
    ['registry.corp', 'evilregistry.corp', '443', undefined, 'not at a label boundary'],
    ['registry.corp', 'registry.corp.evil', '443', undefined, 'not at the end'],
    ['registry.corp', 'corp', '443', undefined, 'above it'],
    ['.registry.corp', 'a.registry.corp', '443', '.registry.corp', 'below it'],
    ['.registry.corp', 'registry.corp', '443', undefined, 'not the name itself'],
    ['*.registry.corp', 'a.registry.corp', '443', '*.registry.corp', 'a star for the first label'],
    ['*.registry.corp', 'registry.corp', '443', undefined, 'not the name itself'],
    ['*.*.corp', 'a.b.corp', '443', undefined, 'one star only'],
    ['a.*.corp', 'a.b.corp', '443', undefined, 'and in front'],
    ['..corp', 'a.corp', '443', undefined, 'an empty label is a label'],
    ['..corp', 'a..corp', '443', '..corp', 'which a URL may have'],
    ['*', 'registry.corp', '443', '*', 'everything'],
    ['*', '10.0.0.1', '443', '*', 'every IPv4 address'],
    ['*', '2001:db8::1', '443', '*', 'every IPv6 address'],
    ['*', '', '443', '*', 'even the root'],
    ['*:443', 'registry.corp', '443', undefined, 'with a port, a star is a name'],
    ['*.', 'registry.corp', '443', undefined, 'or with a dot'],
    ['\ufeff*', 'registry.corp', '443', undefined, 'a byte order mark is no white space'],
    ['\u0085*\u3000', 'registry.corp', '443', '*', 'but this is'],
    [' Registry.CORP ', 'registry.corp', '443', 'Registry.CORP', 'case and white space'],
    ['a,registry.corp', 'registry.corp', '443', 'registry.corp', 'the second entry'],
    ['a registry.corp', 'registry.corp', '443', undefined, 'white space separates nothing'],
    ['corp,registry.corp', 'registry.corp', '443', 'corp', 'the first that covers'],
    ['registry.corp,corp', 'registry.corp', '443', 'registry.corp', 'the first that covers'],
    ['*,corp', 'registry.corp', '443', '*', 'the first that covers'],
    ['corp,*', 'registry.corp', '443', 'corp', 'the first that covers'],
    ['CORP,corp', 'registry.corp', '443', 'CORP', 'the first of equals'],
    ['.corp,corp', 'corp', '443', 'corp', 'the first that covers, not the first of the name'],
    ['corp:80,.corp:443,corp', 'a.corp', '443', '.corp:443', 'the first with this port or none'],
    ['corp:80,corp,corp:443', 'a.corp', '443', 'corp', 'the first with this port or none'],
    ['registry.corp:443', 'registry.corp', '443', 'registry.corp:443', 'the port'],
    ['registry.corp:443', 'registry.corp', '80', undefined, 'another port'],
    ['registry.corp:', 'registry.corp', '80', 'registry.corp:', 'an empty port is any'],
    ['registry.corp:0443', 'registry.corp', '443', undefined, 'ports are compared as text'],
    ['registry.corp:443:80', 'registry.corp', '80', undefined, 'two ports'],
    [':443', 'registry.corp', '443', undefined, 'no host'],
    ['[]:443', 'registry.corp', '443', undefined, 'no host'],
    ['[registry.corp]:443', 'registry.corp', '443', '[registry.corp]:443', 'Go drops any brackets'],
    ['registry.corp.', 'registry.corp', '443', undefined, 'a trailing dot'],
    ['.', 'registry.corp', '443', undefined, 'a dot alone'],
    ['registry.corp.:443', 'registry.corp', '443', undefined, 'a trailing dot before the port'],
    ['user@registry.corp', 'registry.corp', '443', undefined, 'user info'],
    ['http://registry.corp', 'registry.corp', '443', undefined, 'a URL'],
    ['bücher.example', 'a.xn--bcher-kva.example', '443', 'bücher.example', 'IDN'],
    ['.BÜCHER.example:443', 'a.xn--bcher-kva.example', '443', '.BÜCHER.example:443', 'IDN in full'],
    ['ΒΌΛΟΣ.gr', 'xn--nxasmq6b.gr', '443', 'ΒΌΛΟΣ.gr', 'a capital sigma at the end of a label'],
    ['bücher.example/x', 'xn--bcher-kva.example', '443', undefined, 'a path'],
    ['bücher.example。', 'xn--bcher-kva.example', '443', undefined, 'an ideographic trailing dot'],
    ['１０.0.0.1', '10.0.0.1', '443', undefined, 'full width digits make a name, as in Go'],
    ['10.0.0.1', '10.0.0.1', '443', '10.0.0.1', 'an address'],
    ['10.0.0.1', '10.0.0.11', '443', undefined, 'another that begins alike'],
    ['10.0.0.1:443', '10.0.0.1', '443', '10.0.0.1:443', 'an address and a port'],
    ['10.0.0.1:443', '10.0.0.1', '80', undefined, 'another port'],
    ['10.0.0.01', '10.0.0.1', '443', undefined, 'a leading zero'],
    ['.0.0.1', '10.0.0.1', '443', undefined, 'an address has no labels'],
    ['10.0.0.0/8', '10.9.9.9', '443', '10.0.0.0/8', 'a range'],
    ['10.0.0.0/8', '11.0.0.0', '443', undefined, 'outside'],
    ['10.0.0.0/8:443', '10.9.9.9', '443', undefined, 'ranges have no port'],
    ['10.0.0.0/33', '10.0.0.0', '443', undefined, 'too long'],
    ['0.0.0.0/0', 'registry.corp', '443', undefined, 'a name is no address'],
    ['::1', '::1', '443', '::1', 'IPv6'],
    ['::1:443', '::1', '443', undefined, 'that is another address'],
    ['[::1]:443', '::1', '443', '[::1]:443', 'IPv6 and a port'],
    ['[::1]', '::1', '443', undefined, 'brackets without a port'],
    ['[fe80::1%eth0]:443', 'fe80::1', '443', undefined, 'a zone'],
    ['2001:DB8::/32', '2001:db8:1::', '443', '2001:DB8::/32', 'IPv6 range'],
    ['::ffff:10.0.0.1', '10.0.0.1', '443', '::ffff:10.0.0.1', 'mapped entry'],
    ['10.0.0.1', '::ffff:a00:1', '443', '10.0.0.1', 'mapped host'],
    ['::ffff:10.0.0.0/104', '10.9.9.9', '443', '::ffff:10.0.0.0/104', 'mapped range'],
    ['::ffff:10.0.0.0/104', '11.0.0.0', '443', undefined, 'outside'],
    [
      '::ffff:10.0.0.0/95',
      '10.0.0.1',
      '443',
      undefined,
      'a range of more than the mapped addresses',
    ],
    ['::/0', '::ffff:a00:1', '443', undefined, 'the same'],
    ['::ffff:0:0/80', '::1', '443', '::ffff:0:0/80', 'which is one of IPv6'],
    ['toString', 'tostring', '443', 'toString', 'a name like any other'],
    ['__proto__', 'a.__proto__', '443', '__proto__', 'a name like any other'],
    ['a', '__proto__', '443', undefined, 'a host like any other'],
  ])('%j: %s:%s is covered by %j: %s', (list, host, port, entry) => {
    expect(find(list, host, port)).toBe(entry)
  })
})

describe('agrees with a naive model', () => {
  const label = fc.constantFrom('b', 'ab')
  const name = fc.array(label, { minLength: 1, maxLength: 2 }).map((labels) => labels.join('.'))
  const ipv4 = fc
    .tuple(fc.constantFrom(10, 11), fc.constantFrom(0, 128), fc.constantFrom(0, 1, 255))
    .map(([a, b, c]) => `${a}.${b}.0.${c}`)
  const ipv6 = fc.constantFrom('2001:db8::1', '2001:db8::2', '2001:db9::1')
  const port = fc.constantFrom('80', '443')
  const entry = fc.oneof(
    fc.constantFrom('*', '', '*.', '.', ':80'),
    fc
      .tuple(fc.constantFrom('', '.', '*.'), name, fc.constantFrom('', ':80', '.'))
      .map((x) => x.join('')),
    fc.tuple(ipv4, fc.constantFrom('', ':80', '/8', '/9', '/31')).map((x) => x.join('')),
    fc.tuple(ipv6, fc.constantFrom('', '/32', '/31', '/127')).map((x) => x.join('')),
    ipv6.map((address) => `[${address}]:80`),
  )
  const list = fc.array(entry, { maxLength: 5 })
  const host = fc.oneof(name, ipv4, ipv6)

  /** Go's rules once more, for one entry, with string comparison and Node's own CIDR ranges. */
  function covers(text: string, target: string, targetPort: string): boolean {
    if (text === '*') return true
    const type = target.includes(':') ? 'ipv6' : 'ipv4'
    const isAddress = /^[\d.]+$|:/.test(target)
    const [network, bits] = text.split('/')
    if (network !== undefined && bits !== undefined) {
      const ranges = new BlockList()
      ranges.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4')
      return isAddress && ranges.check(target, type)
    }
    const bare = text.replace(/:80$/, '').replace(/[[\]]/g, '')
    if (bare !== text && targetPort !== '80') return false
    if (isAddress) return target === bare
    if (/^(\*?\.)?$/.test(bare) || bare.endsWith('.')) return false
    if (bare.startsWith('*.')) return target.endsWith(bare.slice(1))
    if (bare.startsWith('.')) return target.endsWith(bare)
    return target === bare || target.endsWith(`.${bare}`)
  }

  const agrees = (search: Find) =>
    fc.property(list, host, port, (entries, target, targetPort) => {
      const first = entries.find((text) => covers(text, target, targetPort))
      expect(search(entries.join(' ,'), target, targetPort)).toBe(first)
    })

  it('for any list and host', () => {
    fc.assert(agrees(find), { numRuns: 5000 })
  })

  it.each<[mutant: string, Find]>([
    [
      'ignores label boundaries',
      (l, h, p) => find(l, h, p) ?? l.split(' ,').find((e) => e !== '' && h.endsWith(e)),
    ],
    ['ignores ports', (l, h) => find(l, h, '80')],
    ['covers the name behind a leading dot', (l, h, p) => find(l.replace(/(^|,)\./g, '$1'), h, p)],
    ['forgets the first entry', (l, h, p) => find(l.replace(/^[^,]*,/, ''), h, p)],
    [
      'rounds prefixes down',
      (l, h, p) => find(l.replace('/9', '/8').replace('/127', '/112'), h, p),
    ],
    ['drops trailing dots', (l, h, p) => find(l.replace(/\.( |$)/g, '$1'), h, p)],
    ['reports another entry', (l, h, p) => find(l.split(' ,').reverse().join(','), h, p)],
  ])('and a search that %s is caught', (_, mutant) => {
    expect(() => fc.assert(agrees(mutant), { numRuns: 5000 })).toThrow()
  })
})

it('never throws, whatever the list and the host', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'a.:[]/*,1 \u3002ü') }),
      fc.string(),
      (noise, list, host) => {
        for (const text of [noise, list]) {
          const entry = find(text, host, '443')
          if (entry !== undefined) expect(text).toContain(entry)
        }
      },
    ),
    { numRuns: 2000 },
  )
})

describe('costs what the host costs', () => {
  const elapsed = (work: () => void) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }

  it.each<[content: string, list: string]>([
    ['commas', ','.repeat(2 ** 20)],
    ['white space', ' '.repeat(2 ** 20)],
    ['short names', 'ab,'.repeat(2 ** 18)],
    ['one name of many labels', 'a.'.repeat(2 ** 19)],
    ['one name of many labels, without a trailing dot', `${'a.'.repeat(2 ** 18)}a`],
    ['dots', '.'.repeat(2 ** 20)],
    ['colons', ':'.repeat(2 ** 20)],
    ['brackets', '[:'.repeat(2 ** 19)],
    ['letters outside of ASCII', 'ü'.repeat(2 ** 19)],
    ['addresses', '10.0.0.1,'.repeat(2 ** 16)],
  ])('a list of %s is read in linear time', (_, list) => {
    expect(elapsed(() => compileNoProxy(list))).toBeLessThan(3000)
    expect(elapsed(() => trailingDotEntries(list))).toBeLessThan(3000)
  })

  it('and a host of 4 kB is looked up in time linear in its labels', () => {
    const noProxy = compileNoProxy(`${'a.'.repeat(4000)}b,b`)
    const host = (length: number) => `${'a.'.repeat(length)}b`
    expect(noProxy(host(2000), undefined, '443')).toBe('b')
    expect(elapsed(() => noProxy(host(2000), undefined, '443'))).toBeLessThan(50)
    expect(elapsed(() => noProxy(host(2 ** 18), undefined, '443'))).toBeLessThan(1000)
  })

  it('whatever the number of entries', () => {
    const list = (size: number) => Array.from({ length: size }, (_, i) => `r${i}.corp`).join(',')
    const [few, many] = [compileNoProxy(list(10)), compileNoProxy(list(10_000))]
    const best = (work: () => void) => Math.min(...Array.from({ length: 7 }, () => elapsed(work)))
    const run = (noProxy: typeof few) => () => {
      for (let i = 0; i < 20_000; i++) noProxy('a.b.r7.corp', undefined, '443')
    }
    run(few)()
    run(many)()
    expect(best(run(many))).toBeLessThan(best(run(few)) * 3 + 5)
  })
})

describe('trailingDotEntries', () => {
  it.each<[list: string, entries: number[], reason: string]>([
    ['', [], 'no entry'],
    ['registry.corp', [], 'no dot'],
    ['registry.corp.', [0], 'a dot'],
    ['a,registry.corp. ,b,.corp.', [1, 3], 'places in the list'],
    [',,corp.', [2], 'empty entries count'],
    ['corp.:443', [0], 'before a port'],
    ['*.corp.', [0], 'behind a star'],
    ['10.0.0.1.', [0], 'an address with a dot is a name'],
    ['.', [0], 'the root'],
    ['*', [], 'a star'],
    ['10.0.0.0/8', [], 'a range'],
    ['corp:80.', [], 'a dot in the port'],
  ])('%j: %j, %s', (list, entries) => {
    expect(trailingDotEntries(list)).toEqual(entries)
  })

  it('names no entry that covers the host without the dot', () => {
    const name = fc.array(fc.constantFrom('a', 'b'), { minLength: 1 }).map((x) => x.join('.'))
    fc.assert(
      fc.property(name, fc.constantFrom('', '.', '*.'), fc.boolean(), (host, prefix, dot) => {
        const list = `${prefix}${host}${dot ? '.' : ''}`
        expect(trailingDotEntries(list)).toEqual(dot ? [0] : [])
        expect(find(list, `x.${host}`, '443') === undefined).toBe(dot)
      }),
    )
  })
})
