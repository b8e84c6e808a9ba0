// The string types of names (RFC 5280, section 4.1.2.4), as Go's crypto/x509 decodes them.

import { decodeUtf8 } from '../text/index.js'
import { TAG } from './tag.js'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** X.680, section 41.4 */
const PRINTABLE = new Set(`${LETTERS_AND_DIGITS} '()+,-./:=?`)

/** The text of a string; undefined for another type, and for what Go refuses in this one. */
export function decodeString(tag: number, octets: Uint8Array): string | undefined {
  return DECODERS.get(tag)?.(octets)
}

/** Whether X.680 allows a character in a PrintableString. */
export function isPrintable(character: string): boolean {
  return PRINTABLE.has(character)
}

const DECODERS: ReadonlyMap<number, (octets: Uint8Array) => string | undefined> = new Map([
  [TAG.utf8String, decodeUtf8],
  [TAG.printableString, (octets) => decodeSet(octets, isLenientlyPrintable)],
  [TAG.ia5String, (octets) => decodeSet(octets, isAscii)],
  [TAG.numericString, (octets) => decodeSet(octets, isNumeric)],
  // T.61 is read as Latin-1, as other readers do.
  [TAG.t61String, (octets) => decodeSet(octets, () => true)],
  [TAG.bmpString, decodeBmp],
])

function decodeSet(
  octets: Uint8Array,
  belongs: (character: string) => boolean,
): string | undefined {
  let text = ''
  for (const octet of octets) {
    const character = String.fromCharCode(octet)
    if (!belongs(character)) return undefined
    text += character
  }
  return text
}

function decodeBmp(octets: Uint8Array): string | undefined {
  if (octets.length % 2 !== 0) return undefined
  let text = ''
  for (let i = 0; i < octets.length; i += 2) {
    const code = ((octets[i] as number) << 8) | (octets[i + 1] as number)
    const isSurrogate = code >= 0xd800 && code <= 0xdfff
    const isNoncharacter = code >= 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)
    if (isSurrogate || isNoncharacter) return undefined
    text += String.fromCharCode(code)
  }
  return text.endsWith('\0') ? text.slice(0, -1) : text
}

/** With `*` and `&`, which are common in names although X.680 doesn't allow them. */
function isLenientlyPrintable(character: string): boolean {
  return PRINTABLE.has(character) || character === '*' || character === '&'
}

function isAscii(character: string): boolean {
  return character < '\x80'
}

function isNumeric(character: string): boolean {
  return character === ' ' || (character >= '0' && character <= '9')
}
