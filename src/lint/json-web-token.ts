// JSON Web Tokens (RFC 7519), decoded as far as the end of their validity: nothing verifies them here,
// and nothing else of what they claim is read.
import { ownValue } from '../options.js'
import { decodeBase64, decodeUtf8, parseJson } from '../text/index.js'

/** More than any header can carry. */
const LONGEST = 65_536

/**
 * When a token ends, in milliseconds since 1970; undefined for a text that is none, or has no end that
 * can be told.
 */
export function endOfToken(text: string): number | undefined {
  if (text.length > LONGEST) return undefined
  const parts = text.split('.')
  const [header = '', payload = ''] = parts
  if (parts.length !== 3 || objectOf(header) === undefined) return undefined
  const end = ownValue(objectOf(payload), 'exp')
  return typeof end === 'number' && Number.isFinite(end) ? end * 1000 : undefined
}

/** A JSON object in base64url without padding (RFC 7515, section 2). */
function objectOf(part: string): object | undefined {
  const padding = '='.repeat((4 - (part.length % 4)) % 4)
  const bytes = decodeBase64(part.replaceAll('-', '+').replaceAll('_', '/') + padding)
  const text = bytes && decodeUtf8(bytes)
  const value = text === undefined ? undefined : parseJson(text)
  return typeof value === 'object' && value !== null ? value : undefined
}
