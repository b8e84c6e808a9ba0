import { describe, expect, it } from 'vitest'
import { type Certificate, parseCertificate } from '../../../src/certificates/index.js'
import { showName } from '../../../src/inspect/untrusted.js'
import { certificate, commonName, sequence } from '../../support/der-builder.js'

const named = (subject: Uint8Array): Certificate => {
  const read = parseCertificate(certificate({ subject }))
  if (read.kind === 'broken') throw new Error(read.message)
  return read
}

describe('a subject in a message', () => {
  it.each([
    ['registry.corp', 'CN=registry.corp', 'a name'],
    ['a\u202eb', 'CN=a\ufffdb', 'a character that turns the direction of what follows'],
    ['x'.repeat(300), `CN=${'x'.repeat(197)}…`, 'a long name'],
  ])('%j is %s: %s', (name, shown) => {
    expect(showName(named(commonName(name)))).toBe(shown)
  })

  it('is said not to be there', () => {
    expect(showName(named(sequence()))).toBe('a certificate without a subject')
  })
})
