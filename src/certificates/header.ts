// The head of a DER element: its identifier octet and its length, as strictly as Go's cryptobyte
// takes them. One-octet tags, definite lengths in their shortest form (X.690, section 10.1).

const HIGH_TAG_NUMBER = 0x1f

/** Where an element's contents begin and end. */
export interface Header {
  readonly tag: number
  readonly contents: number
  readonly end: number
}

/** The header at an offset; undefined where there is none, or its element goes beyond the limit. */
export function readHeader(bytes: Uint8Array, start: number, limit: number): Header | undefined {
  if (limit - start < 2) return undefined
  const tag = bytes[start] as number
  const first = bytes[start + 1] as number
  if ((tag & HIGH_TAG_NUMBER) === HIGH_TAG_NUMBER) return undefined
  const contents = first < 0x80 ? start + 2 : start + 2 + (first & 0x7f)
  const length = first < 0x80 ? first : longLength(bytes, start + 2, contents)
  if (length === undefined || contents + length > limit) return undefined
  return { tag, contents, end: contents + length }
}

/** How long the element at the start says that it is, header included, whether it is there or not. */
export function announcedLength(bytes: Uint8Array): number | undefined {
  return readHeader(bytes, 0, Number.MAX_SAFE_INTEGER)?.end
}

/** A length of one to four octets that fits no shorter form. */
function longLength(bytes: Uint8Array, from: number, to: number): number | undefined {
  if (to === from || to - from > 4 || to > bytes.length || bytes[from] === 0) return undefined
  let length = 0
  for (let i = from; i < to; i++) length = length * 256 + (bytes[i] as number)
  return length < 0x80 ? undefined : length
}
