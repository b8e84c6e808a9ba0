// Identifier octets (X.690, section 8.1.2): the universal types that certificates use, and the
// context-specific ones that their optional fields and alternatives have.

const CONSTRUCTED = 0x20

const CONTEXT_SPECIFIC = 0x80

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The identifier octet of a primitive context-specific type such as `[1] IMPLICIT`. */
export function primitiveTag(number: number): number {
  return CONTEXT_SPECIFIC | number
}

/** The identifier octet of a constructed context-specific type such as `[3] EXPLICIT`. */
export function constructedTag(number: number): number {
  return CONTEXT_SPECIFIC | CONSTRUCTED | number
}

/** Whether an element of this type holds other elements. */
export function isConstructed(tag: number): boolean {
  return (tag & CONSTRUCTED) !== 0
}
