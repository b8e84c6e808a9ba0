import { createHash, X509Certificate as NodeCertificate, webcrypto } from 'node:crypto'
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type CaBundle,
  parseCaBundle,
  readCaBundle,
  type SkippedBlockCode,
} from '../../../src/certificates/bundle.js'
import { ConfigError } from '../../../src/findings.js'
import {
  attribute,
  type Bytes,
  boolean,
  bytesOf,
  certificate,
  commonName,
  element,
  extension,
  type Fields,
  integer,
  NULL,
  name,
  octetString,
  oid,
  pem,
  sequence,
  tower,
} from '../../support/der-builder.js'
import { expectProportion } from '../../support/proportion.js'
import vectors from '../../vectors/ca-bundles.json' with { type: 'json' }

const GOOD = pem(certificate())
const OTHER = pem(certificate({ serialNumber: integer(7) }))
const skip = (text: string) => parseCaBundle(text, { brokenCertificates: 'skip' })

/** Undefined for what OpenSSL doesn't read: a UTCTime with an offset. */
function nodeCertificate(der: Uint8Array): NodeCertificate | undefined {
  try {
    return new NodeCertificate(der)
  } catch {
    return undefined
  }
}

/** The issues of the error that a bundle gives. */
function issuesOf(text: string): ConfigError['issues'] {
  try {
    parseCaBundle(text)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as ConfigError).issues
  }
  throw new Error('expected an error')
}

describe("Go's vectors", () => {
  it.each(vectors.cases.map((row, index) => ({ ...row, note: row.note ?? '', index })))(
    '$index, $category: $note',
    ({ text, certificates }) => {
      const found = skip(text).certificates
      expect(found.map(({ fingerprint, subject }) => ({ sha256: fingerprint, subject }))).toEqual(
        certificates,
      )
    },
  )

  it.each(vectors.cases.map((row, index) => ({ ...row, note: row.note ?? '', index })))(
    '$index, $category: $note: an error exactly where something is broken',
    ({ text }) => {
      const { broken, skipped } = readCaBundle(text)
      if (broken.length === 0) expect(parseCaBundle(text)).toEqual(skip(text))
      else expect(issuesOf(text).length).toBe(broken.length)
      expect(skip(text).skipped.length).toBe(broken.length + skipped.length)
    },
  )

  it('hold both kinds', () => {
    const broken = vectors.cases.filter(({ text }) => readCaBundle(text).broken.length > 0)
    expect(broken.length).toBeGreaterThan(100)
    expect(vectors.cases.length - broken.length).toBeGreaterThan(100)
  })

  it.each(['bad-end', 'bad-base64', 'bad-der', 'indented', 'nested', 'good-after-bad'])(
    'of %s that lose a certificate are errors, whatever else they hold',
    (category) => {
      const rows = vectors.cases.filter((row) => row.category === category && row.poolEmpty)
      expect(rows.length + Number(category === 'good-after-bad')).toBeGreaterThan(0)
      for (const { text } of rows) expect(issuesOf(text).length).toBeGreaterThan(0)
    },
  )
})

