// A block that isn't among a bundle's certificates, and why, in a sentence with what to do about it.

import type { LineFault } from './broken-line.js'
import type { PemFault } from './pem-faults.js'
import { knownLabel, type PemLabel } from './pem-label.js'

/**
 * Why a block isn't among the certificates: a mistake, or `other-label` and `headers`, which mark
 * what Go's `AppendCertsFromPEM` leaves out on purpose.
 */
export type SkippedBlockCode = 'other-label' | 'headers' | 'invalid-certificate' | PemFault

/** A block of a bundle that isn't among its certificates. */
export interface SkippedBlock {
  /** The number of the block, from 1; certificates count. */
  readonly block: number
  /** The line that is wrong, from 1, in the bundle's text; the block's first if that can't be told. */
  readonly line: number
  /** Why it is skipped. */
  readonly code: SkippedBlockCode
  /** The block's label if the library knows it; undefined for any other, which might be a secret. */
  readonly label: PemLabel | undefined
  /** What is there, in one sentence. */
  readonly message: string
  /** What to write instead. */
  readonly help: string
}

/** Where a block is. */
export interface BlockPlace {
  readonly block: number
  readonly line: number
}

/** A block that Go leaves out on purpose. */
export function leftOutBlock(
  place: BlockPlace,
  code: 'other-label' | 'headers',
  text: string,
): SkippedBlock {
  const label = knownLabel(text)
  const [message, help] = code === 'headers' ? HEADERS : describeLabel(label)
  return skippedBlock(place, code, label, message, help)
}

/** A BEGIN or END line of a certificate that belongs to no block. */
export function undecodedBlock(
  place: BlockPlace,
  fault: PemFault,
  lineFault: LineFault | undefined,
): SkippedBlock {
  const [message, help] = FAULTS[fault]
  const detail = lineFault === undefined ? message : `${message}: ${LINE_FAULTS[lineFault]}`
  return skippedBlock(place, fault, 'CERTIFICATE', detail, help)
}

/** A block whose bytes are no certificate; the fault of its text comes first, since it is the cause. */
export function invalidBlock(
  place: BlockPlace,
  fault: string,
  lineFault: LineFault | undefined,
): SkippedBlock {
  const message = lineFault === undefined ? fault : `${LINE_FAULTS[lineFault]}, and ${fault}`
  return skippedBlock(place, 'invalid-certificate', 'CERTIFICATE', message, REPLACE)
}

function skippedBlock(
  { block, line }: BlockPlace,
  code: SkippedBlockCode,
  label: PemLabel | undefined,
  message: string,
  help: string,
): SkippedBlock {
  return Object.freeze({ block, line, code, label, message, help })
}

type Sentence = readonly [message: string, help: string]

const REPLACE = 'replace the block by the whole certificate as its issuer hands it out'

const LINE_FAULTS: Readonly<Record<LineFault, string>> = {
  'foreign-character':
    'this line has a character that is no base64, or something behind the padding',
  'shorter-line': 'this line is shorter than the others',
  'longer-line': 'this line is longer than the others',
}

const FAULTS: Readonly<Record<PemFault, Sentence>> = {
  'begin-not-at-line-start': [
    'the BEGIN line has blanks or a byte order mark before it, so that Go passes over the block',
    'let the BEGIN line start its line, and save the text without a byte order mark',
  ],
  'text-after-begin': [
    'the BEGIN line goes on behind its dashes, so that Go passes over the block',
    'write a line end (LF or CR LF) right behind the BEGIN line',
  ],
  'begin-before-end': [
    'the block has no END line before the next BEGIN line',
    'write "-----END CERTIFICATE-----" on a line of its own where the certificate ends',
  ],
  'no-end': [
    'the block has no END line before the end of the text',
    'write "-----END CERTIFICATE-----" on a line of its own where the certificate ends',
  ],
  'end-not-at-line-start': [
    "the END line doesn't start its line, so that Go passes over the block",
    'write "-----END CERTIFICATE-----" on a line of its own',
  ],
  'end-mismatch': [
    'the END line is not the one that the BEGIN line asks for',
    'write "-----END CERTIFICATE-----"',
  ],
  'text-after-end': [
    'the END line goes on behind its dashes, so that Go passes over the block',
    'write a line end (LF or CR LF) right behind the END line',
  ],
  'end-without-begin': [
    'the END line has no BEGIN line before it',
    'write "-----BEGIN CERTIFICATE-----" on a line of its own where the certificate begins',
  ],
  'headers-without-body': ['the block has header lines and no base64', REPLACE],
  'headers-past-end': [
    'the END line has a colon, so that Go reads nothing behind it',
    'write "-----END CERTIFICATE-----" and a line end',
  ],
  'invalid-base64': ['the block is not base64 with padding', REPLACE],
  unreachable: [
    'an earlier END line has a colon, so that Go reads nothing behind it',
    'mend that END line',
  ],
}

const HEADERS: Sentence = [
  'the block has header lines, so that Go leaves it out: it is no trust anchor',
  'leave out the header lines, if the certificate is meant to be trusted',
]

function describeLabel(label: PemLabel | undefined): Sentence {
  const what = label === undefined ? 'has another label than CERTIFICATE' : `is labelled ${label}`
  const help = label?.endsWith('PRIVATE KEY') ? KEY_HELP : label && LABEL_HELP.get(label)
  const message = `the block ${what}, so it is no trust anchor`
  return [message, help ?? 'leave it out, or write a CERTIFICATE block']
}

const KEY_HELP = 'leave the private key out: a CA bundle is no secret, and a key is'

const LABEL_HELP: ReadonlyMap<PemLabel, string> = new Map([
  ['TRUSTED CERTIFICATE', 'convert it: `openssl x509 -in FILE` prints the label CERTIFICATE'],
  ['X509 CERTIFICATE', 'write the label CERTIFICATE, or convert it with `openssl x509 -in FILE`'],
  ['PKCS7', 'convert it: `openssl pkcs7 -print_certs -in FILE` prints its certificates'],
  [
    'CMS',
    'convert it: `openssl cms -cmsout -noout -inform PEM -in FILE -certsout ca.pem` writes its certificates',
  ],
  ['CERTIFICATE REQUEST', 'write the certificate that the CA issued for the request'],
  ['NEW CERTIFICATE REQUEST', 'write the certificate that the CA issued for the request'],
  ['X509 CRL', 'leave it out: revocation lists are not read'],
  ['PUBLIC KEY', 'write the certificate of the key'],
])
