// Who stands between: the proxy on the way to a URL, and the mirror in front of a registry.
import { Secret } from './credentials.js'
import { encodeBase64, hasControlCharacter } from './encoding.js'
import { ConfigError, type ConfigIssue } from './errors.js'
import {
  authorityOf,
  DOCKER_HUB,
  DOCKER_HUB_ALIAS,
  type ImageReference,
} from './image-reference.js'
import {
  asciiHost,
  type HttpUrl,
  type HttpUrlFault,
  hostOfUrl,
  type IpAddress,
  type IpPrefix,
  isInPrefix,
  NOT_ASCII,
  parseHttpUrl,
  parseIpAddress,
  parseIpPrefix,
  parseUrl,
  unmapIpAddress,
  withoutTrailingSlashes,
} from './registry-name.js'

/** The proxy variables; one that is unset is undefined, and the empty string means the same. */
export interface ProxySettings {
  /** The proxy for `http` URLs. */
  readonly HTTP_PROXY: Secret | undefined
  /** The proxy for `https` URLs. */
  readonly HTTPS_PROXY: Secret | undefined
  /** What is reached without a proxy. */
  readonly NO_PROXY: Secret | undefined
}

/** A process's environment, such as `process.env`. Its own properties are read, and no others. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The URL is reached without a proxy. */
export interface DirectDecision {
  /** The union's tag. */
  readonly kind: 'direct'
  /**
   * Why: no proxy is set for the URL's scheme; the host is `localhost` or a loopback address; or an
   * entry of NO_PROXY covers it.
   */
  readonly reason: 'not-configured' | 'loopback' | 'no-proxy'
  /** The entry of NO_PROXY, as it is written there; undefined for the other reasons. */
  readonly entry: string | undefined
}

/** The URL is reached through a proxy. */
export interface ProxiedDecision {
  /** The union's tag. */
  readonly kind: 'proxy'
  /** The variable that decided: HTTPS_PROXY for `https` URLs, HTTP_PROXY for `http` URLs. */
  readonly reason: 'https-proxy' | 'http-proxy'
  /** The proxy's URL, without user info. */
  readonly url: string
  /**
   * The value of the `Proxy-Authorization` header, from the proxy URL's user info; undefined if it has
   * none. It is for the proxy alone, never for the registry behind it.
   */
  readonly authorization: Secret | undefined
}

/** How a URL is reached. */
export type ProxyDecision = DirectDecision | ProxiedDecision

type Variable = keyof ProxySettings

/** Decides how a URL is reached. It throws a `TypeError` if the text is no absolute URL. */
export type ProxyFor = (url: string) => ProxyDecision

const NOT_CONFIGURED = direct('not-configured', undefined)
const LOOPBACK = direct('loopback', undefined)

/**
 * The settings that count: `extra-env` where it has a variable, even as the empty string, and the
 * environment otherwise. There the name in upper case comes before the one in lower case, and the
 * first that isn't empty counts. Where REQUEST_METHOD is set, HTTP_PROXY isn't read from the
 * environment: in a CGI process the client sets it, with a `Proxy` header (CVE-2016-5385).
 */
export function effectiveProxySettings(
  extraEnv: ProxySettings,
  env: Environment | undefined,
): ProxySettings {
  const inherited = (name: Variable) => {
    if (env === undefined) return undefined
    if (name === 'HTTP_PROXY' && variableOf(env, ['REQUEST_METHOD'])) return undefined
    return variableOf(env, [name, name.toLowerCase()])
  }
  const settingOf = (name: Variable) => ownValue(extraEnv, name) ?? inherited(name)
  return Object.freeze({
    HTTP_PROXY: settingOf('HTTP_PROXY'),
    HTTPS_PROXY: settingOf('HTTPS_PROXY'),
    NO_PROXY: settingOf('NO_PROXY'),
  })
}

/**
 * Reads the settings once, and gives a function that decides as Go's `httpproxy` does, for the host
 * that a WHATWG URL parser makes of the URL. See `docs/proxy.md`.
 *
 * @throws `ConfigError` if a proxy variable holds no URL. `parseConfig` has checked `extra-env`, so
 * the value is from the environment; its place is the beginning of the value.
 */