describe('broken blocks', () => {
  const der = certificate()
  const rows: [string, SkippedBlockCode, number, number, string][] = [
    [`${GOOD.slice(0, 200)}`, 'no-end', 1, 1, 'expected an END line before the end of the text'],
    [
      `${GOOD.slice(0, 200)}\n${OTHER}`,
      'begin-before-end',
      1,
      1,
      'expected an END line before the next BEGIN line',
    ],
    [`\n\n ${GOOD}`, 'begin-not-at-line-start', 1, 3, 'expected the BEGIN line to start its line'],
    [`\uFEFF${GOOD}`, 'begin-not-at-line-start', 1, 1, 'or a byte order mark'],
    [GOOD.replace('-----\n', '-----'), 'text-after-begin', 1, 1, 'after the BEGIN line'],
    [
      GOOD.replace('-----END', ' -----END'),
      'end-not-at-line-start',
      1,
      1,
      'expected the END line to start its line',
    ],
    [
      GOOD.replace('END CERTIFICATE', 'END CERT'),
      'end-mismatch',
      1,
      1,
      '"-----END CERTIFICATE-----"',
    ],
    [`${GOOD.trimEnd()}.`, 'text-after-end', 1, 1, 'after the END line'],
    [
      `${OTHER}-----END CERTIFICATE-----`,
      'end-without-begin',
      2,
      8,
      'expected a BEGIN line before the END line',
    ],
    [GOOD.replace('-----\n', '-----\nA: b\n'), 'headers', 1, 1, 'expected no header lines'],
    [
      '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----',
      'headers-without-body',
      1,
      1,
      'expected base64',
    ],
    [
      '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----:',
      'headers-past-end',
      1,
      1,
      'without a colon',
    ],
    [GOOD.replace('M', '*'), 'invalid-base64', 1, 1, 'expected base64 with padding'],
    [
      `${OTHER}# two\n${pem(der.subarray(1))}`,
      'invalid-certificate',
      2,
      9,
      'an X.509 certificate in DER',
    ],
    [pem(bytesOf(der, [0])), 'invalid-certificate', 1, 1, 'but the block is not DER throughout'],
    [
      pem(bytesOf(der, der)),
      'invalid-certificate',
      1,
      1,
      'but the certificate is followed by other bytes',
    ],
    [
      pem(certificate({ extensions: [extension('2.5.29.18', NULL)] })),
      'invalid-certificate',
      1,
      1,
      'but a field or an extension is malformed',
    ],
    [pem(der, 'TRUSTED CERTIFICATE'), 'other-label', 1, 1, 'expected the label CERTIFICATE'],
  ]

  it.each(rows)(
    '%#: %j is skipped: %s, block %i, line %i: %s',
    (text, reason, block, line, message) => {
      const [first, ...others] = skip(text).skipped
      expect(others).toEqual([])
      expect(first).toMatchObject({ reason, block, line })
      expect(first?.message).toContain(`block ${block}, line ${line} of the bundle: expected`)
      expect(first?.message).toContain(message)
    },
  )

  it.each(rows)(
    '%#: %j is an issue or left out: %s, block %i, line %i',
    (text, reason, _block, line) => {
      const { message } = skip(text).skipped[0] ?? {}
      if (reason === 'headers' || reason === 'other-label') {
        expect(parseCaBundle(text)).toEqual(skip(text))
      } else {
        expect(issuesOf(text)).toEqual([
          { code: 'broken-certificate', path: [], message, line, column: 1 },
        ])
      }
    },
  )

  it('unreachable ones as well', () => {
    const bad = '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----:\n'
    expect(skip(bad + GOOD).certificates).toEqual([])
    expect(skip(bad + GOOD).skipped.map(({ code: reason }) => reason)).toEqual([
      'headers-past-end',
      'unreachable',
    ])
  })

  it('are all in one error, numbered among the good ones, in order', () => {
    const bad = pem(Uint8Array.of(0x30, 0x00))
    const text = `${GOOD}${bad}${pem(der, 'X')}${OTHER}-----END CERTIFICATE-----\n${bad}`
    expect(issuesOf(text).map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
      [8, 'block 2, line 8 of the bundle'],
      [25, 'block 5, line 25 of the bundle'],
      [26, 'block 6, line 26 of the bundle'],
    ])
    expect(skip(text).skipped.map(({ block }) => block)).toEqual([2, 3, 5, 6])
    expect(skip(text).certificates.length).toBe(2)
  })

  it('show nothing of the text in their message', () => {
    const canary = 'c4n4ry'
    for (const text of [
      `-----BEGIN CERTIFICATE----- ${canary}\n`,
      `-----BEGIN CERTIFICATE-----\n*${canary}\n-----END CERTIFICATE-----\n`,
      `-----BEGIN CERTIFICATE-----\n${canary}\n-----END ${canary}-----\n`,
      `-----BEGIN CERTIFICATE-----\nZm9v\n-----END CERTIFICATE-----${canary}\n`,
      pem(certificate({ subject: commonName(canary), publicKey: NULL })),
      pem(certificate(), canary),
    ]) {
      const { skipped } = skip(text)
      expect(skipped.length).toBe(1)
      expect(JSON.stringify(skipped)).not.toContain(canary)
    }
  })
})

