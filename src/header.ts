import { toByteString } from './form.js'
import { Secret } from './secret.js'

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
  if (hasControlCharacter(bytes)) return undefined
  let end = bytes.length
  while (bytes[end - 1] === ' ' || bytes[end - 1] === '\t') end--
  return Object.freeze({ name: 'authorization', value: new Secret(bytes.slice(0, end)) })
}

/** The `Content-Type` field of a form. */
export const FORM_CONTENT_TYPE: HttpHeader = Object.freeze({
  name: 'content-type',
  value: new Secret('application/x-www-form-urlencoded'),
})

function hasControlCharacter(bytes: string): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const code = bytes.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}
