// The proxy variables: what keeps a value from being used, and what no client will make use of.
import { lazy } from '../lazy.js'
import {
  checkProxyUrl,
  describeProxyUrlFault,
  faultyEntries,
  type NoProxyFault,
  type ProxySettings,
  proxySchemeOf,
} from '../proxy/index.js'
import { type KeyTable, keyTable, readKeys } from './key-table.js'
import { EXTRA_ENV_ROWS, type Reading } from './keys.js'
import type { Path } from './path.js'
import { hasPlaceholder, warnAboutPlaceholder } from './placeholder.js'
import type { Report } from './report.js'
import type { TomlTable } from './toml.js'

const extraEnvKeys: () => KeyTable = lazy(() => keyTable(EXTRA_ENV_ROWS, 'extra-env'))

const PATH = ['extra-env'] as const

const AT_VALUE = { kind: 'value' } as const

export function readExtraEnv(table: TomlTable, reading: Reading, report: Report): ProxySettings {
  const settings: ProxySettings = {
    httpProxy: undefined,
    httpsProxy: undefined,
    noProxy: undefined,
  }
  readKeys(table, extraEnvKeys(), settings, PATH, reading, report)
  const http = settings.httpProxy?.reveal() ?? ''
  const https = settings.httpsProxy?.reveal() ?? ''
  checkProxy(http, [...PATH, 'HTTP_PROXY'], report)
  checkProxy(https, [...PATH, 'HTTPS_PROXY'], report)
  if (http !== '' && settings.httpsProxy === undefined) warnAboutHttpAlone(report)
  checkNoProxy(settings.noProxy?.reveal() ?? '', report)
  return Object.freeze(settings)
}

/** Those that Go's net/http tells apart. To a proxy of any other it speaks plain HTTP. */
const PROXY_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'socks5', 'socks5h'])

function checkProxy(value: string, path: Path, report: Report): void {
  if (value === '') return
  if (hasPlaceholder(value)) warnAboutPlaceholder(path, report)
  const fault = checkProxyUrl(value)
  if (fault) {
    const { message, help } = describeProxyUrlFault(fault)
    report.error('invalid-proxy-url', path, message, help, AT_VALUE)
  } else if (!PROXY_SCHEMES.has(proxySchemeOf(value))) {
    const message =
      "has a scheme that isn't a proxy's; Contrast's puller takes it for http, without TLS"
    const help = 'write a URL such as http://proxy.corp:3128 or socks5://proxy.corp:1080'
    report.warn('unknown-proxy-scheme', path, message, help, AT_VALUE)
  }
}

function warnAboutHttpAlone(report: Report): void {
  const message =
    'is set without HTTPS_PROXY: registries are asked over https, so nearly none goes by this proxy'
  const help = 'write HTTPS_PROXY with the same value, or as the empty string if that is meant'
  report.warn('https-proxy-missing', [...PATH, 'HTTP_PROXY'], message, help)
}

function checkNoProxy(value: string, report: Report): void {
  const path = [...PATH, 'NO_PROXY']
  if (hasPlaceholder(value)) {
    warnAboutPlaceholder(path, report)
    return
  }
  const byCode = new Map<NoProxyFault, number[]>()
  for (const { index, code } of faultyEntries(value)) {
    const indexes = byCode.get(code) ?? []
    indexes.push(index)
    byCode.set(code, indexes)
  }
  for (const [code, indexes] of byCode) {
    const [what, help] = ENTRIES[code]
    const message = `has ${listEntries(indexes)} with ${what}, which never matches`
    report.warn('no-proxy-unmatchable', path, message, help, AT_VALUE)
  }
}

const ENTRIES: Readonly<Record<NoProxyFault, readonly [what: string, help: string]>> = {
  separator: ['a blank or a ";" within', 'separate entries by commas'],
  scheme: ['a scheme', 'write the host alone, such as registry.corp'],
  'invalid-range': [
    'a range that is no CIDR',
    'write an address and a prefix length, such as 10.0.0.0/8',
  ],
  path: ['a path', 'write the host alone, such as registry.corp'],
  brackets: ['brackets but no port', 'write an IPv6 address without brackets'],
  quotes: ['quotes', 'leave out the quotes around it'],
  wildcard: [
    'a "*" other than alone or at the start of a domain',
    'write .corp for all that is below corp, and a range such as 10.0.0.0/16 for addresses',
  ],
  'trailing-dot': ['a trailing dot', 'leave out the dot: hosts are judged without it'],
  'invalid-port': ['a port that is no number from 1 to 65535', 'write the host, or host:port'],
  'invalid-host': ['characters that no host has', 'write a domain name, an address or a range'],
}

/** Entries of a list by their numbers from 1, the first ones of many. */
function listEntries(indexes: readonly number[]): string {
  const numbers = indexes.slice(0, MOST_LISTED).map((index) => index + 1)
  const more = indexes.length - numbers.length
  const noun = indexes.length === 1 ? 'entry' : 'entries'
  return `${noun} ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_LISTED = 10
