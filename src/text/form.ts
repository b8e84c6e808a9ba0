// Forms and queries, as Go reads and writes them.

/** A name and a value. Each character stands for one byte, since percent escapes can hold any. */
export type FormField = readonly [name: string, value: string]

const HEX = '0123456789ABCDEF'

const UNRESERVED = /^[A-Za-z0-9._~-]$/

/**
 * The fields of a query as Go's `url.ParseQuery` reads them: one with a semicolon or a broken percent
 * escape is left out.
 */
export function parseQuery(query: string): FormField[] {
  const fields: FormField[] = []
  for (const field of query.split('&')) {
    if (field === '' || field.includes(';')) continue
    const equals = field.indexOf('=')
    const name = percentDecode(equals < 0 ? field : field.slice(0, equals))
    const value = percentDecode(equals < 0 ? '' : field.slice(equals + 1))
    if (name !== undefined && value !== undefined) fields.push([name, value])
  }
  return fields
}

/** `application/x-www-form-urlencoded` as Go's `url.Values` writes it: sorted by name, ` ` as `+`. */
export function encodeForm(fields: readonly FormField[]): string {
  return [...fields]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
}

/** For each byte what stands for it, once a form was written. */
let escapes: readonly string[] | undefined

function percentEncode(bytes: string): string {
  escapes ??= Array.from({ length: 256 }, (_, byte) => escapeByte(byte))
  let text = ''
  let start = 0
  for (let end = 0; end < bytes.length; end++) {
    const escaped = escapes[bytes.charCodeAt(end)] as string
    if (escaped.length === 1 && escaped !== '+') continue
    text += bytes.slice(start, end) + escaped
    start = end + 1
  }
  return text + bytes.slice(start)
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte)
  if (character === ' ') return '+'
  return UNRESERVED.test(character) ? character : `%${HEX[byte >> 4]}${HEX[byte & 15]}`
}

function percentDecode(text: string): string | undefined {
  const [first = '', ...rest] = text.replaceAll('+', ' ').split('%')
  let bytes = first
  for (const part of rest) {
    if (!/^[0-9A-Fa-f]{2}/.test(part)) return undefined
    bytes += String.fromCharCode(Number.parseInt(part.slice(0, 2), 16)) + part.slice(2)
  }
  return bytes
}
