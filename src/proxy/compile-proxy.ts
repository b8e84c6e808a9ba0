// The decision about proxies, compiled once from the three variables.
import { ConfigError, type ConfigFinding, freezeFinding } from '../findings.js'
import {
  hostOfUrl,
  type IpAddress,
  parseIpAddress,
  parseUrl,
  unmapIpAddress,
} from '../net/index.js'
import type {
  DirectDecision,
  ProxiedDecision,
  ProxyDecision,
  UnproxiedDecision,
} from './decision.js'
import { compileNoProxy, type NoProxy } from './no-proxy.js'
import { describeProxyUrlFault, type ProxyUrlFault, parseProxyUrl } from './proxy-url.js'
import { type CompileProxySettings, readSettings, type SourcedSettings } from './settings.js'
import { decideUndialable } from './undialable.js'

/**
 * Decides how a URL is reached, for any string: one that nothing can dial is `undialable`. It throws
 * a `TypeError` if the argument is no string.
 */
export type ProxyFor = (url: string) => ProxyDecision

const NOT_CONFIGURED = unproxied('not-configured')

const LOOPBACK = unproxied('loopback')

/**
 * Compiles proxy settings to a function that decides as Go's `httpproxy` does: HTTPS_PROXY for https,
 * HTTP_PROXY for http, NO_PROXY for both. The host is judged in the form that a WHATWG URL parser
 * gives, since that is what is dialled. The deviations from Go are in `docs/deviations.md`.
 *
 * This is for programs without a configuration; with one, `resolver.proxyFor` decides.
 *
 * @param settings - The variables' values, as text or as secrets; own properties only.
 * @returns The function from a URL to the decision. It costs the host's labels, not the list's length.
 * @throws `ConfigError` if a proxy's value is no URL. The path of each issue is the setting's name;
 *   `place` is undefined, since there is no document.
 * @throws `TypeError` if a setting is unknown, or neither a string nor a `Secret`.
 *
 * @example
 *
 * ```ts
 * import { compileProxy } from 'imagepuller-auth/proxy'
 *
 * const proxyFor = compileProxy({ httpsProxy: 'http://proxy.corp:3128', noProxy: '.corp' })
 * console.log(proxyFor('https://ghcr.io/v2/').kind) // proxy
 * console.log(proxyFor('https://registry.corp/v2/').kind) // direct
 * console.log(proxyFor('https://registry.corp:port/').kind) // undialable
 * ```
 */
export function compileProxy(settings: CompileProxySettings): ProxyFor {
  return compileSettings(readSettings(settings))
}

/**
 * The same for settings whose sources are known: an issue with one from the environment has that
 * variable as its place.
 */
export function compileSettings(settings: SourcedSettings): ProxyFor {
  const issues: ConfigFinding[] = []
  const https = compileServer(settings, 'httpsProxy', issues)
  const http = compileServer(settings, 'httpProxy', issues)
  const [first, ...rest] = issues
  if (first) throw new ConfigError([first, ...rest])
  const noProxy = compileNoProxy(settings.noProxy.value?.reveal() ?? '')

  return (text) => {
    if (typeof text !== 'string') throw new TypeError('proxyFor: expected a URL as a string')
    const url = parseUrl(text)
    if (url === undefined) return decideUndialable(text)
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
): DirectDecision | ProxiedDecision {
  if (proxied === undefined) return NOT_CONFIGURED
  const host = hostOfUrl(url)
  const parsed = parseIpAddress(host)
  const address = parsed && unmapIpAddress(parsed)
  if (host === 'localhost' || (address && isGoLoopback(address))) return LOOPBACK
  const entry = noProxy(host, address, url.port || defaultPort)
  return entry === undefined ? proxied : Object.freeze({ kind: 'direct', code: 'no-proxy', entry })
}

/** Go's `IP.IsLoopback`: nothing that a translator or a tunnel might lead back. */
function isGoLoopback({ bytes }: IpAddress): boolean {
  if (bytes.length === 4) return bytes[0] === 127
  return bytes.every((byte, i) => byte === (i === 15 ? 1 : 0))
}

function compileServer(
  settings: SourcedSettings,
  name: 'httpsProxy' | 'httpProxy',
  issues: ConfigFinding[],
): ProxiedDecision | undefined {
  const { value, variable } = settings[name]
  const text = value?.reveal() ?? ''
  if (text === '') return undefined
  const server = parseProxyUrl(text)
  if (typeof server === 'string') {
    issues.push(faultyServer(server, name, variable))
    return undefined
  }
  const code = name === 'httpsProxy' ? 'https-proxy' : 'http-proxy'
  return Object.freeze({ kind: 'proxy', code, ...server })
}

function faultyServer(
  fault: ProxyUrlFault,
  name: string,
  variable: string | undefined,
): ConfigFinding {
  const { message, help } = describeProxyUrlFault(fault)
  return freezeFinding({
    code: 'invalid-proxy-url',
    severity: 'error',
    path: [variable ?? name],
    message: `${variable ?? name} ${message}`,
    help,
    place: variable === undefined ? undefined : { kind: 'environment', variable },
  })
}

function unproxied(code: UnproxiedDecision['code']): UnproxiedDecision {
  return Object.freeze({ kind: 'direct', code })
}