describe('never accepted although a lenient parser would', () => {
  it.each<[Uint8Array, string]>([
    [bytesOf(pem(certificate())), 'PEM in PEM'],
    [bytesOf(Buffer.from(certificate()).toString('base64')), 'base64 in base64'],
    [bytesOf(Buffer.from(certificate()).toString('hex')), 'hexadecimal'],
    [bytesOf([0x30, 0x80], certificate().subarray(4), [0, 0]), 'an indefinite length'],
    [certificate({ serialNumber: integer(0x80) }), 'a negative serial number'],
    [certificate({ version: element(0xa0, integer(3)) }), 'version 4'],
    [
      certificate({ publicKey: sequence(sequence(oid('1.3.101.112')), element(3, [0, 1])) }),
      'a key of one octet',
    ],
    [certificate({ subject: name(attribute('2.5.4.3', 0x03, [0])) }), 'a BIT STRING in a name'],
    [
      certificate({
        validity: sequence(element(0x17, '201301000000Z'), element(0x17, '300101000000Z')),
      }),
      'month 13',
    ],
    [
      certificate({ extensions: [extension('1.2.3', []), extension('1.2.3', [])] }),
      'an extension twice',
    ],
    [
      certificate({ extensions: [extension('2.5.29.14', octetString(), boolean(0xff))] }),
      'a critical key identifier',
    ],
  ])('%#: %s', (der) => expect(skip(pem(der)).certificates).toEqual([]))
})

describe('a certificate', () => {
  const der = certificate({
    serialNumber: integer(0x00, 0xc0, 0xff, 0xee),
    extensions: [extension('2.5.29.19', sequence(boolean(0xff)), boolean(0xff))],
  })
  const only = ({ certificates: [first] }: CaBundle) => {
    if (first === undefined) throw new Error('expected a certificate')
    return first
  }
  const read = () => only(parseCaBundle(pem(der)))

  it('exposes what the specification lists, as own properties', () => {
    expect(Object.keys(read())).toEqual([
      'subject',
      'issuer',
      'serialNumber',
      'notBefore',
      'notAfter',
      'fingerprint',
      'isCA',
      'der',
      'pem',
    ])
    expect({ ...read() }).toEqual({
      subject: 'CN=Subject',
      issuer: 'CN=Issuer',
      serialNumber: 'c0ffee',
      notBefore: new Date('2020-01-01T00:00:00Z'),
      notAfter: new Date('2050-01-01T00:00:00Z'),
      fingerprint: createHash('sha256').update(der).digest('hex'),
      isCA: true,
      der,
      pem: pem(der),
    })
  })

  it('is frozen, and so is all around it', () => {
    const bundle = skip(`${GOOD}${pem(der, 'X')}`)
    const contents = readCaBundle(GOOD)
    for (const value of [
      bundle,
      bundle.certificates,
      only(bundle),
      bundle.skipped,
      bundle.skipped[0],
      contents,
      contents.certificates,
      contents.skipped,
      contents.broken,
    ]) {
      expect(Object.isFrozen(value)).toBe(true)
    }
    const [issue] = issuesOf('-----END CERTIFICATE-----')
    expect(Object.isFrozen(issue) && Object.isFrozen(issue.path)).toBe(true)
  })

  it('hands out copies of what cannot be frozen', () => {
    const first = read()
    first.der.fill(0)
    first.notBefore.setTime(0)
    first.notAfter.setTime(0)
    expect({ ...first }).toEqual({ ...read() })
    expect(first.der.buffer.byteLength).toBe(der.length)
  })

  it('is listed once, where it is first', () => {
    const text = `${OTHER}${GOOD}${OTHER.replaceAll('\n', '\r\n')}${GOOD}`
    expect(parseCaBundle(text).certificates.map(({ serialNumber }) => serialNumber)).toEqual([
      '07',
      '2a',
    ])
  })

  it('of the same subject and key, but another serial number, is another', () => {
    expect(parseCaBundle(GOOD + OTHER).certificates.length).toBe(2)
  })

  it('may have a UTCTime with an offset, which @peculiar/x509 misreads', () => {
    const validity = sequence(element(0x17, '200101000000+0100'), element(0x17, '300101000000Z'))
    const { notBefore } = only(parseCaBundle(pem(certificate({ validity }))))
    expect(notBefore).toEqual(new Date('2019-12-31T23:00:00Z'))
  })

  it.each<[Fields, string]>([
    [{ innerAlgorithm: sequence(oid('1.2.3')) }, 'an unknown signature algorithm'],
    [{ publicKey: sequence(sequence(oid('1.2.3')), element(3, [0])) }, 'an unknown key algorithm'],
    [
      { extensions: [extension('1.2.3', 'not DER', boolean(0xff))] },
      'an unknown critical extension',
    ],
    [{ version: [] }, 'version 1'],
    [{ end: NULL }, 'another field behind the signature'],
    [{ subject: name(), issuer: name() }, 'empty names'],
  ])('%#: may have %s', (fields) => {
    expect(parseCaBundle(pem(certificate(fields))).certificates.length).toBe(1)
  })

  it.each<[Fields, string]>([
    [{ bodyEnd: NULL }, 'another field in the part that is signed'],
    [{ extensions: [extension('2.5.29.18', NULL)] }, 'an issuer alternative name of another type'],
  ])('%#: second-opinion: may not have %s, although Go takes it', (fields) => {
    expect(skip(pem(certificate(fields))).certificates).toEqual([])
  })

  it('agrees with node:crypto, for all of the vectors', () => {
    const seen = new Set<string>()
    let agreed = 0
    for (const { text } of vectors.cases) {
      for (const own of skip(text).certificates) {
        if (seen.has(own.fingerprint)) continue
        seen.add(own.fingerprint)
        const node = nodeCertificate(own.der)
        if (node === undefined) continue
        agreed++
        expect(own.fingerprint).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase())
        expect(own.serialNumber).toBe(node.serialNumber.toLowerCase())
        expect(own.pem).toBe(node.toString())
        expect([+own.notBefore, +own.notAfter]).toEqual([
          Date.parse(node.validFrom),
          Date.parse(node.validTo),
        ])
        expect(own.subject).toBe(node.subject.split('\n').reverse().join(','))
      }
    }
    expect([seen.size > 220, seen.size - agreed]).toEqual([true, 1])
  })
})

