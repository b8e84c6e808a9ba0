import { describe, expect, it } from 'vitest'
import { certificateFacts, parseCertificate } from '../../../src/certificates/index.js'
import { judgeIssuer, judgeSigner, type Link } from '../../../src/inspect/link.js'
import { certificate as build, type Fields } from '../../support/der-builder.js'

const linkOf = (fields: Fields): Link => {
  const certificate = parseCertificate(build(fields))
  if (certificate.kind === 'broken') throw new Error(certificate.message)
  const facts = certificateFacts(certificate)
  if (facts === undefined) throw new Error('expected facts')
  return { certificate, facts }
}

describe('an issuer of version 1, which has no basic constraints', () => {
  it('may be an anchor, and no intermediate', () => {
    const first = linkOf({ version: [] })
    expect(first.facts.version).toBe(1)
    expect(judgeSigner(first)).toBeUndefined()
    expect(judgeIssuer(first, [first], 'anchor')).toBeUndefined()
    expect(judgeIssuer(first, [first], 'intermediate')?.[0]).toBe('not-a-ca')
  })
})
