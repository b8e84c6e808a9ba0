/** Certificates for lint's tests and for docs/findings.md, and what lint says about a document. */

import { type LintConfigOptions, type LintFinding, lintConfig } from '../../src/lint/index.js'
import * as der from './der-builder.js'

const NULL_PARAMETERS = der.NULL
const CA = der.extension('2.5.29.19', der.sequence(der.boolean(0xff)), der.boolean(0xff))
const identifier = (octet: number) => der.extension('2.5.29.14', der.octetString([octet]))
const validity = (from: string, to: string) =>
  der.sequence(der.element(0x17, from), der.element(0x17, to))
const algorithm = (type: string) => der.sequence(der.oid(type), NULL_PARAMETERS)

/** A modulus of so many bits; no such key exists, and nothing here uses it. */
const rsaKey = (bits: number) =>
  der.sequence(
    algorithm('1.2.840.113549.1.1.1'),
    der.bitString(
      0,
      der.sequence(
        der.element(0x02, [0], new Uint8Array(bits / 8).fill(0xb5)),
        der.integer(1, 0, 1),
      ),
    ),
  )

const root = (fields: der.Fields = {}) =>
  der.pem(
    der.certificate({
      issuer: der.commonName('Corp Root'),
      subject: der.commonName('Corp Root'),
      validity: validity('250101000000Z', '270101000000Z'),
      extensions: [CA],
      ...fields,
    }),
  )

const SHA_1 = algorithm('1.2.840.113549.1.1.5')

/** What a line of these words stands for in an example. */
export const PEMS: Readonly<Record<string, string>> = {
  CERTIFICATE: root(),
  'OTHER CERTIFICATE': root({
    issuer: der.commonName('Partner Root'),
    subject: der.commonName('Partner Root'),
  }),
  'LATER CERTIFICATE': root({ validity: validity('261001000000Z', '300101000000Z') }),
  'TWIN CERTIFICATE': root({ serialNumber: der.integer(7) }),
  'IDENTIFIED CERTIFICATE': root({ extensions: [CA, identifier(1)] }),
  'IDENTIFIED TWIN': root({ extensions: [CA, identifier(2)], serialNumber: der.integer(7) }),
  'SERVER CERTIFICATE': root({ subject: der.commonName('registry.corp'), extensions: [] }),
  'SELF-ISSUED CERTIFICATE': root({ version: [], extensions: undefined as never }),
  'CERTIFICATE WITH 1024 BITS': root({ publicKey: rsaKey(1024) }),
  'CERTIFICATE WITH 2048 BITS': root({ publicKey: rsaKey(2048) }),
  'ROOT OVER SHA-1': root({ innerAlgorithm: SHA_1, outerAlgorithm: SHA_1 }),
  'INTERMEDIATE OVER SHA-1': root({
    innerAlgorithm: SHA_1,
    outerAlgorithm: SHA_1,
    subject: der.commonName('Corp Issuing'),
  }),
  'PRIVATE KEY': der.pem(der.octetString('a key'), 'PRIVATE KEY'),
  'DAMAGED CERTIFICATE': root({ serialNumber: der.integer(9) }).replaceAll('-----', '----'),
}

/** A time at which the certificates above are valid. */
export const NOW = Date.UTC(2026, 5, 1)

/** The text with certificates in place of the lines that stand for them. */
export function withPems(text: string): string {
  return text
    .split('\n')
    .map((line) => (Object.hasOwn(PEMS, line) ? (PEMS[line] as string).trimEnd() : line))
    .join('\n')
}

/** For each line of the text with certificates, the line that stands for it. */
export function shownLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, i) => {
    const count = Object.hasOwn(PEMS, line)
      ? (PEMS[line] as string).trimEnd().split('\n').length
      : 1
    return new Array<number>(count).fill(i + 1)
  })
}

/** What lint says, as `line severity code`, with lines of the text as it is given here. */
export function lintLines(text: string, options: LintConfigOptions = {}): readonly string[] {
  const lines = shownLines(text)
  return lintConfig(withPems(text), { now: NOW, ...options }).map((finding) =>
    lineOf(finding, lines),
  )
}

function lineOf({ place, severity, code }: LintFinding, lines: readonly number[]): string {
  const line = place?.kind === 'document' ? lines[place.line - 1] : '-'
  return `${line} ${severity} ${code}`
}

/** Of these, the ones of some codes. */
export function linesOf(
  text: string,
  codes: readonly string[],
  options: LintConfigOptions = {},
): readonly string[] {
  return lintLines(text, options).filter((line) => codes.includes(line.split(' ')[2] ?? ''))
}
