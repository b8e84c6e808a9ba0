import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseCaBundle, readCaBundle } from '../../../src/certificates/bundle.js'
import { parseCertificate } from '../../../src/certificates/certificate.js'
import { ALGORITHMS, ca, issue, names } from '../../support/authority.js'
import {
  attribute,
  bytesOf,
  certificate,
  element,
  extension,
  type Fields,
  NULL,
  pem,
  sequence,
  set,
} from '../../support/der-builder.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

// @peculiar/x509 as an oracle: whatever it refuses and the library accepts, as Go does, is in a class
// of docs/deviations.md, told by the sentence of the refusal.
const CLASSES: readonly (readonly [name: string, refusal: RegExp])[] = [
  ['general-name', /to (GeneralName|EDIPartyName|OtherName) ASN1 schema/],
  ['name-structure', /to (AttributeTypeAndValue|RelativeDistinguishedName|Name) ASN1 schema/],
  ['basic-constraints', /to BasicConstraints ASN1 schema/],
  ['fields-behind', /to (TBSCertificate|Certificate) ASN1 schema/],
  [
    'unread-value',
    /^(Zero buffer length|Constructed encoding used|Unused bits for BitString|End of input reached|newItem\.toBER|Type \[UNIVERSAL 0\]|(BIT|OCTET) STRING may consist|Wrong format|Data does not match to (IssueAlternativeName|GeneralNames) ASN1)/,
  ],
]

/** The sentence with which @peculiar/x509 refuses a certificate; undefined where it reads it. */
function refusal(der: Uint8Array): string | undefined {
  try {
    const read = new X509Certificate(Uint8Array.from(der))
    const asked = [
      read.subject,
      read.issuer,
      read.notBefore,
      read.notAfter,
      read.publicKey.algorithm,
    ]
    return [...asked, read.signatureAlgorithm, read.extensions].length > 0 ? undefined : ''
  } catch (error) {
    return (error as Error).message
  }
}

/** The class of what the library accepts and @peculiar/x509 refuses; undefined where both agree. */
function classOf(der: Uint8Array): string | undefined {
  if (parseCertificate(der).kind === 'broken') return undefined
  const sentence = refusal(der)
  if (sentence === undefined) return undefined
  return CLASSES.find(([, pattern]) => pattern.test(sentence))?.[0] ?? `no class: ${sentence}`
}

const named = new Set<string | undefined>(CLASSES.map(([name]) => name))

describe('what @peculiar/x509 refuses and is accepted as by Go', () => {
  it("is none of Go's vectors", () => {
    const ders = vectors.cases.flatMap(({ text }) => {
      return parseCaBundle(text, { brokenCertificates: 'skip' }).certificates.map(({ der }) => der)
    })
    const distinct = new Map(ders.map((der) => [Buffer.from(der).toString('hex'), der]))
    expect(distinct.size).toBeGreaterThan(200)
    for (const der of distinct.values()) expect(classOf(der)).toBeUndefined()
  })

  it.each<[string, string, Fields]>([
    [
      'general-name',
      'an ediPartyName',
      { extensions: [extension('2.5.29.17', sequence(element(0xa5, sequence())))] },
    ],
    [
      'general-name',
      'an x400Address',
      { extensions: [extension('2.5.29.17', sequence(element(0xa3, sequence())))] },
    ],
    [
      'basic-constraints',
      'another type in place of the path length',
      { extensions: [extension('2.5.29.19', sequence(NULL))] },
    ],
    ['fields-behind', 'a field behind the extensions', { bodyEnd: NULL }],
    [
      'name-structure',
      'a directory name that is no name',
      { extensions: [extension('2.5.29.17', sequence(element(0xa4, set())))] },
    ],
    [
      'unread-value',
      'an issuer alternative name of another type',
      { extensions: [extension('2.5.29.18', NULL)] },
    ],
  ])('%s: %s', (name, _, fields) => expect(classOf(certificate(fields))).toBe(name))

  it('is in no class where both agree', () => {
    expect(classOf(certificate())).toBeUndefined()
    expect(
      classOf(certificate({ subject: sequence(set(attribute('2.5.4.3', 0x0c, 'x'))) })),
    ).toBeUndefined()
  })
})

describe('mutants of real certificates', () => {
  let made: Uint8Array[] = []
  beforeAll(async () => {
    const algorithms = [ALGORITHMS.p256, ALGORITHMS.p521, ALGORITHMS.ed25519, ALGORITHMS.rsa]
    const extensions = [
      ca(2),
      names(
        { type: 'dns', value: 'a.corp' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'dn', value: 'CN=x' },
      ),
    ]
    const roots = await Promise.all(
      algorithms.map((algorithm) => issue('Root', { algorithm, extensions })),
    )
    made = roots.map(({ certificate }) => certificate.der)
  })

  it('are refused by both, or by @peculiar/x509 for a reason that has a name', () => {
    const counts = new Map<string, number>()
    for (const der of made.slice(2)) {
      for (let i = 0; i < 2 * der.length; i++) {
        const flipped = Uint8Array.from(der)
        flipped[i >> 1] = (flipped[i >> 1] as number) ^ (1 << ((i * 5) % 8))
        const name = classOf(flipped)
        if (name === undefined) continue
        counts.set(name, (counts.get(name) ?? 0) + 1)
      }
    }
    expect([...counts.keys()].filter((name) => !named.has(name))).toEqual([])
    expect(counts.size).toBeGreaterThan(2)
  })

  it('are read or broken, whatever bit is flipped', () => {
    const kinds = { certificate: 0, broken: 0 }
    for (const der of made) {
      for (let i = 0; i < 8 * der.length; i++) {
        const flipped = Uint8Array.from(der)
        flipped[i >> 3] = (flipped[i >> 3] as number) ^ (1 << (i & 7))
        kinds[parseCertificate(flipped).kind]++
      }
    }
    expect(kinds.broken).toBeGreaterThan(2000)
    expect(kinds.certificate).toBeGreaterThan(2000)
  })

  it('are read or broken, wherever they are cut or stuffed', () => {
    const mutation = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 4 }),
      insert: fc.uint8Array({ maxLength: 4 }),
      index: fc.nat({ max: 3 }),
    })
    fc.assert(
      fc.property(mutation, ({ at, remove, insert, index }) => {
        const der = made[index] as Uint8Array
        const start = at % der.length
        const mutated = bytesOf(der.subarray(0, start), insert, der.subarray(start + remove))
        const { certificates, broken } = readCaBundle(pem(mutated))
        expect(certificates.length + broken.length).toBe(1)
      }),
      { numRuns: 2000 },
    )
  })
})
