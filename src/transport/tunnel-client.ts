// What undici's `ProxyAgent` asks a proxy for tunnels by. Where the proxy closes the connection in place of
// an answer, undici 7 takes that for a connection to be made anew, and asks again without end: an abort
// doesn't end it, and neither does a limit of time (nodejs/undici, issue 3897).
import { ownValue } from '../options.js'

/** What of a client is used. */
interface Connecting {
  connect(params: object): Promise<object>
}

type PoolClass = new (origin: unknown, options: unknown) => Connecting

/** Codes by which undici knows what may be repeated. */
const REPEATED: ReadonlySet<unknown> = new Set(['UND_ERR_SOCKET', 'UND_ERR_INFO'])

/**
 * The option of a `ProxyAgent` by which such a request fails; none where the module has no `Pool`.
 *
 * @param undici - The module undici.
 */
export function failingTunnels(undici: unknown): { readonly clientFactory?: object } {
  const Pool = ownValue(undici, 'Pool')
  if (typeof Pool !== 'function') return {}
  class FailingPool extends (Pool as PoolClass) {
    override connect(params: object): Promise<object> {
      return super.connect(params).catch(refail)
    }
  }
  const clientFactory = (origin: unknown, options: unknown) => new FailingPool(origin, options)
  return { clientFactory }
}

function refail(error: unknown): never {
  if (!REPEATED.has(Object(error).code)) throw error
  // The code that undici 8 has for it.
  const code = 'UND_ERR_PRX_CONN'
  throw Object.assign(new Error('the proxy ended the connection without an answer'), { code })
}
