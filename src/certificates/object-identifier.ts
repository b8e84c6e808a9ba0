// Object identifiers (X.690, section 8.19): arcs of seven bits an octet, the first two in one number.

import { LIMITS } from './fault.js'

/** Go's `encoding/asn1` reads an arc into 31 bits. */
const MAX_ARC = 0x7fff_ffff

/** Whether each arc is complete and in its shortest form (X.690, section 8.19.2). */
export function isObjectIdentifier(contents: Uint8Array): boolean {
  let startsArc = true
  for (const octet of contents) {
    if (startsArc && octet === 0x80) return false
    startsArc = octet < 0x80
  }
  return contents.length > 0 && contents.length <= LIMITS.identifier && startsArc
}

/** The dotted form; undefined for what is no identifier, or has an arc that Go can't hold. */
export function dottedForm(contents: Uint8Array): string | undefined {
  if (!isObjectIdentifier(contents)) return undefined
  let text = ''
  let arc = 0
  for (const octet of contents) {
    arc = arc * 128 + (octet & 0x7f)
    if (arc > MAX_ARC) return undefined
    if (octet >= 0x80) continue
    if (text === '') {
      // The first two arcs share a number (X.690, section 8.19.4).
      const root = Math.min(Math.floor(arc / 40), 2)
      text = `${root}.${arc - root * 40}`
    } else {
      text += `.${arc}`
    }
    arc = 0
  }
  return text
}
