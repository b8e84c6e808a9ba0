import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { ConfigError } from '../../../src/findings.js'
import { compileProxy, compileSettings } from '../../../src/proxy/compile-proxy.js'
import type { ProxyDecision } from '../../../src/proxy/decision.js'
import { effectiveProxySettings } from '../../../src/proxy/environment.js'
import { checkProxyUrl } from '../../../src/proxy/proxy-url.js'
import type { ProxySettings } from '../../../src/proxy/settings.js'
import { Secret } from '../../../src/secret.js'
import { expectProportion } from '../../support/proportion.js'
import { type Compile, compile, settings, type Variables } from '../../support/proxy.js'

interface Case {
  category: string
  env: Variables
  url: string
  want: string | null
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../vectors/proxy.json', import.meta.url), 'utf8'),
) as { cases: Case[] }

const readPage = (name: string) =>
  readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8')

const withoutUserInfo = (url: string | null) => url?.replace(/\/\/[^/?#]*@/, '//') ?? null

/** What the answer of Go's httpproxy is compared to: a URL, null, or the name of the error. */
function answerOf({ env, url }: Case): string | null {
  try {
    const decision = compile(env)(url)
    if (decision.kind === 'undialable') return 'undialable'
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

/** Each class of deviation from Go, by its name in docs/deviations.md. */
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
    expect(readPage('deviations')).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'))
  })

  it('is deviated from as ordered, no more', () => {
    const count = (name: string) =>
      cases.filter((row) => differs(row) && classOf(row) === name).map(answerOf)
    expect(new Set(count('proxy value is no URL'))).toEqual(new Set(['ConfigError']))
    expect(new Set(count('URL that nothing dials'))).toEqual(new Set(['undialable']))
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
    ['https://localhost', { kind: 'direct', code: 'loopback' }, 'localhost'],
    ['https://127.1', { kind: 'direct', code: 'loopback' }, 'a short form'],
    ['https://[::1]', { kind: 'direct', code: 'loopback' }, 'IPv6'],
    ['http://[::ffff:127.0.0.1]', { kind: 'direct', code: 'loopback' }, 'mapped'],
    ['ftp://ghcr.io', { kind: 'direct', code: 'not-configured' }, 'a scheme'],
    ['data:,x', { kind: 'direct', code: 'not-configured' }, 'no host'],
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
    const decision = { kind: 'direct', code: 'not-configured' }
    expect(compile({ NO_PROXY: '*' })('https://127.0.0.1')).toStrictEqual(decision)
    expect(compile({ HTTP_PROXY: 'p', HTTPS_PROXY: '' })('https://ghcr.io')).toStrictEqual(decision)
  })

  it.each([undefined, null, 7, new URL('https://ghcr.io')])('is misused with %s', (url) => {
    expect(() => compile(variables)(url as never)).toThrow(
      new TypeError('proxyFor: expected a URL as a string'),
    )
  })
})

