/** Builds DER, and what only looks like it: nothing is checked here. */

export type Bytes = Uint8Array | readonly number[] | string

export function bytesOf(...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array))))
}

function header(tag: number, length: number): readonly number[] {
  const octets: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff)
  return length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]
}

export function element(tag: number, ...parts: readonly Bytes[]): Uint8Array<ArrayBuffer> {
  const contents = bytesOf(...parts)
  return bytesOf(header(tag, contents.length), contents)
}

export const sequence = (...parts: readonly Bytes[]) => element(0x30, ...parts)
export const set = (...parts: readonly Bytes[]) => element(0x31, ...parts)
export const integer = (...octets: readonly number[]) => element(0x02, octets)
export const boolean = (octet: number) => element(0x01, [octet])
export const octetString = (...parts: readonly Bytes[]) => element(0x04, ...parts)
export const bitString = (unused: number, octets: Bytes) => element(0x03, [unused], octets)
export const NULL = [0x05, 0x00]

export function oid(dotted: string): Uint8Array<ArrayBuffer> {
  const [root = 0, second = 0, ...arcs] = dotted.split('.').map(Number)
  const octets = [root * 40 + second, ...arcs].flatMap((arc) => {
    const groups = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      groups.unshift(0x80 | (rest % 128))
    }
    return groups
  })
  return element(0x06, octets)
}

/** A tower of elements, each the only content of the one around it. */
export function tower(tag: number, height: number): Uint8Array<ArrayBuffer> {
  const headers: (readonly number[])[] = []
  let length = 0
  for (let i = 0; i < height; i++) {
    const next = header(tag, length)
    headers.push(next)
    length += next.length
  }
  return bytesOf(...headers.reverse())
}

export const name = (...attributes: readonly Bytes[]) => {
  return sequence(...attributes.map((attribute) => set(attribute)))
}
export const attribute = (type: string, tag: number, value: Bytes) => {
  return sequence(oid(type), element(tag, value))
}
export const commonName = (value: string) => name(attribute('2.5.4.3', 0x0c, value))

export const extension = (type: string, value: Bytes, ...critical: readonly Bytes[]) => {
  return sequence(oid(type), ...critical, octetString(value))
}

const ED25519 = sequence(oid('1.3.101.112'))

/** The fields of a certificate, each as it is to be encoded. */
export interface Fields {
  version?: Bytes
  serialNumber?: Bytes
  innerAlgorithm?: Bytes
  outerAlgorithm?: Bytes
  issuer?: Bytes
  validity?: Bytes
  subject?: Bytes
  publicKey?: Bytes
  uniqueIds?: Bytes
  extensions?: readonly Bytes[]
  bodyEnd?: Bytes
  signature?: Bytes
  end?: Bytes
}

export function certificate(fields: Fields = {}): Uint8Array<ArrayBuffer> {
  const { extensions, innerAlgorithm = ED25519 } = fields
  const body = sequence(
    fields.version ?? element(0xa0, integer(2)),
    fields.serialNumber ?? integer(0x2a),
    innerAlgorithm,
    fields.issuer ?? commonName('Issuer'),
    fields.validity ?? sequence(element(0x17, '200101000000Z'), element(0x18, '20500101000000Z')),
    fields.subject ?? commonName('Subject'),
    fields.publicKey ?? sequence(ED25519, bitString(0, new Uint8Array(32).fill(7))),
    fields.uniqueIds ?? [],
    extensions === undefined ? [] : element(0xa3, sequence(...extensions)),
    fields.bodyEnd ?? [],
  )
  const signature = fields.signature ?? bitString(0, new Uint8Array(64))
  return sequence(body, fields.outerAlgorithm ?? innerAlgorithm, signature, fields.end ?? [])
}

export function pem(der: Uint8Array, label = 'CERTIFICATE'): string {
  const base64 = Buffer.from(der)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`
}
