import { describe, expect, it } from 'vitest'
import { certificateFacts, parseCertificate } from '../../../src/certificates/index.js'
import { judge, judgeIssuer, judgeSigner, type Link } from '../../../src/inspect/link.js'
import {
  boolean,
  certificate as build,
  element,
  extension,
  type Fields,
  NULL,
  sequence,
} from '../../support/der-builder.js'

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

describe('a critical extension', () => {
  const directory = element(0xa4, sequence())
  const domain = element(0x82, 'a')
  const constraints = (name: Uint8Array) => sequence(element(0xa0, sequence(name)))
  it.each([
    ['1.2.3.4', NULL, 'has the critical extension 1.2.3.4, which is unknown'],
    [
      '2.5.29.30',
      constraints(directory),
      'has critical name constraints of a kind that Go does not hold names against',
    ],
    ['2.5.29.17', sequence(directory), 'has critical alternative names of which Go reads none'],
    ['2.5.29.30', constraints(domain), undefined],
    ['2.5.29.17', sequence(directory, domain), undefined],
  ])('%s, %#', (type, value, clause) => {
    const critical = linkOf({ extensions: [extension(type, value, boolean(0xff))] })
    const expected = clause === undefined ? undefined : ['critical-extension', clause]
    expect(judge(critical, Date.UTC(2030, 0, 1))).toEqual(expected)
  })
})
