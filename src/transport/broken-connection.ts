// Connections that broke behind the TLS handshake. undici calls them ECONNRESET as it does those that
// ended before it, and plain HTTP is tried after the latter alone.

/** What of a dispatcher is used. */
interface Connecting {
  on(event: 'connect', listener: (origin: unknown) => void): unknown
}

/** How many origins are remembered for a dispatcher; beyond that, no reset is told from another. */
const MAX_ORIGINS = 256

/** The origins to which a dispatcher has made a connection, TLS and its trust included. */
export class ConnectedOrigins {
  readonly #origins = new Set<string>()

  constructor(dispatcher: object) {
    const connecting = dispatcher as Connecting
    connecting.on('connect', (origin) => {
      if (this.#origins.size < MAX_ORIGINS) this.#origins.add(String(origin))
    })
  }

  /** The error; another one where it is a reset by a server that has spoken TLS. */
  judge(error: unknown, url: string): unknown {
    const { cause } = Object(error) as { readonly cause?: { readonly code?: unknown } }
    if (Object(cause).code !== 'ECONNRESET' || !this.#has(url)) return error
    const code = 'ERR_CONNECTION_BROKEN'
    return Object.assign(new Error('the connection broke behind the TLS handshake'), { code })
  }

  #has(url: string): boolean {
    const { origin } = new URL(url)
    // The event has a URL, or its text with a slash at the end, by undici's version.
    return this.#origins.has(origin) || this.#origins.has(`${origin}/`)
  }
}
