import { ConfigError, type ConfigIssue } from './errors.js'
import { type IpAddress, parseIpAddress, unmapIpAddress } from './ip-address.js'
import { compileNoProxy, type NoProxy } from './no-proxy.js'
import { describeProxyUrlFault, parseProxyUrl } from './proxy-url.js'
import { Secret } from './secret.js'
import { dialledHost, parseUrl } from './url-host.js'

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
  const host = dialledHost(url)
  const parsed = parseIpAddress(host)
  const address = parsed && unmapIpAddress(parsed)
  if (host === 'localhost' || (address && isLoopback(address))) return LOOPBACK
  const entry = noProxy(host, address, url.port || defaultPort)
  return entry === undefined ? proxied : direct('no-proxy', entry)
}

/** Go's `IP.IsLoopback`: nothing that a translator or a tunnel might lead back. */
function isLoopback({ bytes }: IpAddress): boolean {
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
