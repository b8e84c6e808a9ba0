// Names of subjects and issuers, printed as Go 1.26 prints them, so that messages and logs of both agree.

import { encodeHex } from '../text/index.js'
import type { DerReader } from './der-reader.js'
import { decodeString, isPrintable } from './directory-string.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { TAG } from './tag.js'

interface Attribute {
  readonly type: string
  readonly value: string
}

/**
 * The attributes that Go's `pkix.Name` has fields for, in the order in which it prints them: the
 * reverse of the order in which it would encode them.
 */
const NAMED_ATTRIBUTES: readonly { type: string; name: string; single: boolean }[] = [
  { type: '2.5.4.5', name: 'SERIALNUMBER', single: true },
  { type: '2.5.4.3', name: 'CN', single: true },
  { type: '2.5.4.11', name: 'OU', single: false },
  { type: '2.5.4.10', name: 'O', single: false },
  { type: '2.5.4.17', name: 'POSTALCODE', single: false },
  { type: '2.5.4.9', name: 'STREET', single: false },
  { type: '2.5.4.7', name: 'L', single: false },
  { type: '2.5.4.8', name: 'ST', single: false },
  { type: '2.5.4.6', name: 'C', single: false },
]

const NAMED_TYPES = new Set(NAMED_ATTRIBUTES.map(({ type }) => type))

/**
 * Reads a Name (RFC 5280, section 4.1.2.4) and prints it as Go's `pkix.Name.String()` does: the
 * attributes with a short name in a fixed order, values of one type joined by `+`, then the others
 * as `OID=#` and the value's DER in hexadecimal, where Go 1.27 has the text. Of several common names, or
 * serial numbers, the last is printed.
 */
export function readDistinguishedName(reader: DerReader, field: CertificateField): string {
  const attributes: Attribute[] = []
  const names = reader.open(TAG.sequence, field)
  while (!names.isAtEnd) {
    const set = names.open(TAG.set, field)
    while (!set.isAtEnd) attributes.push(readAttribute(set.open(TAG.sequence, field), field))
  }
  return print(attributes)
}

function readAttribute(reader: DerReader, field: CertificateField): Attribute {
  const type = reader.objectIdentifier(field)
  const { tag, contents } = reader.any(field)
  const value = decodeString(tag, contents)
  if (value === undefined) throw new CertificateFault(field)
  return { type, value }
}

function print(attributes: readonly Attribute[]): string {
  const parts: string[] = []
  for (const { type, name, single } of NAMED_ATTRIBUTES) {
    const all = attributes.filter((attribute) => attribute.type === type)
    const printed = single ? all.slice(-1).filter(({ value }) => value !== '') : all
    if (printed.length > 0) {
      parts.push(printed.map(({ value }) => `${name}=${escapeValue(value)}`).join('+'))
    }
  }
  const others = attributes.filter(({ type }) => !NAMED_TYPES.has(type)).reverse()
  for (const { type, value } of others) parts.push(`${type}=#${encodeHex(encodeString(value))}`)
  return parts.join(',')
}

/** RFC 2253, section 2.4, as far as Go follows it. */
function escapeValue(value: string): string {
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const character = value[i] as string
    const isOuterBlank = character === ' ' && (i === 0 || i === value.length - 1)
    const isFirstHash = character === '#' && i === 0
    if (',+"\\<>;'.includes(character) || isOuterBlank || isFirstHash) text += '\\'
    text += character
  }
  return text
}

/** A string's DER as Go encodes it anew: PrintableString where X.680 allows it, else UTF8String. */
function encodeString(value: string): Uint8Array {
  const tag = isAllPrintable(value) ? TAG.printableString : TAG.utf8String
  const octets = new TextEncoder().encode(value)
  const length: number[] = []
  for (let rest = octets.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff)
  const header = octets.length < 0x80 ? [octets.length] : [0x80 | length.length, ...length]
  const encoded = new Uint8Array(1 + header.length + octets.length)
  encoded.set([tag, ...header])
  encoded.set(octets, 1 + header.length)
  return encoded
}

function isAllPrintable(value: string): boolean {
  for (const character of value) if (!isPrintable(character)) return false
  return true
}
