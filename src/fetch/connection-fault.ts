// Why a request got no answer, by the codes that clients give their errors. Plain HTTP is for a
// registry that has no TLS: only what means that no TLS was there lets it be tried.
import type { Attempt } from './errors.js'

/**
 * A connection that ended before TLS, or a reply that isn't TLS: by Node's codes, which Deno has too,
 * and EPROTO of Bun, which doesn't tell a TLS alert from it.
 */
const NO_TLS: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'EPROTO',
])

/** No connection: to the registry, or to its proxy, which says nothing of the registry's TLS. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
])

/** A proxy's word that it got no connection: 502, 503 and 504, as `undiciFetch` and `bunFetch` give them. */
const NO_TUNNEL: ReadonlySet<string> = new Set([
  'ERR_PROXY_STATUS_502',
  'ERR_PROXY_STATUS_503',
  'ERR_PROXY_STATUS_504',
])

/** As clients write their codes: a sentence, which may quote anything, is none. */
const CODE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/

/** How many causes, of causes, are looked at. */
const MAX_DEPTH = 8

/** The client gave no answer. */
export class ConnectionFault extends Error {
  readonly attempt: Attempt
  /** Whether it means that no TLS was there. */
  readonly isNoTls: boolean
  /** What the client said, where that can't hold a secret. */
  readonly said: { readonly cause: unknown } | undefined

  constructor(attempt: Attempt, isNoTls: boolean, said?: { readonly cause: unknown }) {
    super(attempt.reason)
    this.attempt = attempt
    this.isNoTls = isNoTls
    this.said = said
  }
}

/** What a rejection says. */
export interface Judgement {
  /** The innermost code, the nearest to what happened; `unknown` if there is none. */
  readonly reason: string
  /** Whether it means that no TLS was there. */
  readonly isNoTls: boolean
}

/**
 * Judges a rejection by the `code` along its `cause`. Each has to mean that no TLS was there: a code
 * that isn't known, a certificate's among them, means that it was.
 */
export function judge(rejection: unknown, isProxied: boolean): Judgement {
  const codes = codesOf(rejection)
  const besides = isProxied ? NO_TUNNEL : NO_CONNECTION
  const isNoTls = codes.length > 0 && codes.every((code) => NO_TLS.has(code) || besides.has(code))
  return { reason: codes.at(-1) ?? 'unknown', isNoTls }
}

function codesOf(rejection: unknown): readonly string[] {
  const codes: string[] = []
  let error = rejection
  for (let depth = 0; depth < MAX_DEPTH && isObject(error); depth++) {
    const code = read(error, 'code')
    if (typeof code === 'string' && CODE.test(code)) codes.push(code)
    error = read(error, 'cause')
  }
  return codes
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