describe('certificates that @peculiar/x509 makes', () => {
  let made: { pem: string; der: Uint8Array }[] = []

  beforeAll(async () => {
    const algorithms = [
      { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
      { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
      { name: 'Ed25519' },
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
    ]
    made = await Promise.all(
      algorithms.map(async (algorithm) => {
        const keys = (await webcrypto.subtle.generateKey(algorithm, true, [
          'sign',
          'verify',
        ])) as CryptoKeyPair
        const root = await X509CertificateGenerator.createSelfSigned(
          {
            name: 'CN=Root, O=Example Corp, C=DE',
            keys,
            signingAlgorithm: algorithm,
            extensions: [
              new BasicConstraintsExtension(true, 2, true),
              new SubjectAlternativeNameExtension([
                { type: 'dns', value: 'a.corp' },
                { type: 'ip', value: '192.0.2.1' },
              ]),
            ],
          },
          webcrypto as Crypto,
        )
        return { pem: root.toString('pem'), der: new Uint8Array(root.rawData) }
      }),
    )
  })

  it('are read', () => {
    for (const { pem: text, der } of made) {
      const { certificates } = parseCaBundle(text)
      expect(certificates.map(({ subject, isCA }) => [subject, isCA])).toEqual([
        ['CN=Root,O=Example Corp,C=DE', true],
      ])
      expect(certificates[0]?.der).toEqual(der)
    }
    expect(made.length).toBe(4)
  })

  it('are read or refused with a ConfigError, whatever byte is flipped', () => {
    let refused = 0
    let taken = 0
    for (const { der } of made) {
      for (let i = 0; i < der.length; i++) {
        const flipped = Uint8Array.from(der)
        flipped[i] = (flipped[i] as number) ^ (1 << (i % 8))
        try {
          taken += parseCaBundle(pem(flipped)).certificates.length
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError)
          refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(300)
    expect(taken).toBeGreaterThan(300)
  })

  it('are read or refused with a ConfigError, wherever they are cut or stuffed', () => {
    const mutation = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 4 }),
      insert: fc.uint8Array({ maxLength: 4 }),
      index: fc.nat({ max: 3 }),
    })
    fc.assert(
      fc.property(mutation, ({ at, remove, insert, index }) => {
        const { der } = made[index] as { der: Uint8Array }
        const start = at % der.length
        const mutated = bytesOf(der.subarray(0, start), insert, der.subarray(start + remove))
        const { certificates, broken } = readCaBundle(pem(mutated))
        expect(certificates.length + broken.length).toBe(1)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('properties', () => {
  const bad = pem(Uint8Array.of(0x30, 0x00))
  const token = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(GOOD, OTHER, bad, pem(certificate(), 'X')) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '-----BEGIN CERTIFICATE-----',
        '-----END CERTIFICATE-----',
        '-----BEGIN CERTIFICATE-----\n',
        '\n-----END CERTIFICATE-----\n',
        '\n',
        '\r\n',
        ' ',
        ':',
        'Zm9v',
        '\uFEFF',
        '-',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  )
  const texts = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(''))

  it('any text gives a bundle or a ConfigError, and skip never throws', () => {
    let errors = 0
    let certificates = 0
    fc.assert(
      fc.property(texts, (text) => {
        const lenient = skip(text)
        certificates += lenient.certificates.length
        try {
          expect(parseCaBundle(text)).toEqual(lenient)
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError)
          errors++
        }
      }),
      { numRuns: 2000 },
    )
    expect(errors).toBeGreaterThan(500)
    expect(certificates).toBeGreaterThan(500)
  })

  it('its own PEM parses to itself, joined or alone', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { certificates } = skip(text)
        const joined = certificates.map((own) => own.pem).join('')
        expect(parseCaBundle(joined)).toEqual({ certificates, skipped: [] })
      }),
      { numRuns: 500 },
    )
  })
})

