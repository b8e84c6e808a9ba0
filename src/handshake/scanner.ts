// One line of `WWW-Authenticate`, read from left to right. The grammar (RFC 9110, sections 5.6 and
// 11.6.1), with a tab counting as a space:
//
//     line          = separators [ challenge *( separators challenge ) ]
//     challenge     = scheme [ 1*space ( token68 / parameter *( separators parameter ) ) ]
//     parameter     = token spaces "=" spaces ( token / quoted-string )
//     separators    = commas and spaces, so that empty list elements are passed over
//
// A comma separates both challenges and parameters. What follows one is a parameter if `=` stands
// behind its first token, and the next challenge's scheme otherwise; so `a b` without a comma is a
// fault, never a guess. Each function moves the cursor forward only (`readToken68` alone looks ahead,
// once for each challenge), which keeps the whole linear.

/** Why a part of a `WWW-Authenticate` header can't be read. */
export type SkippedChallengeCode =
  | 'no-scheme'
  | 'unexpected-character'
  | 'no-value'
  | 'unterminated-quote'
  | 'duplicate-parameter'

/** What stopped the reading of a line, and at which offset. */
export class Fault {
  readonly code: SkippedChallengeCode
  readonly at: number

  constructor(code: SkippedChallengeCode, at: number) {
    this.code = code
    this.at = at
  }
}

/** A header line and how far it has been read. */
export interface Cursor {
  readonly text: string
  at: number
}

const TAB = 0x09
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const EQUALS = 0x3d
const BACKSLASH = 0x5c
const DELETE = 0x7f

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const TOKEN: Uint8Array = characterSet(`!#$%&'*+-.^_\`|~${LETTERS_AND_DIGITS}`)

const TOKEN68: Uint8Array = characterSet(`-._~+/${LETTERS_AND_DIGITS}`)

/** Whether the whole line has been read. */
export function isAtEnd({ text, at }: Cursor): boolean {
  return at >= text.length
}

/** A token; empty where none stands. */
export function readToken(cursor: Cursor): string {
  return readRun(cursor, TOKEN)
}

/** A token68 that fills its list element; otherwise undefined, with the cursor where it was. */
export function readToken68(cursor: Cursor): string | undefined {
  const start = cursor.at
  const digits = readRun(cursor, TOKEN68)
  while (codeAt(cursor) === EQUALS) cursor.at++
  const token68 = cursor.text.slice(start, cursor.at)
  if (digits !== '' && endOfElement(cursor) === undefined) return token68
  cursor.at = start
  return undefined
}

/** A parameter's value: a quoted string or a token. */
export function readValue(cursor: Cursor): string | Fault {
  if (codeAt(cursor) === QUOTE) return readQuoted(cursor)
  const value = readToken(cursor)
  return value === '' ? new Fault('no-value', cursor.at) : value
}

/** A quoted string without its quotes and escapes (RFC 9110, section 5.6.4). */
function readQuoted(cursor: Cursor): string | Fault {
  const { text } = cursor
  let value = ''
  let start = cursor.at + 1
  let end = start
  for (;;) {
    const code = text.charCodeAt(end)
    if (code === QUOTE) break
    if (code === BACKSLASH) {
      value += text.slice(start, end)
      start = ++end
    }
    if (!isText(text.charCodeAt(end))) return new Fault('unterminated-quote', end)
    end++
  }
  cursor.at = end + 1
  return value + text.slice(start, end)
}

/** Anything but control characters and, as NaN, the end of the line. */
function isText(code: number): boolean {
  return code === TAB || (code >= SPACE && code !== DELETE)
}

/** Passes over an equal sign with the spaces around it; false, with the spaces passed, without one. */
export function skipEquals(cursor: Cursor): boolean {
  skipSpaces(cursor)
  if (codeAt(cursor) !== EQUALS) return false
  cursor.at++
  skipSpaces(cursor)
  return true
}

/** Moves to the next element of the list, unless something stands before it. */
export function endOfElement(cursor: Cursor): Fault | undefined {
  if (skipSeparators(cursor) || isAtEnd(cursor)) return undefined
  return new Fault('unexpected-character', cursor.at)
}

/** Passes over commas and spaces; true if there was a comma. */
export function skipSeparators(cursor: Cursor): boolean {
  let comma = false
  for (;;) {
    skipSpaces(cursor)
    if (codeAt(cursor) !== COMMA) return comma
    comma = true
    cursor.at++
  }
}

/** Passes over spaces and tabs; true if there was one. */
export function skipSpaces(cursor: Cursor): boolean {
  const start = cursor.at
  while (codeAt(cursor) === SPACE || codeAt(cursor) === TAB) cursor.at++
  return cursor.at > start
}

function readRun(cursor: Cursor, set: Uint8Array): string {
  const { text, at: start } = cursor
  let end = start
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++
  cursor.at = end
  return text.slice(start, end)
}

function codeAt({ text, at }: Cursor): number {
  return text.charCodeAt(at)
}

function characterSet(characters: string): Uint8Array {
  const set = new Uint8Array(128)
  for (let i = 0; i < characters.length; i++) set[characters.charCodeAt(i)] = 1
  return set
}
