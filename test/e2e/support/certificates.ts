import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY = 24 * 3600 * 1000

/** A certificate and its private key, as programs read them. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

export interface Authority {
  readonly pem: string
  /** A server's certificate for these domain names and IPv4 addresses. */
  issue(names: readonly string[]): Promise<Identity>
}

/** A certificate authority; `ended` days ago its own certificate expired, if that is given. */
export async function makeAuthority(name: string, ended?: number): Promise<Authority> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const root = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(ended),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature, true),
    ],
  })
  const issue = (names: readonly string[]) => issueFrom(root, keys.privateKey, names)
  return { pem: root.toString('pem'), issue }
}

function validity(ended: number | undefined) {
  const notAfter = new Date(Date.now() + (ended === undefined ? 30 : -ended) * DAY)
  return { notBefore: new Date(Date.now() - 60 * DAY), notAfter }
}

const isAddress = (name: string) => /^[\d.]+$/.test(name)

async function issueFrom(
  root: X509Certificate,
  signingKey: CryptoKey,
  names: readonly string[],
): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${names[0]}`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    ...validity(undefined),
    extensions: [
      new BasicConstraintsExtension(false),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({
          type: isAddress(value) ? ('ip' as const) : ('dns' as const),
          value,
        })),
      ),
    ],
  })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const lines = pkcs8.toString('base64').replace(/.{64}/g, '$&\n')
  const key = `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`
  return { cert: certificate.toString('pem'), key }
}
