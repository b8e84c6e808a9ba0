// The CA certificates that a conversion is given: PEM or DER, and never something without a certificate.

import { parseCaBundle } from '../certificates/index.js'
import { registryOfUrl } from '../docker-config/index.js'
import { expectedError } from '../expected-error.js'
import { ConfigError, freezeFinding } from '../findings.js'
import { decodeBase64, decodeLeniently, encodeBase64 } from '../text/index.js'
import { hostOf } from './host.js'

/** The tag with which each certificate, PKCS #7 and PKCS #12 file begins in DER. */
const SEQUENCE = 0x30

/**
 * The certificates by host, as one text of PEM each. Two names may mean one host, whose certificates
 * are then those of both.
 *
 * @param bundles - By name; PEM as text or bytes, or DER as bytes.
 * @throws `ConfigError` for a broken certificate, or a value without any.
 * @throws `TypeError` for a name that is no domain's.
 */
export function readBundles(
  bundles: Readonly<Record<string, string | Uint8Array>>,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [name, value] of Object.entries(bundles)) {
    const host = hostOf(registryOfUrl(name))
    if (typeof host !== 'string')
      throw new TypeError('fromDockerConfig: expected ca to name domains')
    texts.set(host, `${texts.get(host) ?? ''}${readBundle(name, value)}`)
  }
  // Once more as one text, in which each certificate counts once.
  return new Map([...texts].map(([host, text]) => [host, pemOf(text)]))
}

function pemOf(text: string): string {
  return parseCaBundle(text)
    .certificates.map(({ pem }) => pem)
    .join('')
}

function readBundle(name: string, value: string | Uint8Array): string {
  // Text around the blocks counts for nothing, whatever its encoding: base64 and labels are ASCII.
  const text = typeof value === 'string' ? value : decodeLeniently(value)
  const isDer = typeof value !== 'string' && value[0] === SEQUENCE
  const pem = isDer ? wrap(encodeBase64(value)) : withoutMark(text)
  try {
    const written = pemOf(pem)
    if (written !== '') return written
  } catch (error) {
    const refused = expectedError(error, ConfigError)
    if (!isDer) throw atName(refused, name)
  }
  throw withoutCertificate(name, value, text)
}

/** A byte order mark, as editors on Windows write it, would keep BEGIN from starting its line. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function wrap(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`
}

/** The same issues, each with the option that it is in. */
function atName({ issues }: ConfigError, name: string): ConfigError {
  const [first, ...others] = issues.map((issue) => freezeFinding({ ...issue, path: ['ca', name] }))
  return new ConfigError([first as (typeof issues)[0], ...others])
}

function withoutCertificate(name: string, value: string | Uint8Array, text: string): ConfigError {
  const [what, help] = whatItIs(value, text)
  const message = `expected certificates in PEM or DER, and this ${what}`
  const path = ['ca', name]
  const code = 'no-certificates'
  return new ConfigError([
    freezeFinding({ code, severity: 'error', path, message, help, place: undefined }),
  ])
}

const TO_PEM = 'write the certificates in PEM, each between BEGIN CERTIFICATE and END CERTIFICATE'

/** What a value without a certificate is, and how to make one of it. */
function whatItIs(value: string | Uint8Array, text: string): readonly [what: string, help: string] {
  if (value.length === 0) return ['is empty', TO_PEM]
  if (text.includes('-----BEGIN PKCS7-----')) return ['is PKCS #7', pkcs7('PEM')]
  if (text.includes('-----BEGIN TRUSTED CERTIFICATE-----')) {
    return ["is OpenSSL's own format", 'convert it: openssl x509 -in FILE -out ca.pem']
  }
  if (text.includes('PRIVATE KEY-----')) {
    return ['is a private key', TO_PEM]
  }
  if (typeof value !== 'string' && value[0] === SEQUENCE) {
    const help = `${pkcs7('DER')}, or openssl pkcs12 -in FILE -cacerts -nokeys -out ca.pem`
    return ['is DER, but no certificate; perhaps PKCS #7 or PKCS #12', help]
  }
  if (text.includes('\0')) {
    return ['is UTF-16', 'convert it: iconv -f UTF-16 -t UTF-8 FILE > ca.pem']
  }
  if (decodeBase64(text.trim())?.[0] === SEQUENCE) {
    return ['is base64 without the lines BEGIN CERTIFICATE and END CERTIFICATE', TO_PEM]
  }
  return ['holds none', TO_PEM]
}

function pkcs7(form: 'PEM' | 'DER'): string {
  return `convert it: openssl pkcs7 -inform ${form} -print_certs -in FILE -out ca.pem`
}
