// PEM blocks other than certificates that people put into bundles, by their labels.

/** What to do about a block of that label. */
const HELP: ReadonlyMap<string, string> = new Map([
  ['TRUSTED CERTIFICATE', 'convert it: `openssl x509 -in FILE` prints the label CERTIFICATE'],
  ['X509 CERTIFICATE', 'write the label CERTIFICATE, or convert it with `openssl x509 -in FILE`'],
  ['CERTIFICATE REQUEST', 'write the certificate that the CA issued for the request'],
  ['PKCS7', 'convert it: `openssl pkcs7 -print_certs -in FILE` prints its certificates'],
  ['CMS', 'convert it: `openssl pkcs7 -print_certs -in FILE` prints its certificates'],
  ['X509 CRL', 'leave it out: revocation lists are not read'],
  ['PUBLIC KEY', 'write the certificate of the key'],
  ['PRIVATE KEY', 'leave it out: a private key must not be in this file'],
])

/** The label in a BEGIN line, if it is one of the known ones: constants alone are ever shown. */
export function labelOfLine(line: string): string | undefined {
  for (const label of HELP.keys()) if (line.includes(`${label}-----`)) return label
  return undefined
}

/** What to do about it. */
export function leftOutHelp(label: string | undefined): string {
  const help = label === undefined ? undefined : HELP.get(label)
  return help ?? 'leave it out, or write a CERTIFICATE block'
}
