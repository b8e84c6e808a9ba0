import { describe, expect, it } from 'vitest'
import { ConfigError, parseCaBundle } from '../../../src/index.js'
import { convertFile } from '../../support/conversion.js'
import { base64 } from '../../support/docker-config.js'
import { OTHER_PEM, PEM } from '../../support/write.js'

const DER = parseCaBundle(PEM).certificates[0]?.der ?? new Uint8Array()
const bytesOf = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding))

const certificatesOf = (ca: Record<string, string | Uint8Array>) => {
  const { config } = convertFile({}, { ca })
  return config.rules.map(({ name, caBundle }) => [
    name,
    ...(caBundle?.certificates ?? []).map(({ pem }) => pem),
  ])
}

function errorOf(value: string | Uint8Array): ConfigError {
  try {
    convertFile({}, { ca: { 'registry.corp': value } })
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('expected a ConfigError')
}

describe('the certificates of a conversion', () => {
  it.each([
    ['PEM', PEM],
    ['PEM as bytes', bytesOf(PEM)],
    ['DER, as Windows exports it (ca-06)', DER],
    ['PEM with a byte order mark', `\ufeff${PEM}`],
    ['PEM with CR LF', PEM.replaceAll('\n', '\r\n')],
    ['PEM within Latin-1 (ca-05)', bytesOf(`# Stammzertifikat f\xfcr K\xf6ln\n${PEM}`, 'latin1')],
    ['PEM twice', PEM + PEM],
  ])('are read from %s', (_, value) =>
    expect(certificatesOf({ 'registry.corp': value })).toEqual([['registry.corp.', PEM]]),
  )

  it('of all names for a host are its certificates', () => {
    for (const [one = '', other = '', rule = ''] of [
      ['a.io', 'A.IO.', 'a.io.'],
      ['docker.io', 'https://index.docker.io/v1/', 'docker.io.'],
      ['DOCKER.IO', 'docker.io.', 'docker.io.'],
    ]) {
      expect(certificatesOf({ [one]: PEM, [other]: OTHER_PEM })).toEqual([[rule, PEM, OTHER_PEM]])
    }
  })

  it.each([
    ['nothing', '', /is empty/, /PEM/],
    ['no bytes', new Uint8Array(), /is empty/, /PEM/],
    ['prose', 'no certificate', /holds none/, /PEM/],
    ['UTF-16', bytesOf(PEM, 'utf16le'), /is UTF-16/, /iconv -f UTF-16/],
    [
      'PKCS #7 (ca-08)',
      PEM.replaceAll('CERTIFICATE', 'PKCS7'),
      /is PKCS #7/,
      /openssl pkcs7 -inform PEM -print_certs/,
    ],
    [
      'PKCS #7 in DER',
      Uint8Array.of(0x30, 3, 6, 1, 42),
      /no certificate/,
      /pkcs7 -inform DER.*pkcs12/,
    ],
    ['a cut DER', DER.subarray(0, 100), /no certificate/, /pkcs7/],
    [
      "OpenSSL's own format",
      PEM.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
      /OpenSSL's own format/,
      /openssl x509/,
    ],
    ['a key', PEM.replaceAll('CERTIFICATE', 'PRIVATE KEY'), /private key/, /PEM/],
    ['base64 alone', base64(DER), /without the lines BEGIN/, /BEGIN CERTIFICATE/],
  ])('are not in %s, which the error says', (_, value, message, help) => {
    const { issues } = errorOf(value)
    expect(issues).toMatchObject([
      { code: 'no-certificates', severity: 'error', path: ['ca', 'registry.corp'] },
    ])
    expect(issues[0].message).toMatch(message)
    expect(issues[0].help).toMatch(help)
    expect(issues[0].message + issues[0].help).not.toContain(PEM.slice(40, 60))
  })

  it('are told by name where one is broken', () => {
    const { issues } = errorOf(`${PEM}-----BEGIN CERTIFICATE-----\n`)
    expect(issues).toMatchObject([
      {
        code: 'broken-certificate',
        path: ['ca', 'registry.corp'],
        place: { kind: 'bundle', block: 2 },
      },
    ])
  })
})
