// Control characters in credentials. In a header they would begin another one (CVE-2020-5260 was a line
// end in a credential); save for base64 they have to be kept out.
import { parseJson } from '../text/index.js'

/** Where a control character stands that isn't allowed. */
export type ControlCharacter = 'line-end-at-end' | 'line-end' | 'escaped' | 'other'

/** What an escape in double quotes makes: \b, \f, \e and \u007f among others. */
const ESCAPED: ReadonlySet<number> = new Set([0x08, 0x0c, 0x1b])

/**
 * The first control character of a text, C0, DEL or C1. A password that is a JSON object may have line
 * ends and tabs: Google's key files are such passwords, and base64 keeps them out of the header.
 */
export function findControlCharacter(
  text: string,
  mayBeJson: boolean,
): ControlCharacter | undefined {
  let isJson: boolean | undefined
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (!(code < 0x20 || (code >= 0x7f && code < 0xa0))) continue
    const isWhiteSpace = code === 0x0a || code === 0x0d || code === 0x09
    if (isWhiteSpace && mayBeJson) {
      isJson ??= isJsonObject(text)
      if (isJson) continue
    }
    return kindOf(text, i, code)
  }
  return undefined
}

function kindOf(text: string, index: number, code: number): ControlCharacter {
  if (code !== 0x0a && code !== 0x0d) {
    return code === 0x09 || ESCAPED.has(code) ? 'escaped' : 'other'
  }
  for (let i = index; i < text.length; i++) {
    const rest = text.charCodeAt(i)
    if (rest !== 0x0a && rest !== 0x0d) return 'line-end'
  }
  return 'line-end-at-end'
}

function isJsonObject(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false
  const value = parseJson(text)
  return typeof value === 'object' && value !== null
}

const SINGLE_QUOTES =
  'write the string in single quotes, where a backslash stands for itself, if one is meant'

const WITHOUT_LINE_END =
  "write it without the line end: `printf '%s'` prints none, nor does `echo -n`"

/** What was found, as it goes on with "has", and its likely cause with what to write instead. */
export function describeControlCharacter(
  found: ControlCharacter,
  form: 'plain' | 'encoded' = 'plain',
): { readonly message: string; readonly help: string } {
  switch (found) {
    case 'line-end-at-end':
      return {
        message: "a line end at its end, as `echo` without `-n` or a file's last line leaves it",
        help: form === 'encoded' ? ENCODE_WITHOUT_LINE_END : WITHOUT_LINE_END,
      }
    case 'line-end':
      return {
        message: 'a line end within it, which only a password that is a JSON object may have',
        help: form === 'encoded' ? ENCODE_WITHOUT_LINE_END : JSON_HELP,
      }
    case 'escaped':
      return {
        message:
          'a control character, as a backslash in double quotes makes it (\\b, \\f, \\t, \\e)',
        help: form === 'encoded' ? ENCODE_WITHOUT_LINE_END : SINGLE_QUOTES,
      }
    default:
      return {
        message: 'a control character, which no HTTP header takes',
        help: form === 'encoded' ? ENCODE_WITHOUT_LINE_END : 'leave it out',
      }
  }
}

const JSON_HELP =
  "leave it out; write a JSON key file between ''', where its \\n stay two characters"

const ENCODE_WITHOUT_LINE_END =
  "write what `printf '%s' 'USERNAME:PASSWORD' | base64 -w0` prints: printf adds no line end"
