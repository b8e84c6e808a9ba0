// The files of --ca: PEM or DER, told from what is neither.

import { type CaBundle, ConfigError, parseCaBundle } from 'imagepuller-auth'
import { encodeBase64 } from '../../text/index.js'
import type { OptionTable } from '../command.js'
import { Failure, Misuse } from '../failure.js'
import type { Io } from '../io.js'
import { locate, renderFinding } from '../render/index.js'
import { nameOf } from './configuration.js'

/** The option that names CA certificates, and the one that makes broken ones a warning. */
export const BUNDLE_OPTIONS = {
  ca: {
    type: 'string',
    value: 'REGISTRY=FILE',
    multiple: true,
    help: 'Trust only these certificates for a registry: PEM, or a single one in DER.',
  },
  'skip-broken-certificates': {
    type: 'boolean',
    help: 'Pass over certificates that can not be read, with a warning, as the image puller does.',
  },
} as const satisfies OptionTable

/** The certificates of each registry as PEM. A file without any is a `Failure`: it would deny everything. */
export async function readBundles(
  values: readonly string[],
  brokenCertificates: 'error' | 'skip',
  io: Io,
): Promise<Readonly<Record<string, string>>> {
  const pairs = values.map(splitPair)
  // Without a prototype, so that `__proto__` is a name like any other.
  const bundles: Record<string, string> = Object.create(null)
  for (const [registry, file] of pairs) {
    const bytes = await io.read(file)
    const { certificates, skipped } = readBundle(bytes, brokenCertificates, file, io)
    for (const { line, message } of skipped) {
      const found = { severity: 'warning', code: 'certificate-skipped', message } as const
      io.complain(renderFinding(`${nameOf(file)}:${line}`, found, io.errorLook))
    }
    if (certificates.length === 0) throw new Failure(withoutCertificates(bytes, file, io))
    bundles[registry] = `${bundles[registry] ?? ''}${certificates.map(({ pem }) => pem).join('')}`
  }
  return bundles
}

function splitPair(text: string): readonly [registry: string, file: string] {
  const equals = text.indexOf('=')
  const registry = text.slice(0, Math.max(0, equals))
  if (registry === '' || registry.startsWith('.') || !isDomain(registry)) {
    throw new Misuse('--ca REGISTRY=FILE: expected a domain name, without a port')
  }
  return [registry, text.slice(equals + 1)]
}

/** Letters, digits, `-` and `_` in labels between dots: what a rule can be for. */
function isDomain(name: string): boolean {
  return /^[\w-]+(?:\.[\w-]+)*\.?$/.test(name) && !/^[\d.]+$/.test(name)
}

function readBundle(
  bytes: Uint8Array,
  brokenCertificates: 'error' | 'skip',
  file: string,
  io: Io,
): CaBundle {
  // DER begins with a SEQUENCE, whose tag is "0" in ASCII; a PEM text has its dashes somewhere.
  const isDer = bytes[0] === SEQUENCE && !includes(bytes, '-----BEGIN')
  const text = isDer && !isPkcs7(bytes) ? pemOf(bytes) : latin1(bytes)
  try {
    return parseCaBundle(text, { brokenCertificates })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const name = nameOf(file)
    const lines = error.issues.map((issue) => {
      return renderFinding(isDer ? name : locate(name, issue.place), issue, io.errorLook)
    })
    throw new Failure(lines.join('\n'))
  }
}

const SEQUENCE = 0x30

function pemOf(der: Uint8Array): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** A byte a character: text around the blocks counts for nothing, whatever its encoding. */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** The object identifier 1.2.840.113549.1.7.2, signed data: what Windows exports as .p7b. */
const SIGNED_DATA = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02'

function isPkcs7(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 40)).includes(SIGNED_DATA)
}

function includes(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).includes(text)
}

/** What the file looks like, and the command that makes PEM of it. */
function withoutCertificates(bytes: Uint8Array, file: string, io: Io): string {
  const [message, help] = likeness(bytes)
  const found = { severity: 'error', code: 'no-certificates', message, help } as const
  return renderFinding(nameOf(file), found, io.errorLook)
}

function likeness(bytes: Uint8Array): readonly [message: string, help: string] {
  const text = latin1(bytes)
  if (bytes.length === 0) return ['the file is empty', 'name one that holds certificates in PEM']
  if (isPkcs7(bytes)) {
    const help = 'convert it: openssl pkcs7 -inform DER -print_certs -in FILE -out FILE.pem'
    return ['the file is PKCS #7 in DER', help]
  }
  if (/-----BEGIN (?:PKCS7|CMS)-----/.test(text)) {
    return ['the file is PKCS #7', 'convert it: openssl pkcs7 -print_certs -in FILE -out FILE.pem']
  }
  if (text.startsWith('\xff\xfe') || text.startsWith('\xfe\xff') || text.includes('\0')) {
    return ['the file is UTF-16', 'convert it: iconv -f UTF-16 -t UTF-8 FILE > FILE.pem']
  }
  if (text.includes('-----BEGIN TRUSTED CERTIFICATE-----')) {
    const help = 'convert it: openssl x509 -in FILE -out FILE.pem'
    return ["the file holds OpenSSL's own kind of trusted certificate", help]
  }
  const help =
    'expected blocks that begin with -----BEGIN CERTIFICATE-----, or one certificate in DER'
  return ['the file holds no certificate', help]
}
