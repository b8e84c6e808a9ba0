// Certificates, each once. A digest takes longer than all of the reading, so that a checksum comes
// first: only where two agree in it are their digests compared.

import { sha256 } from '@noble/hashes/sha2.js'
import { encodeHex } from '../text/index.js'
import type { Certificate } from './certificate.js'

export class DistinctCertificates {
  readonly #byChecksum = new Map<number, Certificate[]>()

  /** In the order in which they were added. */
  readonly all: Certificate[] = []

  /** What tells most bytes apart. */
  checksum(der: Uint8Array): number {
    // FNV-1a, 32 bits
    let sum = 0x811c_9dc5
    for (const byte of der) sum = Math.imul(sum ^ byte, 0x0100_0193)
    return sum
  }

  has(checksum: number, der: Uint8Array): boolean {
    const alike = this.#byChecksum.get(checksum)
    if (alike === undefined) return false
    const digest = encodeHex(sha256(der))
    return alike.some(({ fingerprint }) => fingerprint === digest)
  }

  add(checksum: number, certificate: Certificate): void {
    const alike = this.#byChecksum.get(checksum)
    if (alike === undefined) this.#byChecksum.set(checksum, [certificate])
    else alike.push(certificate)
    this.all.push(certificate)
  }
}