function issuesOf(run: () => unknown): ConfigError['issues'] {
  try {
    run()
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
  throw new Error('expected a ConfigError')
}

describe('compileProxy', () => {
  it.each<[settings: object, url: string, kind: string, reason: string]>([
    [{}, 'https://ghcr.io', 'direct', 'nothing is set'],
    [{ httpsProxy: 'p.corp' }, 'https://ghcr.io', 'proxy', 'text'],
    [{ httpsProxy: new Secret('p.corp') }, 'https://ghcr.io', 'proxy', 'a secret'],
    [{ httpsProxy: undefined }, 'https://ghcr.io', 'direct', 'undefined is unset'],
    [{ httpsProxy: '' }, 'https://ghcr.io', 'direct', 'and so is the empty string'],
    [{ httpProxy: 'p.corp' }, 'https://ghcr.io', 'direct', 'no fallback'],
    [{ httpsProxy: 'p', noProxy: 'ghcr.io' }, 'https://ghcr.io', 'direct', 'an exemption'],
    [Object.create({ httpsProxy: 'p.corp' }), 'https://ghcr.io', 'direct', 'inherited'],
  ])('%j, %s: %s, %s', (given, url, kind) => {
    expect(compileProxy(given)(url).kind).toBe(kind)
  })

  it.each<[settings: unknown, message: string]>([
    [undefined, 'compileProxy: expected settings to be an object'],
    [null, 'compileProxy: expected settings to be an object'],
    ['http://p', 'compileProxy: expected settings to be an object'],
    [[], 'compileProxy: expected settings to be an object'],
    [
      { HTTPS_PROXY: 'p' },
      'compileProxy: expected no settings but httpProxy, httpsProxy and noProxy',
    ],
    [
      { proxy: undefined },
      'compileProxy: expected no settings but httpProxy, httpsProxy and noProxy',
    ],
    [{ httpsProxy: 7 }, 'compileProxy: expected httpsProxy to be a Secret or a string'],
    [{ noProxy: ['a'] }, 'compileProxy: expected noProxy to be a Secret or a string'],
    [{ noProxy: null }, 'compileProxy: expected noProxy to be a Secret or a string'],
  ])('is misused with %j: %s', (given, message) => {
    expect(() => compileProxy(given as object)).toThrow(new TypeError(message))
  })

  it('reports every setting that holds no URL, by its name', () => {
    const bad = { httpsProxy: 'http://a b', httpProxy: 'http:/p', noProxy: '*' }
    const common = { code: 'invalid-proxy-url', severity: 'error', place: undefined }
    expect(issuesOf(() => compileProxy(bad))).toStrictEqual([
      {
        ...common,
        path: ['httpsProxy'],
        message: 'httpsProxy has a host that is neither a domain name nor an IP address',
        help: 'write a domain name, an IPv4 address or an IPv6 address in brackets',
      },
      {
        ...common,
        path: ['httpProxy'],
        message: "httpProxy isn't the URL of a proxy",
        help: 'write a URL such as http://proxy.corp:3128, or a host and a port',
      },
    ])
  })

  it('and of the environment the variable that it was read from', () => {
    const env = { https_proxy: 'http://a b', HTTP_PROXY: 'http:/p' }
    const issues = issuesOf(() => compileSettings(effectiveProxySettings(settings({}), env)))
    expect(issues).toMatchObject([
      { path: ['https_proxy'], place: { kind: 'environment', variable: 'https_proxy' } },
      { path: ['HTTP_PROXY'], place: { kind: 'environment', variable: 'HTTP_PROXY' } },
    ])
    expect(issues.every((issue) => Object.isFrozen(issue) && Object.isFrozen(issue.place))).toBe(
      true,
    )
  })

  it('throws ConfigError or nothing, and its function answers for every string', () => {
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
        else {
          const decision = compile(variables)(url)
          expect(Object.isFrozen(decision)).toBe(true)
          expect(decision.kind === 'undialable').toBe(!URL.canParse(url))
        }
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
    expect(() => fc.assert(holds(mutant), { numRuns: 5000, endOnFailure: true })).toThrow()
  })
})

describe('threat 18: a polluted Object.prototype', () => {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'NO_PROXY',
    'http_proxy',
    'https_proxy',
    'no_proxy',
  ].concat('httpProxy', 'httpsProxy', 'noProxy')
  const polluted = [
    ...names,
    'REQUEST_METHOD',
    'kind',
    'code',
    'variable',
    'place',
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
    const { code } = compileProxy({})('https://ghcr.io')
    const values = [none.httpProxy.value, none.httpsProxy.value, none.noProxy.value, code]
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
      const proxyFor = compileSettings(given)
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
  const page = readPage('proxy').split('\n').map(cellsOf)

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

  it.each(rowsOf('value', 'what is there', 'what to write'))(
    '%s %s: %s',
    (value, message, help) => {
      const [issue] = issuesOf(() => compile({ HTTPS_PROXY: `${value}` }))
      const said = `${issue?.message}; ${issue?.help}`.replaceAll('`', '')
      expect(said).toBe(`httpsProxy ${message}; ${help}`)
    },
  )

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
    expect(rowsOf('value', 'what is there', 'what to write')).toHaveLength(8)
    expect(rowsOf('`NO_PROXY`', 'URL', 'answer', 'why')).toHaveLength(25)
  })
})

describe('threat 23: a URL parser quadratic in Punycode', () => {
  const proxyFor = compile({ HTTPS_PROXY: 'p:1', NO_PROXY: 'corp' })

  it.each<[place: string, url: (label: string) => string]>([
    ['the host', (label) => `https://${label}`],
    ['one label of it', (label) => `https://a.${label}.corp:443/x`],
    ['behind user info', (label) => `https://u:p@${label}/`],
    ['behind more slashes', (label) => `https:\\/\\${label}/`],
    ['behind blanks, with tabs within', (label) => ` \n ht\ttps:/\t/${label}`],
    ['in percent escapes', (label) => `https://${label.replaceAll('x', '%78')}/`],
    ['of another special scheme', (label) => `wss://${label}/`],
    ['without slashes', (label) => `http:${label}`],
  ])('%s is undialable in linear time', (_, url) => {
    expectProportion(
      (text) => proxyFor(text),
      url(`xn--${'a'.repeat(2 ** 13)}`),
      url(`xn--${'a'.repeat(2 ** 16)}`),
    )
    expect(proxyFor(url(`xn--${'a'.repeat(2 ** 20)}`))).toMatchObject({
      kind: 'undialable',
      code: 'invalid-host',
    })
  })

  it('leaves long paths, queries and user info alone', () => {
    const long = 'ä'.repeat(2 ** 16)
    for (const url of [
      `https://a.io/${long}`,
      `https://a.io?${long}`,
      `https://${'u'.repeat(2 ** 16)}@a.io`,
    ]) {
      expect(proxyFor(url).kind).toBe('proxy')
    }
    expect(proxyFor(`data:${long}`).code).toBe('not-configured')
  })
})
