import { describe, expect, it } from 'vitest'
import { type Certificate, parseCertificate } from '../../../src/certificates/certificate.js'
import { DistinctCertificates } from '../../../src/certificates/distinct.js'
import { certificate, integer } from '../../support/der-builder.js'

const read = (der: Uint8Array): Certificate => {
  const read = parseCertificate(der)
  if (read.kind === 'broken') throw new Error(read.message)
  return read
}

describe('certificates, each once', () => {
  const one = certificate()
  const other = certificate({ serialNumber: integer(7) })

  it('are told apart', () => {
    const seen = new DistinctCertificates()
    const sum = seen.checksum(one)
    expect(seen.has(sum, one)).toBe(false)
    seen.add(sum, read(one))
    expect(seen.has(sum, one)).toBe(true)
    expect(seen.has(seen.checksum(other), other)).toBe(false)
    expect(seen.checksum(other)).not.toBe(sum)
  })

  it('by their digests where the checksum is the same', () => {
    const seen = new DistinctCertificates()
    seen.add(1, read(one))
    expect(seen.has(1, other)).toBe(false)
    seen.add(1, read(other))
    expect([seen.has(1, one), seen.has(1, other)]).toEqual([true, true])
    expect(seen.all.map(({ serialNumber }) => serialNumber)).toEqual(['2a', '07'])
  })
})
