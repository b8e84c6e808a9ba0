import 'reflect-metadata'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { parseCaBundle, readCaBundle } from '../../../src/certificates/bundle.js'
import type { SkippedBlockCode } from '../../../src/certificates/skipped-block.js'
import { ConfigError } from '../../../src/findings.js'
import {
  attribute,
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
const skip = (text: string | Uint8Array) => parseCaBundle(text, { brokenCertificates: 'skip' })

/** The issues of the error that a bundle gives. */
function issuesOf(text: string | Uint8Array): ConfigError['issues'] {
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

  it.each(vectors.cases.map((row, index) => ({ ...row, note: row.note ?? '', index })))(
    '$index, $category: $note: the same as bytes',
    ({ text }) => expect(skip(new TextEncoder().encode(text))).toEqual(skip(text)),
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

describe('the bytes of a PEM file', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1')

  it('may have comments in any encoding that keeps ASCII, as in Go', () => {
    const bytes = latin1(`# M\xfcller \xff\xfe\n${GOOD}# \xe2\x82`)
    expect(parseCaBundle(bytes)).toEqual(parseCaBundle(GOOD))
    // The beginning of a character of several bytes takes nothing of what follows it.
    expect(parseCaBundle(latin1(`\xf0\x9f\n${GOOD}`))).toEqual(parseCaBundle(GOOD))
    expect(issuesOf(latin1(`\xe2${GOOD}`))[0]).toMatchObject({ code: 'broken-certificate' })
  })

  it('are broken where a byte that is no ASCII is in the base64', () => {
    const bytes = latin1(`# \xfc\n${GOOD.replace('\nMI', '\nM\xc9')}${OTHER}`)
    expect(issuesOf(bytes).map(({ place }) => place)).toEqual([
      { kind: 'bundle', block: 1, line: 3 },
    ])
    expect(skip(bytes).certificates).toEqual(parseCaBundle(OTHER).certificates)
  })

  it('are broken where a byte order mark keeps BEGIN from starting its line', () => {
    const bytes = new TextEncoder().encode(`\uFEFF${GOOD}${OTHER}`)
    expect(issuesOf(bytes)).toEqual(issuesOf(`\uFEFF${GOOD}${OTHER}`))
    expect(issuesOf(bytes)[0].message).toContain('a byte order mark before it')
    const comment = new TextEncoder().encode(`\uFEFFa comment\n${GOOD}`)
    expect(parseCaBundle(comment)).toEqual(parseCaBundle(GOOD))
  })

  it('hold no certificate in UTF-16, in which Go finds no block either', () => {
    expect(skip(Buffer.from(GOOD, 'utf16le'))).toEqual({ certificates: [], skipped: [] })
  })

  it('may be a part of a larger buffer', () => {
    const whole = Buffer.from(`${OTHER}${GOOD}`)
    expect(parseCaBundle(whole.subarray(OTHER.length))).toEqual(parseCaBundle(GOOD))
  })
})

describe('broken blocks', () => {
  const der = certificate()
  type Row = [string, string, SkippedBlockCode, number, number, string]
  const rows: Row[] = [
    ['no END', GOOD.slice(0, 200), 'no-end', 1, 1, 'no END line before the end of the text'],
    [
      'no END before the next block',
      `${GOOD.slice(0, 200)}\n${OTHER}`,
      'begin-before-end',
      1,
      1,
      'no END line before the next BEGIN line',
    ],
    ['an indented BEGIN', `\n\n ${GOOD}`, 'begin-not-at-line-start', 1, 3, 'has blanks'],
    ['a byte order mark', `\uFEFF${GOOD}`, 'begin-not-at-line-start', 1, 1, 'byte order mark'],
    [
      'base64 on the BEGIN line',
      GOOD.replace('-----\n', '-----'),
      'text-after-begin',
      1,
      1,
      'goes on behind its dashes',
    ],
    [
      'an indented END',
      GOOD.replace('-----END', ' -----END'),
      'end-not-at-line-start',
      1,
      7,
      "the END line doesn't start its line",
    ],
    [
      'another END',
      GOOD.replace('END CERTIFICATE', 'END CERT'),
      'end-mismatch',
      1,
      7,
      'not the one that the BEGIN line asks for',
    ],
    ['text on the END line', `${GOOD.trimEnd()}.`, 'text-after-end', 1, 7, 'goes on behind'],
    [
      'an END too many',
      `${OTHER}-----END CERTIFICATE-----`,
      'end-without-begin',
      2,
      8,
      'no BEGIN line before it',
    ],
    ['headers', GOOD.replace('-----\n', '-----\nA: b\n'), 'headers', 1, 1, 'has header lines'],
    [
      'headers alone',
      '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----',
      'headers-without-body',
      1,
      1,
      'no base64',
    ],
    [
      'an END line with a colon',
      '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----:',
      'headers-past-end',
      1,
      3,
      'the END line has a colon',
    ],
    ['a character', GOOD.replace('M', '*'), 'invalid-base64', 1, 2, 'that is no base64'],
    [
      'no DER',
      `${OTHER}# two\n${pem(der.subarray(1))}`,
      'invalid-certificate',
      2,
      9,
      'an X.509 certificate in DER',
    ],
    ['a NUL behind it', pem(bytesOf(der, [0])), 'invalid-certificate', 1, 1, 'not DER throughout'],
    [
      'two certificates in one',
      pem(bytesOf(der, der)),
      'invalid-certificate',
      1,
      1,
      'the certificate is followed by other bytes',
    ],
    ['another label', pem(der, 'TRUSTED CERTIFICATE'), 'other-label', 1, 1, 'TRUSTED CERTIFICATE'],
  ]

  it.each(rows)('%s is skipped: %#', (_, text, code, block, line, message) => {
    const [first, ...others] = skip(text).skipped
    expect(others).toEqual([])
    expect(first).toMatchObject({ code, block, line })
    expect(first?.message).toContain(message)
    expect(first?.help).toMatch(/^(write|let|replace|leave|mend|convert it:) /)
  })

  it.each(rows)('%s is an issue or left out: %#', (_, text, code, block, line) => {
    const { message, help } = skip(text).skipped[0] ?? {}
    if (code === 'headers' || code === 'other-label') {
      expect(parseCaBundle(text)).toEqual(skip(text))
    } else {
      const place = { kind: 'bundle', block, line }
      expect(issuesOf(text)).toEqual([
        { code: 'broken-certificate', severity: 'error', path: [], message, help, place },
      ])
    }
  })

  it('unreachable ones as well', () => {
    const bad = '-----BEGIN CERTIFICATE-----\nA: b\n-----END CERTIFICATE-----:\n'
    expect(skip(bad + GOOD).certificates).toEqual([])
    expect(skip(bad + GOOD).skipped.map(({ code }) => code)).toEqual([
      'headers-past-end',
      'unreachable',
    ])
  })

  it('are all in one error, numbered among the good ones, in order', () => {
    const bad = pem(Uint8Array.of(0x30, 0x00))
    const text = `${GOOD}${bad}${pem(der, 'X')}${OTHER}-----END CERTIFICATE-----\n${bad}`
    expect(issuesOf(text).map(({ place }) => place)).toEqual([
      { kind: 'bundle', block: 2, line: 8 },
      { kind: 'bundle', block: 5, line: 25 },
      { kind: 'bundle', block: 6, line: 26 },
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

  it('are placed and described in the message of the error', () => {
    const text = `${GOOD}${pem(Uint8Array.of(0x30, 0x00))}`
    expect(() => parseCaBundle(text)).toThrow(/^block 2, line 8: expected an X\.509 certificate/)
  })
})

describe('the line that is broken', () => {
  const lines = pem(certificate({ subject: commonName('x'.repeat(200)) })).split('\n')
  const edited = (edit: (lines: string[]) => void) => {
    const copy = [...lines]
    edit(copy)
    return `${OTHER}${copy.join('\n')}`
  }
  const first = OTHER.split('\n').length
  const cases: [string, number, RegExp, (lines: string[]) => void][] = [
    ['a character lost', 4, /shorter than the others/, (l) => l.splice(3, 1, 'A'.repeat(63))],
    ['four characters lost', 4, /shorter than the others/, (l) => l.splice(3, 1, 'A'.repeat(60))],
    ['a character put in', 4, /longer than the others/, (l) => l.splice(3, 1, 'A'.repeat(65))],
    ['a foreign character', 5, /no base64/, (l) => l.splice(4, 1, `${'A'.repeat(63)}é`)],
    ['a quotation', 3, /no base64/, (l) => l.splice(2, 1, `> ${l[2]}`)],
    ['padding in the middle', 5, /behind the padding/, (l) => l.splice(3, 1, `${'A'.repeat(63)}=`)],
    [
      'two lines in one',
      3,
      /longer than the others/,
      (l) => l.splice(2, 2, `${l[2]}${l[3]}`.slice(4)),
    ],
    ['a lost line', 1, /as if a line is missing/, (l) => l.splice(3, 1)],
    ['two lost lines', 1, /as if 2 lines are missing/, (l) => l.splice(3, 2)],
    [
      'four characters lost, and no line',
      4,
      /is not DER throughout$/,
      (l) => l.splice(3, 1, l[3]?.slice(4) ?? ''),
    ],
  ]

  it.each(cases)('%s: line %i of the block', (_, line, message, edit) => {
    const [issue, ...others] = issuesOf(edited(edit))
    expect(others).toEqual([])
    expect(issue.place).toEqual({ kind: 'bundle', block: 2, line: first + line - 1 })
    expect(issue.message).toMatch(message)
  })

  const long = Buffer.from(certificate({ subject: commonName('x'.repeat(400)) })).toString('base64')
  const boxed = (body: string) => {
    return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
  }

  it.each([
    [76, 1, 'a line is'],
    [76, 3, '3 lines are'],
    [16, 2, '2 lines are'],
  ])('of %i characters each, %i lost: %s missing', (width, lost, message) => {
    const all = long.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
    all.splice(2, lost)
    expect(issuesOf(boxed(all.join('\n')))[0].message).toMatch(`as if ${message} missing`)
  })

  it('counts 64 characters where all is on one line', () => {
    const [issue] = issuesOf(boxed(long.slice(0, -128)))
    expect(issue.message).toMatch('as if 2 lines are missing')
  })

  it("is the block's first where the text is sound", () => {
    const bad = certificate({ serialNumber: integer(0x80) })
    expect(issuesOf(pem(bad))[0].place).toEqual({ kind: 'bundle', block: 1, line: 1 })
  })
})

describe('labels', () => {
  it.each([
    ['TRUSTED CERTIFICATE', 'openssl x509'],
    ['X509 CERTIFICATE', 'the label CERTIFICATE'],
    ['PKCS7', 'openssl pkcs7'],
    // `openssl pkcs7` refuses this label.
    ['CMS', 'openssl cms -cmsout'],
    ['CERTIFICATE REQUEST', 'issued for the request'],
    ['NEW CERTIFICATE REQUEST', 'issued for the request'],
    ['X509 CRL', 'leave it out'],
    ['PUBLIC KEY', 'the certificate of the key'],
    ['PRIVATE KEY', 'leave the private key out'],
    ['ENCRYPTED PRIVATE KEY', 'leave the private key out'],
    ['RSA PRIVATE KEY', 'leave the private key out'],
    ['EC PRIVATE KEY', 'leave the private key out'],
    ['DSA PRIVATE KEY', 'leave the private key out'],
    ['OPENSSH PRIVATE KEY', 'leave the private key out'],
  ])('%s is known: %s', (label, help) => {
    const [block] = parseCaBundle(pem(certificate(), label)).skipped
    expect(block).toMatchObject({ code: 'other-label', label })
    expect(block?.message).toContain(label)
    expect(block?.help).toContain(help)
  })

  it.each(['', 'certificate', 'CERTIFICATES', 'PASSWORD hunter2', '__proto__', 'constructor'])(
    '%j is not, and not shown',
    (label) => {
      const [block] = parseCaBundle(pem(certificate(), label)).skipped
      expect(block).toMatchObject({ code: 'other-label', label: undefined })
      expect(block?.message).toBe(
        'the block has another label than CERTIFICATE, so it is no trust anchor',
      )
    },
  )
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
    [new TextEncoder().encode(GOOD).buffer, 'bytes without a view'],
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
  const BEGIN = '-----BEGIN CERTIFICATE-----\n'
  const END = '-----END CERTIFICATE-----\n'

  it.each([
    BEGIN,
    END,
    `${BEGIN}${END}`,
    `${BEGIN}A: b\n${END}`,
    `\n${END.trimEnd()} x`,
    `${BEGIN}*\n${END}`,
    `${BEGIN}AAAA\nAAAA\nA\nAAAA\nAAAA\n${END}`,
    '-----BEGIN PKCS7-----\n-----END PKCS7-----\n',
    GOOD,
  ])('threat 15: the time for %j is in proportion to its length', (unit) => {
    const text = unit.repeat(2 ** 14 / unit.length)
    expectProportion(skip, text, text.repeat(8))
  })

  it('threat 15: the time for one long block is in proportion to its length', () => {
    const block = (lines: number) => `${BEGIN}${`${'A'.repeat(64)}\n`.repeat(lines)}*\n${END}`
    expectProportion(skip, block(500), block(4000))
  })

  it('threat 15: the time for certificates that differ is in proportion to their number', () => {
    const many = (count: number) => {
      const serial = (i: number) => integer(1, i >> 8, i & 0xff)
      return Array.from({ length: count }, (_, i) => pem(certificate({ serialNumber: serial(i) })))
    }
    expectProportion(
      (texts) => expect(skip(texts.join('')).certificates.length).toBe(texts.length),
      many(100),
      many(800),
    )
  })

  const repeated = (size: number, ...unit: readonly number[]) => {
    return new Uint8Array(size).map((_, i) => unit[i % unit.length] as number)
  }
  it.each<[string, (size: number) => Fields, number]>([
    ['a tower', (n) => ({ innerAlgorithm: sequence(oid('1.2.3'), tower(0x30, n / 16)) }), 0],
    [
      'a tower of octet strings in an extension',
      (n) => ({ extensions: [extension('1.2.3', tower(4, n / 16))] }),
      1,
    ],
    [
      'a tower in a known extension',
      (n) => ({ extensions: [extension('2.5.29.17', tower(0x30, n / 16))] }),
      0,
    ],
    ['elements', (n) => ({ bodyEnd: repeated(n, 5, 0) }), 0],
    [
      'elements in an extension',
      (n) => ({ extensions: [extension('1.2.3', repeated(n, 5, 0))] }),
      1,
    ],
    [
      'an identifier',
      (n) => ({ extensions: [sequence(element(6, repeated(n, 1)), octetString())] }),
      0,
    ],
    [
      'an identifier of one arc',
      (n) => ({
        extensions: [sequence(element(6, bytesOf(repeated(n, 0xff), [1])), octetString())],
      }),
      0,
    ],
    [
      'an identifier in an extension',
      (n) => ({ extensions: [extension('2.5.29.37', sequence(element(6, repeated(n, 1))))] }),
      0,
    ],
    [
      'a time',
      (n) => ({
        validity: sequence(element(0x17, repeated(n, 0x31)), element(0x17, '300101000000Z')),
      }),
      0,
    ],
    ['a name', (n) => ({ subject: commonName('x'.repeat(n)) }), 1],
    [
      'a name of another type',
      (n) => ({ subject: name(attribute('1.2.3', 0x0c, repeated(n, 0x78))) }),
      1,
    ],
    ['a serial number', (n) => ({ serialNumber: element(2, repeated(n, 1)) }), 1],
    ['a signature', (n) => ({ signature: element(3, [0], repeated(n, 1)) }), 1],
    [
      'a host name',
      (n) => ({ extensions: [extension('2.5.29.17', sequence(element(0x82, repeated(n, 0x2e))))] }),
      1,
    ],
  ])('threat 16: the time for %s is in proportion to its length', (_, fields, count) => {
    const text = (size: number) => pem(certificate(fields(size)))
    const read = (input: string) => expect(skip(input).certificates.length).toBe(count)
    expectProportion(read, text(20_000), text(160_000))
  })

  const names = (count: number) => {
    const list = Array.from({ length: count }, (_, i) => element(0x82, `host-${i}.example`))
    return pem(certificate({ extensions: [extension('2.5.29.17', sequence(...list))] }))
  }

  it('78 KiB of names are read, as Go reads them', () => {
    const text = names(4500)
    expect(Buffer.from(text, 'base64').length).toBeGreaterThan(78 * 1024)
    expect(parseCaBundle(text).certificates.length).toBe(1)
  })

  it.each([
    [names(10_000), 'it has more than 10,000 elements'],
    [
      pem(certificate({ extensions: [extension('2.5.29.17', sequence(tower(0xa4, 40)))] })),
      'it is nested more than 32 levels deep',
    ],
    [
      pem(certificate({ extensions: [sequence(element(6, repeated(129, 1)), octetString())] })),
      'an object identifier has more than 128 octets',
    ],
  ])('%#: too large is not malformed: %s', (text, limit) => {
    const [{ message }] = issuesOf(text)
    expect(message).toContain('is too large')
    expect(message).toContain(limit)
    expect(message).not.toContain('malformed')
  })
})
