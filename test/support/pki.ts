import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

export { KeyUsageFlags }

/** A CA's certificate and its keys. */
export interface Authority {
  readonly certificate: X509Certificate
  readonly keys: CryptoKeyPair
}

/** What a TLS server presents: the chain, leaf first, and the leaf's key. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 24 * 60 * 60 * 1000
let serial = 0

const generateKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
const nextSerial = () => (++serial).toString(16).padStart(4, '0')
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY)

/** How a CA differs from the others. */
export interface AuthorityVariant {
  readonly isExpired?: boolean
  /** The CA bit; null for no basic constraints at all. */
  readonly isCA?: boolean | null
  readonly pathLength?: number
  readonly keyUsage?: KeyUsageFlags
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[]
  readonly hasKeyIdentifier?: boolean
}

const CA_USAGE = KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign

/** A fresh CA: a root, or an intermediate below the issuer. */
export async function createAuthority(
  name: string,
  issuer?: Authority,
  variant: AuthorityVariant = {},
): Promise<Authority> {
  const keys = await generateKeys()
  const signer = issuer ?? { keys, certificate: undefined }
  const { isExpired, isCA = true, pathLength, keyUsage = CA_USAGE, extendedKeyUsage } = variant
  const extensions: Extension[] = [new KeyUsagesExtension(keyUsage, true)]
  if (isCA !== null) extensions.push(new BasicConstraintsExtension(isCA, pathLength, true))
  if (extendedKeyUsage) extensions.push(new ExtendedKeyUsageExtension([...extendedKeyUsage]))
  if (variant.hasKeyIdentifier) {
    extensions.push(await SubjectKeyIdentifierExtension.create(keys.publicKey))
  }
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: signer.certificate?.subject ?? `CN=${name}`,
    serialNumber: nextSerial(),
    notBefore: daysFromNow(-30),
    notAfter: daysFromNow(isExpired ? -10 : 30),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: signer.keys.privateKey,
    extensions,
  })
  return { certificate, keys }
}

/** A fresh server certificate; its chain has the issuer too where that is no root. */
export async function createIdentity(
  issuer: Authority,
  { host = 'localhost', isExpired = false, isNameless = false, hasKeyIdentifier = false } = {},
): Promise<Identity> {
  const keys = await generateKeys()
  const extensions: Extension[] = [
    new BasicConstraintsExtension(false),
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.1']),
  ]
  if (!isNameless) {
    extensions.push(new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]))
  }
  if (hasKeyIdentifier) {
    extensions.push(await AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey))
  }
  const leaf = await X509CertificateGenerator.create({
    subject: `CN=${host}`,
    issuer: issuer.certificate.subject,
    serialNumber: nextSerial(),
    notBefore: daysFromNow(isExpired ? -20 : -1),
    notAfter: daysFromNow(isExpired ? -10 : 10),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuer.keys.privateKey,
    extensions,
  })
  const { certificate } = issuer
  const isRoot = certificate.subject === certificate.issuer
  const chain = isRoot ? [leaf] : [leaf, certificate]
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const body = key.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: chain.map((link) => link.toString('pem')).join('\n'),
    key: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
  }
}