export function compileProxy(settings: ProxySettings): ProxyFor {
  const issues: ConfigIssue[] = []
  const https = compileServer(settings, 'HTTPS_PROXY', 'https-proxy', issues)
  const http = compileServer(settings, 'HTTP_PROXY', 'http-proxy', issues)
  const [first, ...rest] = issues
  if (first) throw new ConfigError([first, ...rest])
  const noProxy = compileNoProxy(ownValue(settings, 'NO_PROXY')?.reveal() ?? '')

  return (text) => {
    const url = typeof text === 'string' ? parseUrl(text) : undefined
    if (url === undefined) throw new TypeError('proxyFor: expected an absolute URL')
    if (url.protocol === 'https:') return decide(url, '443', https, noProxy)
    if (url.protocol === 'http:') return decide(url, '80', http, noProxy)
    return NOT_CONFIGURED
  }
}

function decide(
  url: URL,
  defaultPort: string,
  proxied: ProxiedDecision | undefined,
  noProxy: NoProxy,
): ProxyDecision {
  if (proxied === undefined) return NOT_CONFIGURED
  const host = hostOfUrl(url)
  const parsed = parseIpAddress(host)
  const address = parsed && unmapIpAddress(parsed)
  if (host === 'localhost' || (address && isGoLoopback(address))) return LOOPBACK
  const entry = noProxy(host, address, url.port || defaultPort)
  return entry === undefined ? proxied : direct('no-proxy', entry)
}

/** Go's `IP.IsLoopback`: nothing that a translator or a tunnel might lead back. */
function isGoLoopback({ bytes }: IpAddress): boolean {
  if (bytes.length === 4) return bytes[0] === 127
  return bytes.every((byte, i) => byte === (i === 15 ? 1 : 0))
}

function compileServer(
  settings: ProxySettings,
  name: Variable,
  reason: ProxiedDecision['reason'],
  issues: ConfigIssue[],
): ProxiedDecision | undefined {
  const value = ownValue(settings, name)?.reveal() ?? ''
  if (value === '') return undefined
  const server = parseProxyUrl(value)
  if (typeof server !== 'string') return Object.freeze({ kind: 'proxy', reason, ...server })
  const message = `${name}: ${describeProxyUrlFault(server)}`
  issues.push({ code: 'invalid-proxy-url', path: [name], message, line: 1, column: 1 })
  return undefined
}

function direct(reason: DirectDecision['reason'], entry: string | undefined): DirectDecision {
  return Object.freeze({ kind: 'direct', reason, entry })
}

/** The first of the variables that isn't empty. */
function variableOf(env: Environment, names: readonly string[]): Secret | undefined {
  for (const name of names) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    if (value) return new Secret(value)
  }
  return undefined
}

function ownValue(settings: ProxySettings, name: Variable): Secret | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined
}

/** Where a proxy listens, and what it is sent to authenticate. */
export interface ProxyServer {
  /** The URL without user info. */
  readonly url: string
  /** The value of `Proxy-Authorization`, or undefined if the URL has no user info. */
  readonly authorization: Secret | undefined
}

/** What keeps a text from being a proxy's URL. */
export type ProxyUrlFault =
  | 'control-character'
  | 'invalid-scheme'
  | 'invalid-user-info'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-path'

const PROXY_EXPECTATIONS: Readonly<Record<ProxyUrlFault, string>> = {
  'control-character': 'expected no control characters',
  'invalid-scheme': 'expected a URL such as http://proxy.corp:3128, or a host and a port',
  'invalid-user-info':
    'expected a user name and a password in which everything but letters, digits and "-._~" is percent-encoded UTF-8',
  'invalid-host':
    'expected the host to be a domain name, an IPv4 address or an IPv6 address in brackets',
  'invalid-port': 'expected the port to be a number up to 65535',
  'invalid-path': 'expected nothing, or a percent-encoded path, after the host and port',
}

