// Connections that broke behind the TLS handshake. undici calls them ECONNRESET as it does those that
// ended before it, and plain HTTP is tried after the latter alone.

/** What of a dispatcher is used. */
interface Connecting {
  on(event: 'connect', listener: (origin: unknown) => void): unknown
}

/** How many origins are remembered for a dispatcher; beyond that, each reset counts as one behind TLS. */
const MAX_ORIGINS = 256

/** The origins to which a dispatcher has made a connection, TLS and its trust included. */
export class ConnectedOrigins {
  readonly #origins = new Set<string>()
  /** Whether there was one more than is remembered: plain HTTP is tried after no reset then. */
  #isIncomplete = false

  constructor(dispatcher: object) {
    const connecting = dispatcher as Connecting
    connecting.on('connect', (origin) => this.#add(String(origin)))
  }

  /** The error; another one where it is a reset by a server that has spoken TLS, or may have. */
  judge(error: unknown, url: string): unknown {
    const { cause } = Object(error) as { readonly cause?: { readonly code?: unknown } }
    if (Object(cause).code !== 'ECONNRESET' || !this.#has(url)) return error
    const code = 'ERR_CONNECTION_BROKEN'
    return Object.assign(new Error('the connection broke behind the TLS handshake'), { code })
  }

  #add(origin: string): void {
    if (this.#origins.has(origin)) return
    if (this.#origins.size < MAX_ORIGINS) this.#origins.add(origin)
    else this.#isIncomplete = true
  }

  #has(url: string): boolean {
    if (this.#isIncomplete) return true
    const { origin } = new URL(url)
    // The event has a URL, or its text with a slash at the end, by undici's version.
    return this.#origins.has(origin) || this.#origins.has(`${origin}/`)
  }
}
