// Why a request got no answer, by the codes that clients give their errors. Plain HTTP is for a
// registry that has no TLS: only what means that no TLS was there lets it be tried.

/** No connection in time, a refused one, or a reply that isn't TLS; Node, undici, Bun and Deno. */
const NO_TLS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ConnectionRefused',
  'ConnectionReset',
  'ConnectionClosed',
])

/** As clients write their codes: a sentence, which may quote anything, is none. */
const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** How many causes, of causes, are looked at. */
const MAX_DEPTH = 8

/** What a rejection says. */
export interface ConnectionFault {
  /** The code that says most; `unknown` if there is none. */
  readonly reason: string
  /** Whether it means that no TLS was there. */
  readonly isNoTls: boolean
}

/**
 * Judges a rejection by the `code` along its `cause`. The innermost code is the nearest to what
 * happened; one that this library doesn't know, a certificate's among them, means that TLS was there.
 */
export function faultOf(rejection: unknown): ConnectionFault {
  const codes: string[] = []
  let error = rejection
  for (let depth = 0; depth < MAX_DEPTH && isObject(error); depth++) {
    const code = read(error, 'code')
    if (typeof code === 'string' && CODE.test(code)) codes.push(code)
    error = read(error, 'cause')
  }
  const reason = codes.at(-1) ?? 'unknown'
  return { reason, isNoTls: NO_TLS.has(reason) }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Errors of clients have their code as a getter of a class, too. What throws when asked says nothing. */
function read(error: object, name: string): unknown {
  try {
    return Reflect.get(error, name)
  } catch {
    return undefined
  }
}
