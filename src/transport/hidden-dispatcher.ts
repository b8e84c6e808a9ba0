// A dispatcher of undici's around another one. What is within can't be printed: there are the proxy's
// credentials, which undici keeps as a plain string in its options and in each request under way, and
// `console.dir` asks no object how it wants to be shown.

import { hostOfUrl, parseUrl } from '../net/index.js'
import { ownValue } from '../options.js'

/** What of a dispatcher is used. */
interface DispatcherMethods {
  dispatch(options: object, handler: unknown): unknown
  close(...args: readonly unknown[]): unknown
  destroy(...args: readonly unknown[]): unknown
  on(event: string, listener: (...args: readonly unknown[]) => void): unknown
  emit(event: string, ...args: readonly unknown[]): unknown
}

/** What an `Agent` and a `ProxyAgent` tell of their connections. */
const EVENTS = ['connect', 'disconnect', 'connectionError', 'drain']

/**
 * A dispatcher that hands everything to the inner one, and the host without its trailing dot, which
 * undici would send in the handshake.
 *
 * @param Dispatcher - undici's own base class.
 * @param dispatcher - The inner one: an `Agent` or a `ProxyAgent`.
 */
export function hideDispatcher<D extends object>(Dispatcher: new () => D, dispatcher: object): D {
  const inner = dispatcher as DispatcherMethods
  const Base = Dispatcher as unknown as new () => DispatcherMethods
  // A closure and no private field: `compose` calls these methods on a Proxy of the dispatcher.
  class RouteDispatcher extends Base {
    override dispatch(options: object, handler: unknown): unknown {
      const origin = originWithoutTrailingDot(ownValue(options, 'origin'))
      return inner.dispatch({ ...options, origin }, handler)
    }
    override close(...args: readonly unknown[]): unknown {
      return inner.close(...args)
    }
    override destroy(...args: readonly unknown[]): unknown {
      return inner.destroy(...args)
    }
  }
  const outer = new RouteDispatcher()
  for (const event of EVENTS) inner.on(event, (...args) => outer.emit(event, ...args))
  return outer as unknown as D
}

/** Of a URL as a string or an object. */
function originWithoutTrailingDot(origin: unknown): unknown {
  const url = parseUrl(String(origin))
  if (!url?.hostname.endsWith('.')) return origin
  const port = url.port === '' ? '' : `:${url.port}`
  return `${url.protocol}//${hostOfUrl(url)}${port}`
}
