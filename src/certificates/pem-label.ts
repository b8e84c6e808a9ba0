// The labels of PEM blocks that people put into a CA bundle by mistake. Only labels of this list are
// shown: any other text between the dashes may be anything, a password too.

/** A label that the library knows by name. */
export type PemLabel =
  | 'CERTIFICATE'
  | 'TRUSTED CERTIFICATE'
  | 'X509 CERTIFICATE'
  | 'PKCS7'
  | 'CMS'
  | 'CERTIFICATE REQUEST'
  | 'NEW CERTIFICATE REQUEST'
  | 'X509 CRL'
  | 'PUBLIC KEY'
  | 'PRIVATE KEY'
  | 'ENCRYPTED PRIVATE KEY'
  | 'RSA PRIVATE KEY'
  | 'EC PRIVATE KEY'
  | 'DSA PRIVATE KEY'
  | 'OPENSSH PRIVATE KEY'

const KNOWN_LABELS: readonly PemLabel[] = [
  'CERTIFICATE',
  'TRUSTED CERTIFICATE',
  'X509 CERTIFICATE',
  'PKCS7',
  'CMS',
  'CERTIFICATE REQUEST',
  'NEW CERTIFICATE REQUEST',
  'X509 CRL',
  'PUBLIC KEY',
  'PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'DSA PRIVATE KEY',
  'OPENSSH PRIVATE KEY',
]

/** The label if it is a known one. */
export function knownLabel(label: string): PemLabel | undefined {
  return KNOWN_LABELS.find((known) => known === label)
}
