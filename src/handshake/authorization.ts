// The `Authorization` field: what is sent to the registry, and what may stand in it.
import { Secret } from '../secret.js'
import { toByteString } from '../text/index.js'

/** A header field to send. */
export interface HttpHeader {
  /** The field's name, in lower case. */
  readonly name: 'authorization' | 'content-type'
  /**
   * The field's value. Each character is one byte of what is sent, as `fetch` and `node:http` take
   * it: where a token has other than ASCII, these are the bytes of its UTF-8.
   */
  readonly value: Secret
}

/** Send the request again, with this header. */
export interface AuthorizationAnswer {
  /** The union's tag. */
  readonly kind: 'authorization'
  /** The registry's origin. The header is for no other. */
  readonly origin: string
  /** The `Authorization` header. */
  readonly header: HttpHeader
}

/**
 * The `Authorization` field, or undefined if the credentials hold a control character, which would
 * end the field and begin another. White space at the end is no part of a field's value (RFC 9110,
 * section 5.5).
 */
export function authorizationHeader(
  scheme: 'Basic' | 'Bearer',
  credentials: Secret,
): HttpHeader | undefined {
  const bytes = toByteString(`${scheme} ${credentials.reveal()}`)
  if (breaksField(bytes)) return undefined
  return Object.freeze({ name: 'authorization', value: new Secret(withoutSpaceAtEnd(bytes)) })
}

function withoutSpaceAtEnd(bytes: string): string {
  let end = bytes.length
  while (bytes[end - 1] === ' ' || bytes[end - 1] === '\t') end--
  return bytes.slice(0, end)
}

/** RFC 9110, section 5.5: a field may hold tabs, and bytes beyond ASCII. */
function breaksField(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}

/**
 * Whether a header is the one that was refused: by the header, by its value, or by the bare token that
 * follows the scheme.
 */
export function isSameHeader({ value }: HttpHeader, rejected: Secret | HttpHeader): boolean {
  const sent = value.reveal()
  const text = (rejected instanceof Secret ? rejected : rejected.value).reveal()
  if (sent === text) return true
  const token = withoutSpaceAtEnd(toByteString(text))
  return sent === `Bearer ${token}` || sent === `Basic ${token}`
}