const SCHEME = /^[a-z][a-z\d+.-]*$/i
// RFC 3986, sections 3.2.1 and 3.3 to 3.5. Like Go, user info may hold an "@"; what follows may not.
const USER_INFO = /^[\w.~!$&'()*+,;=:@%-]*$/
const AFTER_AUTHORITY = /^[\w.~!$&'()*+,;=:/?#%-]*$/
const BROKEN_ESCAPE = /%(?![\da-f]{2})/i

/** What keeps a value of HTTP_PROXY or HTTPS_PROXY from being used. The empty string means unset. */
export function checkProxyUrl(value: string): ProxyUrlFault | undefined {
  const server = value === '' ? undefined : parseProxyUrl(value)
  return typeof server === 'string' ? server : undefined
}

/** What was expected in place of the fault, in words that quote nothing. */
export function describeProxyUrlFault(fault: ProxyUrlFault): string {
  return PROXY_EXPECTATIONS[fault]
}

/**
 * Reads a value as Go does: a URL of any scheme that has a host, or `[user[:password]@]host[:port]`,
 * which means `http://`. Its text is kept, except that the scheme gets lower case and a host outside
 * of ASCII is percent-encoded. A value that Go and the URL standard don't read alike is refused.
 */
export function parseProxyUrl(value: string): ProxyServer | ProxyUrlFault {
  if (hasControlCharacter(value)) return 'control-character'
  const { scheme, authority, tail } = splitUrl(value)
  // "http:/proxy", "http//proxy" and "ht_tp://proxy" are failed schemes, no hosts with a path.
  const failed = authority.endsWith(':') ? tail !== '' : tail.startsWith('//')
  if (scheme === undefined && failed) return 'invalid-scheme'

  const at = authority.lastIndexOf('@')
  const authorization = at < 0 ? undefined : basicOf(authority.slice(0, at))
  // An "@" further on means that an unescaped "/", "?" or "#" has cut the password in two.
  if (authorization === 'invalid-user-info' || tail.includes('@')) return 'invalid-user-info'

  const { host, port } = splitHost(authority.slice(at + 1))
  const written = writeHost(host)
  if (written === undefined) return 'invalid-host'
  if (!isPort(port)) return 'invalid-port'
  if (!isTail(tail)) return 'invalid-path'

  const end = tail.endsWith('#') ? tail.slice(0, -1) : tail
  const url = `${scheme?.toLowerCase() ?? 'http'}://${written}${port}${end}`
  return Object.freeze({ url, authorization })
}

function splitUrl(value: string): { scheme: string | undefined; authority: string; tail: string } {
  const colon = value.indexOf('://')
  const scheme =
    colon >= 0 && SCHEME.test(value.slice(0, colon)) ? value.slice(0, colon) : undefined
  const rest = scheme === undefined ? value : value.slice(colon + 3)
  const end = rest.search(/[/?#]/)
  if (end < 0) return { scheme, authority: rest, tail: '' }
  return { scheme, authority: rest.slice(0, end), tail: rest.slice(end) }
}

/** The host, and what follows it, a port with its colon if all is well. */
function splitHost(text: string): { host: string; port: string } {
  const bracket = text.startsWith('[') ? text.indexOf(']') : -1
  const end = bracket < 0 ? text.indexOf(':') : bracket + 1
  return end < 0 ? { host: text, port: '' } : { host: text.slice(0, end), port: text.slice(end) }
}

function writeHost(host: string): string | undefined {
  if (host.startsWith('['))
    return parseIpAddress(host.slice(1, -1))?.bytes.length === 16 ? host : undefined
  if (host.startsWith('.') || host.includes('..')) return undefined
  return asciiHost(host) && encodeURIComponent(host)
}

function isPort(port: string): boolean {
  return port === '' || (/^:\d*$/.test(port) && Number(port.slice(1)) <= 65535)
}

function isTail(tail: string): boolean {
  const oneFragment = tail.indexOf('#') === tail.lastIndexOf('#')
  return oneFragment && AFTER_AUTHORITY.test(tail) && !BROKEN_ESCAPE.test(tail)
}

/** RFC 7617; a missing password is an empty one. */
function basicOf(userInfo: string): Secret | 'invalid-user-info' {
  if (!USER_INFO.test(userInfo)) return 'invalid-user-info'
  const colon = userInfo.indexOf(':')
  const username = decode(colon < 0 ? userInfo : userInfo.slice(0, colon))
  const password = decode(colon < 0 ? '' : userInfo.slice(colon + 1))
  if (username === undefined || password === undefined) return 'invalid-user-info'
  return new Secret(`Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}`)
}

function decode(text: string): string | undefined {
  try {
    const decoded = decodeURIComponent(text)
    return hasControlCharacter(decoded) ? undefined : decoded
  } catch {
    return undefined
  }
}

/**
 * The entry of NO_PROXY that covers a host, as it was written, or undefined. The host is as it is
 * dialled; `address` is what it is if it is an IP address.
 */
export type NoProxy = (
  host: string,
  address: IpAddress | undefined,
  port: string,
) => string | undefined

interface Entry {
  /** Addresses that the entry covers. */
  readonly ranges: readonly IpPrefix[]
  /** The name that it covers, with what is below it; no labels cover every name. */
  readonly domain: Domain | undefined
  /** The port that it is about; empty for any. */
  readonly port: string
}

interface Domain {
  /** From the top: `corp`, `registry`. */
  readonly labels: readonly string[]
  /** Whether the name itself is covered too. */
  readonly itself: boolean
}

/** An entry in the list; the first in the list that covers a host is the one that is reported. */
interface Listed {
  readonly index: number
  readonly text: string
}

type ByPort = Map<string, Listed>

interface Range {
  readonly prefix: IpPrefix
  readonly port: string
  readonly text: string
}

/** A node for each domain name, below the one of its parent domain. */
interface Node {
  children: Map<string, Node> | undefined
  /** The entries that cover the name itself. */
  itself: ByPort | undefined
  /** The entries that cover what is below it. */
  below: ByPort | undefined
}

const ANY_PORT = ''
// Unicode's White_Space: JavaScript's, less U+FEFF, and U+0085. Loading the property takes time.
const WHITE_SPACE = /[^\S\ufeff]|\u0085/
const MAPPED_BITS = 96

const EVERYTHING: Entry = {
  ranges: [
    { bytes: new Array<number>(4).fill(0), length: 0 },
    { bytes: new Array<number>(16).fill(0), length: 0 },
  ],
  domain: { labels: [], itself: false },
  port: ANY_PORT,
}

/** Reads the list once. Entries that mean nothing are passed over, as Go does. */
export function compileNoProxy(list: string): NoProxy {
  const ranges: Range[] = []
  const root = newNode()
  for (const [index, text] of entriesOf(list).entries()) {
    const entry = parseEntry(text)
    if (entry === undefined) continue
    for (const prefix of entry.ranges) ranges.push({ prefix, port: entry.port, text })
    if (entry.domain) addDomain(root, entry.domain, entry.port, { index, text })
  }
  return (host, address, port) => {
    if (address === undefined) return findDomain(root, host, port)?.text
    return ranges.find((range) => {
      return (range.port === ANY_PORT || range.port === port) && isInPrefix(address, range.prefix)
    })?.text
  }
}

/**
 * Which entries of the list, from 0, name a domain with a trailing dot. They cover nothing, since no
 * host is dialled with one.
 */
export function trailingDotEntries(list: string): readonly number[] {
  return entriesOf(list).flatMap((text, index) => (nameOf(text).name.endsWith('.') ? [index] : []))
}

function entriesOf(list: string): string[] {
  return list.split(',').map(trim)
}

/** Go's `strings.TrimSpace`, which takes U+0085 but not U+FEFF for white space. */
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++
  while (start < end && WHITE_SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function parseEntry(text: string): Entry | undefined {
  if (text === '*') return EVERYTHING
  const range = parseIpPrefix(text)
  if (range) return { ranges: [unmapPrefix(range)], domain: undefined, port: ANY_PORT }
  const { name, port } = nameOf(text)
  const address = parseIpAddress(name)
  if (address) {
    const { bytes } = unmapIpAddress(address)
    return { ranges: [{ bytes, length: bytes.length * 8 }], domain: undefined, port }
  }
  const domain = parseDomain(name)
  return domain && { ranges: [], domain, port }
}

/** `corp`, `.corp` or `*.corp`. */
function parseDomain(name: string): Domain | undefined {
  const pattern = name.startsWith('*.') ? name.slice(1) : name
  const itself = !pattern.startsWith('.')
  const written = itself ? pattern : pattern.slice(1)
  const domain = NOT_ASCII.test(written) ? asciiHost(written) : written.toLowerCase()
  // The trailing dot is gone from hosts, so it must not stand for their root either.
  if (!domain || domain.endsWith('.')) return undefined
  return { labels: domain.split('.').reverse(), itself }
}

/** Go's `net.SplitHostPort`, and the text as a whole where that fails. */
function nameOf(text: string): { name: string; port: string } {
  const colon = text.lastIndexOf(':')
  const bracketed = text.startsWith('[') && text.charAt(colon - 1) === ']'
  const name = bracketed ? text.slice(1, colon - 1) : text.slice(0, Math.max(colon, 0))
  if (colon < 0 || (!bracketed && name.includes(':'))) return { name: text, port: ANY_PORT }
  return { name, port: text.slice(colon + 1) }
}

/** Go takes a range of IPv4-mapped addresses for one of IPv4 addresses. */
function unmapPrefix(prefix: IpPrefix): IpPrefix {
  const { bytes } = unmapIpAddress(prefix)
  const mapped = bytes.length < prefix.bytes.length
  if (!mapped || prefix.length < MAPPED_BITS) return prefix
  return { bytes, length: prefix.length - MAPPED_BITS }
}

function newNode(): Node {
  return { children: undefined, itself: undefined, below: undefined }
}

function addDomain(root: Node, { labels, itself }: Domain, port: string, entry: Listed): void {
  let node = root
  for (const label of labels) {
    node.children ??= new Map()
    const child = node.children.get(label) ?? newNode()
    node.children.set(label, child)
    node = child
  }
  if (itself) node.itself = withEntry(node.itself, port, entry)
  node.below = withEntry(node.below, port, entry)
}

function withEntry(entries: ByPort | undefined, port: string, entry: Listed): ByPort {
  if (entries === undefined) return new Map([[port, entry]])
  return entries.has(port) ? entries : entries.set(port, entry)
}

/** Walks down from the last label, so it costs the labels of the host. */
function findDomain(root: Node, host: string, port: string): Listed | undefined {
  const labels = host.split('.')
  let first: Listed | undefined
  let node: Node | undefined = root
  for (let label = labels.pop(); node !== undefined && label !== undefined; label = labels.pop()) {
    first = firstOf(first, node.below, port)
    node = node.children?.get(label)
  }
  return firstOf(first, node?.itself, port)
}

function firstOf(
  first: Listed | undefined,
  entries: ByPort | undefined,
  port: string,
): Listed | undefined {
  let earliest = first
  for (const listed of [entries?.get(ANY_PORT), entries?.get(port)]) {
    if (listed && (earliest === undefined || listed.index < earliest.index)) earliest = listed
  }
  return earliest
}

/** Requests go to the registry itself. */
export interface RegistryEndpoint {
  /** The union's tag. */
  readonly kind: 'registry'
}

/**
 * Requests go to a mirror, which learns from the field `ns` of the query whose content is asked for.
 * The rule's credentials are not for it, unless it is on the registry's own origin.
 */
export interface MirrorEndpoint {
  /** The union's tag. */
  readonly kind: 'mirror'
  /** The mirror's URL, without a slash at the end. Its path goes before that of each request. */
  readonly url: string
  /** The mirror's scheme, host and port. */
  readonly origin: string
  /** The value of `ns`: the registry's host and port; `docker.io` for Docker Hub. */
  readonly namespace: string
}

/** Where the requests for an image go. */
export type Endpoint = RegistryEndpoint | MirrorEndpoint

/** A rule's mirror, checked. */
export interface Mirror extends HttpUrl {
  /** The URL without a slash at the end. */
  readonly url: string
}

/** What keeps a text from being a mirror's URL. */
export type MirrorFault = HttpUrlFault | 'query'

const MIRROR_EXPECTATIONS: Readonly<Record<MirrorFault, string>> = {
  'not-a-url': 'expected a URL such as https://mirror.corp, in printable ASCII',
  scheme: 'expected a URL that begins with https://, or http:// beside insecure-skip-verify',
  'user-info': 'expected a URL without user info: credentials are not for the mirror',
  host: 'expected the host to be a domain name or an IP address, with a port from 1 to 65535 if any',
  query: 'expected a URL without query and fragment',
}

/** What was expected in place of the fault, in words that quote nothing. */
export function describeMirrorFault(fault: MirrorFault): string {
  return MIRROR_EXPECTATIONS[fault]
}

/** Reads the value of `mirror`. Plain HTTP is for those who also skip the verification of TLS. */
export function parseMirror(value: string, allowsHttp: boolean): Mirror | MirrorFault {
  const url = parseHttpUrl(value)
  if (typeof url === 'string') return url
  if (url.scheme === 'http' && !allowsHttp) return 'scheme'
  if (value.includes('?') || value.includes('#')) return 'query'
  return Object.freeze({ ...url, url: withoutTrailingSlashes(url.href) })
}

/** The endpoint where there is no mirror. */
export const REGISTRY: RegistryEndpoint = Object.freeze({ kind: 'registry' })

/** The endpoint for an image whose rule has that mirror. */
export function mirrorEndpoint({ url, origin }: Mirror, image: ImageReference): MirrorEndpoint {
  const registry = authorityOf(image)
  const namespace = registry === DOCKER_HUB ? DOCKER_HUB_ALIAS : registry
  return Object.freeze({ kind: 'mirror', url, origin, namespace })
}
