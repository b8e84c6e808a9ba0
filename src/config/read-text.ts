// The document as text: its size, its encoding, its byte order mark.
import { SECRET_MAX_BYTES } from '../node-installer.js'
import { isLargerThan, readUnicode } from '../text/index.js'
import { fail, START } from './fail.js'

const BYTE_ORDER_MARK = '\ufeff'

/** A document's text without its byte order mark. */
export interface DocumentText {
  readonly text: string
  readonly hasMark: boolean
}

/** Nothing is ever replaced: what isn't UTF-8 is an error. */
export function readText(input: string | Uint8Array, maxBytes: number): DocumentText {
  const isText = typeof input === 'string'
  if (isText ? isLargerThan(input, maxBytes) : input.length > maxBytes) {
    const message = `has more than ${maxBytes} bytes`
    fail('too-large', START, message, maxBytes < SECRET_MAX_BYTES ? OR_RAISE : NO_SECRET)
  }
  if (isText ? looksLikeUtf16(input) : areUtf16(input)) {
    fail('invalid-utf8', START, 'is UTF-16, not UTF-8', SAVE_AS_UTF8)
  }
  const text = readUnicode(input)
  if (typeof text !== 'string') {
    const help = isText
      ? 'write whole characters, no halves of surrogate pairs'
      : 'save it as UTF-8'
    return fail('invalid-utf8', text, "isn't UTF-8 from here on", help)
  }
  if (text.startsWith(BYTE_ORDER_MARK)) {
    // smol-toml would pass over a second one.
    const help = 'save the file as UTF-8 without a byte order mark'
    fail('invalid-toml', START, 'begins with two byte order marks', help)
  }
  return { text, hasMark: isText ? input.startsWith(BYTE_ORDER_MARK) : hasUtf8Mark(input) }
}

const OR_RAISE = 'leave out what no rule needs, or raise the option maxBytes'

const NO_SECRET = 'leave out what no rule needs: a Secret of Kubernetes holds no more'

const SAVE_AS_UTF8 =
  'save it as UTF-8: in PowerShell, write it with `Set-Content -Encoding utf8` instead of `>`'

function hasUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** A byte order mark, or the zero byte that one of the first two characters has in UTF-16. */
function areUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0
}

/** UTF-16 that was decoded as something else: zero characters, or its mark replaced or as Latin-1. */
function looksLikeUtf16(text: string): boolean {
  const start = text.slice(0, 2)
  return start.includes('\0') || start === '\ufffd\ufffd' || start === 'ÿþ' || start === 'þÿ'
}
