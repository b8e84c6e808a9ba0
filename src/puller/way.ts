// How Contrast's puller reaches the endpoint, as far as the document says: by Go's httpproxy, which takes
// hosts and ports as they are written.
import { expectedError } from '../expected-error.js'
import { ConfigError } from '../findings.js'
import type { ImageReference } from '../image/index.js'
import { addressOfHost, isIpAddress } from '../net/index.js'
import { compileProxy, type ProxyDecision } from '../proxy/index.js'
import type { MirrorEndpoint, RegistryEndpoint, Ways } from '../resolve/index.js'
import { wayToRegistry } from '../resolve/index.js'

/** A proxy variable, or the endpoint's host, is none that Go's httpproxy is sure to read like others. */
export interface UnclearProxy {
  /** The union's tag. */
  readonly kind: 'unclear'
  /** What that means, in a sentence. */
  readonly message: string
}

const UNCLEAR_PROXY: UnclearProxy = Object.freeze({
  kind: 'unclear',
  message: "Go's httpproxy passes over such a value, or makes something else of it",
})

const UNCLEAR_HOST: UnclearProxy = Object.freeze({
  kind: 'unclear',
  message:
    "Go's httpproxy takes the host and the port as they are written, so that it may decide otherwise about a trailing dot, a short address, a leading zero or an upper-case localhost",
})

/** The proxies of a document. */
export interface PullerWays extends Ways {
  /** Whether NO_PROXY has an entry with a trailing dot, which in Go covers hosts with one. */
  readonly hasDottedEntry: boolean
}

const DOTTED_ENTRY = /\.\s*(?::[^,]*)?(?:,|$)/

/** By the three variables that the puller sets; undefined where one holds no URL. */
export function waysOf(extraEnv: ReadonlyMap<string, string>): PullerWays | undefined {
  const [http, https] = [extraEnv.get('HTTP_PROXY'), extraEnv.get('HTTPS_PROXY')]
  const noProxy = extraEnv.get('NO_PROXY') ?? ''
  try {
    const proxyFor = compileProxy({ httpProxy: http, httpsProxy: https, noProxy })
    const isProxied = Boolean(http) || Boolean(https)
    return { proxyFor, isProxied, hasDottedEntry: DOTTED_ENTRY.test(noProxy) }
  } catch (error) {
    expectedError(error, ConfigError)
    return undefined
  }
}

/**
 * The way to an endpoint.
 *
 * @param mirror - The mirror as the rule has it.
 */
export function decideWay(
  endpoint: RegistryEndpoint | MirrorEndpoint | { readonly kind: 'unclear-mirror' },
  mirror: string,
  image: ImageReference,
  ways: PullerWays | undefined,
): ProxyDecision | UnclearProxy {
  if (ways === undefined || endpoint.kind === 'unclear-mirror') return UNCLEAR_PROXY
  // The short addresses of mirrors are unclear already.
  if (endpoint.kind === 'mirror') {
    return certainWay(ways.proxyFor(endpoint.url), mirrorWritten(mirror), ways)
  }
  const isAddress = isIpAddress(image.host)
  const way = wayToRegistry(image, isAddress, ways)
  const isShort = isAddress && addressOfHost(image.host) === undefined
  return isShort && isPassedBy(way) ? UNCLEAR_HOST : certainWay(way, written(image.registry), ways)
}

/** To httpproxy `a.corp.` isn't `a.corp`, nor `LOCALHOST` the machine itself, nor 0443 the port 443. */
function certainWay(
  way: ProxyDecision,
  { host, port }: Written,
  { hasDottedEntry }: PullerWays,
): ProxyDecision | UnclearProxy {
  const isDotted = host.endsWith('.')
  if (way.kind === 'proxy') return isDotted && hasDottedEntry ? UNCLEAR_HOST : way
  if (!isPassedBy(way)) return way
  const isOtherCase = way.code === 'loopback' && host.toLowerCase() === 'localhost'
  const isOther = isDotted || port.startsWith('0') || (isOtherCase && host !== 'localhost')
  return isOther ? UNCLEAR_HOST : way
}

/** Whether a proxy is passed by for the host's sake. */
function isPassedBy(way: ProxyDecision): boolean {
  return way.kind === 'direct' && way.code !== 'not-configured'
}

/** A host and a port as they are written; the port is empty where there is none. */
interface Written {
  readonly host: string
  readonly port: string
}

/** Of a mirror's URL, which has no user info. */
export function mirrorWritten(mirror: string): Written {
  const [authority = ''] = mirror.slice(mirror.indexOf('://') + 3).split('/', 1)
  return written(authority)
}

function written(authority: string): Written {
  const colon = authority.lastIndexOf(':')
  if (colon <= authority.lastIndexOf(']')) return { host: authority, port: '' }
  return { host: authority.slice(0, colon), port: authority.slice(colon + 1) }
}