describe('misuse is a TypeError', () => {
  it.each<[unknown, string]>([
    [undefined, 'nothing'],
    [null, 'null'],
    [new TextEncoder().encode(GOOD), 'bytes'],
    [[GOOD], 'an array'],
    [new String(GOOD), 'an object'],
  ])('%#: %s for the text', (text) => {
    expect(() => parseCaBundle(text as string)).toThrow(TypeError)
  })

  it.each<[unknown, string]>([
    [null, 'null'],
    ['skip', 'a string'],
    [{ brokenCertificates: 'ignore' }, 'an unknown value'],
    [{ brokenCertificates: null }, 'null for the value'],
    [{ brokenCertificates: true }, 'a boolean'],
    [{ brokenCertificates: ['skip'] }, 'an array that prints like a value'],
  ])('%#: %s for the options', (options) => {
    expect(() => parseCaBundle(GOOD, options as object)).toThrow(TypeError)
  })

  it.each<[object | undefined, string]>([
    [undefined, 'no options'],
    [{}, 'empty options'],
    [{ brokenCertificates: undefined }, 'undefined'],
    [{ brokenCertificates: 'error' }, 'the default'],
    [Object.create({ brokenCertificates: 'skip' }), 'an inherited option'],
  ])('%#: %s means error', (options) => {
    expect(() => parseCaBundle('-----END CERTIFICATE-----', options)).toThrow(ConfigError)
  })
})

describe('threat 18: a polluted Object.prototype', () => {
  const prototype: object = Object.prototype
  afterEach(() => {
    for (const key of ['brokenCertificates', 'isCA', 'subject'])
      Reflect.deleteProperty(prototype, key)
  })

  it('changes no option and no field', () => {
    const clean = JSON.stringify(skip(GOOD))
    Reflect.set(prototype, 'brokenCertificates', 'skip')
    Reflect.set(prototype, 'isCA', true)
    Reflect.set(prototype, 'subject', 'CN=Evil')
    expect(Reflect.get({}, 'brokenCertificates')).toBe('skip')
    for (const options of [undefined, {}]) {
      expect(() => parseCaBundle('-----END CERTIFICATE-----', options)).toThrow(ConfigError)
    }
    expect(JSON.stringify(parseCaBundle(GOOD))).toBe(clean)
  })
})

