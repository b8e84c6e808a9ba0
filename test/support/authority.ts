/** Certificates that are signed for real, made by @peculiar/x509 and read by the library. */
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  type Extension,
  type JsonGeneralNames,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { type Certificate, parseCertificate } from '../../src/certificates/index.js'

/** WebCrypto's names and parameters, of the key and the signature in one. */
export type Algorithm = {
  readonly name: string
  readonly hash?: string
  readonly namedCurve?: string
  readonly modulusLength?: number
  readonly publicExponent?: Uint8Array
  readonly saltLength?: number
}

const rsa = (name: string, hash: string, modulusLength = 1024): Algorithm => {
  return { name, hash, modulusLength, publicExponent: Uint8Array.of(1, 0, 1), saltLength: 32 }
}

export const ALGORITHMS = {
  rsa: rsa('RSASSA-PKCS1-v1_5', 'SHA-256'),
  'rsa-sha384': rsa('RSASSA-PKCS1-v1_5', 'SHA-384'),
  'rsa-sha512': rsa('RSASSA-PKCS1-v1_5', 'SHA-512'),
  'rsa-sha1': rsa('RSASSA-PKCS1-v1_5', 'SHA-1'),
  'rsa-pss': rsa('RSA-PSS', 'SHA-256'),
  'rsa-pss-sha384': { ...rsa('RSA-PSS', 'SHA-384'), saltLength: 48 },
  'rsa-pss-sha512': { ...rsa('RSA-PSS', 'SHA-512', 1536), saltLength: 64 },
  p256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  p384: { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  p521: { name: 'ECDSA', namedCurve: 'P-521', hash: 'SHA-512' },
  ed25519: { name: 'Ed25519' },
} as const satisfies Record<string, Algorithm>

/** A certificate, and the key that belongs to it. */
export interface Issued {
  readonly name: string
  readonly keys: CryptoKeyPair
  readonly algorithm: Algorithm
  readonly certificate: Certificate
}

export interface Request {
  readonly algorithm?: Algorithm
  readonly keys?: CryptoKeyPair
  /** Undefined for one that signs itself. */
  readonly issuer?: Issued
  readonly notBefore?: Date
  readonly notAfter?: Date
  readonly extensions?: readonly Extension[]
}

let serial = 1

export const keysOf = async (algorithm: Algorithm): Promise<CryptoKeyPair> => {
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  return pair as CryptoKeyPair
}

export async function issue(name: string, request: Request = {}): Promise<Issued> {
  const algorithm = request.algorithm ?? request.issuer?.algorithm ?? ALGORITHMS.p256
  const keys = request.keys ?? (await keysOf(algorithm))
  const { issuer } = request
  const made = await X509CertificateGenerator.create(
    {
      serialNumber: (serial++).toString(16).padStart(4, '0'),
      subject: `CN=${name}`,
      issuer: `CN=${issuer?.name ?? name}`,
      publicKey: keys.publicKey,
      signingKey: (issuer?.keys ?? keys).privateKey,
      signingAlgorithm: issuer?.algorithm ?? algorithm,
      notBefore: request.notBefore ?? new Date('2020-01-01T00:00:00Z'),
      notAfter: request.notAfter ?? new Date('2049-01-01T00:00:00Z'),
      extensions: [...(request.extensions ?? [])],
    },
    webcrypto as Crypto,
  )
  const certificate = parseCertificate(new Uint8Array(made.rawData))
  if (certificate.kind === 'broken') throw new Error(certificate.message)
  return { name, keys, algorithm, certificate }
}

export const ca = (pathLength?: number) => new BasicConstraintsExtension(true, pathLength, true)

export const names = (...list: JsonGeneralNames) => new SubjectAlternativeNameExtension(list)

export const dns = (value: string) => names({ type: 'dns', value })
