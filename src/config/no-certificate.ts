// Why a value of ca-certs holds no certificate: a mistake, or the wish to deny everything, for which the
// guide writes a text.

import type { SkippedBlock } from '../certificates/index.js'
import { lazy } from '../lazy.js'
import { decodeBase64 } from '../text/index.js'

/** What stands there instead of certificates. */
export type NoCertificate =
  | { readonly kind: 'empty' | 'blank' | 'path' | 'url' | 'base64-pem' | 'base64' | 'der' }
  | { readonly kind: 'damaged' | 'broken' | 'headers' | 'deliberate' }
  | { readonly kind: 'label'; readonly block: SkippedBlock }

/** @param skipped - The blocks of the text, all of them no certificates. */
export function whyNoCertificate(text: string, skipped: readonly SkippedBlock[]): NoCertificate {
  if (text === '') return { kind: 'empty' }
  if (text.trim() === '') return { kind: 'blank' }
  const [first] = skipped
  if (first?.code === 'other-label') return { kind: 'label', block: first }
  if (first) return { kind: first.code === 'headers' ? 'headers' : 'broken' }
  return { kind: kindOfProse(text) }
}

type Prose = 'path' | 'url' | 'base64-pem' | 'base64' | 'der' | 'damaged' | 'deliberate'

function kindOfProse(text: string): Prose {
  const trimmed = text.trim()
  if (URL_START.test(trimmed)) return 'url'
  if (isPath(trimmed)) return 'path'
  // A SEQUENCE of more than 127 bytes, read as Latin-1 or as UTF-8 with what isn't replaced; or in hex.
  if (/^0[\x80-\x84\ufffd]/.test(text) || HEX_DER.test(trimmed)) return 'der'
  const bytes = decodeBase64(trimmed.replace(/\s/g, ''))
  if (bytes !== undefined && bytes.length >= SHORTEST_CERTIFICATE) {
    return isPem(bytes) ? 'base64-pem' : 'base64'
  }
  return isDamagedPem(text) ? 'damaged' : 'deliberate'
}

const URL_START = /^(?:https?|file):/i

const PATH_START = /^(?:~|\.{1,2})?\/[^/]|^[a-z]:[\\/]|^\\\\/i

const FILE_NAME = /^\S{1,255}\.(?:pem|crt|cer|cert|der|p7b|p7c|p12|pfx|jks)$/i

const LONGEST_PATH = 4096

function isPath(text: string): boolean {
  if (text.length > LONGEST_PATH || text.includes('\n')) return false
  return PATH_START.test(text) || FILE_NAME.test(text)
}

const HEX_DER = /^30:?8[1-4]:?[\da-f:]{40}/i

/** Less than any certificate has, and more than a word has that happens to be base64. */
const SHORTEST_CERTIFICATE = 48

function isPem(bytes: Uint8Array): boolean {
  return BEGIN.every((code, i) => bytes[i] === code)
}

const BEGIN = [...'-----BEGIN '].map((character) => character.charCodeAt(0))

const MARKER =
  /(?:BEGIN|END) [A-Z0-9 ]{0,40}CERTIFICATE|CERTIFICATE ?[-‐-―−]|[-‐-―−]{2} ?(?:BEGIN|END)/

const BASE64_LINE = /^[A-Za-z\d+/]{60,76}={0,2}$/

/** Markers without their five dashes, or lines of base64 without markers. */
export function isDamagedPem(text: string): boolean {
  return MARKER.test(text) || text.split('\n').some((line) => BASE64_LINE.test(line.trim()))
}

const DENIED = 'so no TLS handshake will succeed'

const PEM_HELP = "write the text of the PEM blocks between '''"

/** In words, without a `help` where nothing is to be mended. */
export function describeNoCertificate(found: NoCertificate): {
  readonly message: string
  readonly help: string | undefined
} {
  if (found.kind === 'label') {
    const { label, help } = found.block
    const block =
      label === undefined
        ? 'with another label than CERTIFICATE'
        : `whose label is ${label}, not CERTIFICATE`
    return { message: `holds no certificate, but a block ${block}, ${DENIED}`, help }
  }
  const [message, help] = descriptions()[found.kind]
  return { message, help }
}

const descriptions: () => Readonly<
  Record<Exclude<NoCertificate['kind'], 'label'>, readonly [message: string, help?: string]>
> = lazy(() => ({
  empty: [
    `is empty, ${DENIED} here; Contrast's puller takes it for unset and trusts the web PKI`,
    'leave the key out to trust the web PKI; write a text without a certificate to deny everything',
  ],
  blank: [
    `holds nothing but white space, ${DENIED}`,
    'leave the key out to trust the web PKI; write a text without a certificate to deny everything',
  ],
  path: [
    `holds a path and no certificate, ${DENIED}: the file is not read`,
    "write the text of the file itself, its PEM blocks, between '''",
  ],
  url: [
    `holds a URL and no certificate, ${DENIED}: nothing is fetched`,
    "write the text of the file itself, its PEM blocks, between '''",
  ],
  'base64-pem': [
    `holds a PEM file in base64, as a Secret has it, ${DENIED}`,
    "decode it, as with `base64 -d`, and write the PEM blocks between '''",
  ],
  base64: [
    `holds base64 without BEGIN and END lines, ${DENIED}`,
    'write -----BEGIN CERTIFICATE----- above it and -----END CERTIFICATE----- below it',
  ],
  der: [
    `holds a certificate in DER, and not in PEM, ${DENIED}`,
    `convert it: \`openssl x509 -inform der -in FILE\` prints PEM; ${PEM_HELP}`,
  ],
  damaged: [
    `holds a damaged PEM block, which is no certificate, ${DENIED}`,
    'write the block as its issuer gave it, with five hyphens on each side of BEGIN CERTIFICATE and END CERTIFICATE',
  ],
  broken: [
    `holds no certificate but broken ones, which are skipped, ${DENIED}`,
    'write the blocks as their issuer gave them',
  ],
  headers: [
    `holds no certificate but one with header lines, which is left out, ${DENIED}`,
    'leave out the header lines',
  ],
  deliberate: [
    `holds a text without a certificate, ${DENIED}: everything is denied, as the guide has it`,
  ],
}))