describe('hostile input', () => {
  const milliseconds = (run: () => unknown) => {
    const start = performance.now()
    run()
    return performance.now() - start
  }
  const BEGIN = '-----BEGIN CERTIFICATE-----\n'
  const END = '-----END CERTIFICATE-----\n'

  it.each([BEGIN, END, `${BEGIN}${END}`, `${BEGIN}A: b\n${END}`, `\n${END.trimEnd()} x`])(
    'threat 15: 1 MiB of %j takes less than a second in both modes',
    (unit) => {
      const text = unit.repeat(2 ** 20 / unit.length)
      expect(milliseconds(() => skip(text))).toBeLessThan(1000)
      expect(
        milliseconds(() => expect(() => parseCaBundle(text)).toThrow(ConfigError)),
      ).toBeLessThan(1000)
    },
  )

  it.each([BEGIN, `${BEGIN}${END}`])(
    'threat 15: the time for %j is in proportion to its length',
    (unit) => {
      const text = unit.repeat(2 ** 17 / unit.length)
      expectProportion(skip, text, text.repeat(8))
    },
  )

  it('1 MiB of one certificate is read once', () => {
    const text = GOOD.repeat(2 ** 20 / GOOD.length)
    expect(milliseconds(() => expect(skip(text).certificates.length).toBe(1))).toBeLessThan(400)
  })

  it.each<[string, Fields, number]>([
    ['a tower of 60,000', { innerAlgorithm: sequence(oid('1.2.3'), tower(0x30, 60_000)) }, 0],
    [
      'a tower of octet strings in an extension',
      { extensions: [extension('1.2.3', tower(4, 60_000))] },
      1,
    ],
    [
      'a tower in a known extension',
      { extensions: [extension('2.5.29.17', tower(0x30, 60_000))] },
      0,
    ],
    [
      '300,000 elements',
      { bodyEnd: bytesOf(new Uint8Array(600_000).map((_, i) => (i % 2 ? 0 : 5))) },
      0,
    ],
    [
      '300,000 elements in an extension',
      {
        extensions: [
          extension(
            '1.2.3',
            new Uint8Array(600_000).map((_, i) => (i % 2 ? 0 : 5)),
          ),
        ],
      },
      1,
    ],
    [
      '9,000 names',
      {
        extensions: [
          extension('2.5.29.17', sequence(bytesOf(...Array(9000).fill(element(0x82, 'a.corp'))))),
        ],
      },
      1,
    ],
    [
      'an identifier of 254 kB',
      { extensions: [sequence(element(6, new Uint8Array(254_000).fill(1)), octetString())] },
      0,
    ],
    [
      'an identifier of one arc of 254 kB',
      {
        extensions: [
          sequence(element(6, bytesOf(new Uint8Array(254_000).fill(0xff), [1])), octetString()),
        ],
      },
      0,
    ],
    [
      'an identifier of 254 kB in an extension',
      {
        extensions: [extension('2.5.29.37', sequence(element(6, new Uint8Array(254_000).fill(1))))],
      },
      0,
    ],
    [
      'a time of 260 kB',
      {
        validity: sequence(
          element(0x17, '200101000000Z'.repeat(20_000)),
          element(0x17, '300101000000Z'),
        ),
      },
      0,
    ],
    ['a name of 350 kB', { subject: commonName('x'.repeat(350_000)) }, 1],
    ['a serial number of 700 kB', { serialNumber: element(2, new Uint8Array(700_000).fill(1)) }, 1],
  ])('threat 16: %s takes less than 2 seconds', (_, fields, count) => {
    const text = pem(certificate(fields))
    expect(milliseconds(() => expect(skip(text).certificates.length).toBe(count))).toBeLessThan(
      2000,
    )
  })
})

it('the test tools can make any bytes', () => {
  const parts: readonly Bytes[] = [[1], 'a', Uint8Array.of(2)]
  expect([...bytesOf(...parts)]).toEqual([1, 0x61, 2])
  expect([...tower(0x30, 2)]).toEqual([0x30, 2, 0x30, 0])
  expect(tower(0x30, 300).subarray(0, 4)).toEqual(sequence(tower(0x30, 299)).subarray(0, 4))
})
