import { ConfigError, type ConfigFinding, freezeFinding } from '../findings.js'
import {
  hostOfUrl,
  type IpAddress,
  parseIpAddress,
  parseUrl,
  unmapIpAddress,
} from '../net/index.js'
import type { DirectDecision, ProxiedDecision, ProxyDecision } from './decision.js'
import { compileNoProxy, type NoProxy } from './no-proxy.js'
import { describeProxyUrlFault, parseProxyUrl } from './proxy-url.js'
import { ownValue, type ProxySettings, VARIABLES } from './settings.js'

/** Decides how a URL is reached. It throws a `TypeError` if the text is no absolute URL. */
export type ProxyFor = (url: string) => ProxyDecision

const NOT_CONFIGURED = direct('not-configured', undefined)

const LOOPBACK = direct('loopback', undefined)

/**
 * Reads the settings once, and gives a function that decides as Go's `httpproxy` does, for the host
 * that a WHATWG URL parser makes of the URL. See `docs/proxy.md`.
 *
 * @throws `ConfigError` if a proxy variable holds no URL. `parseConfig` has checked `extra-env`, so
 * the value is from the environment; its place is the beginning of the value.
 */
export function compileProxy(settings: ProxySettings): ProxyFor {
  const issues: ConfigFinding[] = []
  const https = compileServer(settings, 'httpsProxy', 'https-proxy', issues)
  const http = compileServer(settings, 'httpProxy', 'http-proxy', issues)
  const [first, ...rest] = issues
  if (first) throw new ConfigError([first, ...rest])
  const noProxy = compileNoProxy(ownValue(settings, 'noProxy')?.reveal() ?? '')

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
  name: keyof ProxySettings,
  reason: ProxiedDecision['code'],
  issues: ConfigFinding[],
): ProxiedDecision | undefined {
  const value = ownValue(settings, name)?.reveal() ?? ''
  if (value === '') return undefined
  const server = parseProxyUrl(value)
  if (typeof server !== 'string') return Object.freeze({ kind: 'proxy', code: reason, ...server })
  const variable = VARIABLES[name]
  const { message: what, help } = describeProxyUrlFault(server)
  const message = `${variable} ${what}`
  const place = { kind: 'environment', variable } as const
  const code = 'invalid-proxy-url'
  issues.push(freezeFinding({ code, severity: 'error', path: [variable], message, help, place }))
  return undefined
}

function direct(reason: DirectDecision['code'], entry: string | undefined): DirectDecision {
  return Object.freeze({ kind: 'direct', code: reason, entry })
}
