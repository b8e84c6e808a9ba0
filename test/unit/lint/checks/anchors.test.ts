import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../support/lint.js'

const CODES = [
  'certificate-not-ca',
  'weak-key',
  'weak-signature',
  'same-subject',
  'repeated-certificate',
  'private-key',
  'damaged-block',
]
const bundle = (lines: readonly string[], extra = '') =>
  `[registries."registry.corp."]\nca-certs = '''\n${lines.join('\n')}\n'''\n${extra}`

describe('the certificates of a bundle', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a CA', ['CERTIFICATE'], []],
    ["a server's certificate", ['SERVER CERTIFICATE'], ['3 warning certificate-not-ca']],
    // Version 1 has no basic constraints; Go takes such a root.
    ['a self-issued certificate without constraints', ['SELF-ISSUED CERTIFICATE'], []],
    ['an RSA key of 1024 bits', ['CERTIFICATE WITH 1024 BITS'], ['3 warning weak-key']],
    ['an RSA key of 2048 bits', ['CERTIFICATE WITH 2048 BITS'], []],
    [
      "a root's own signature, which is never verified",
      ['ROOT OVER SHA-1'],
      ['3 info weak-signature'],
    ],
    ['a signature that counts', ['INTERMEDIATE OVER SHA-1'], ['3 warning weak-signature']],
    ['two subjects', ['CERTIFICATE', 'OTHER CERTIFICATE'], []],
    ['one subject twice', ['CERTIFICATE', 'TWIN CERTIFICATE'], ['4 warning same-subject']],
    ['identifiers', ['IDENTIFIED CERTIFICATE', 'IDENTIFIED TWIN'], ['4 info same-subject']],
    ['one identifier', ['CERTIFICATE', 'IDENTIFIED TWIN'], ['4 warning same-subject']],
    ['the other identifier', ['IDENTIFIED TWIN', 'CERTIFICATE'], ['4 warning same-subject']],
    ['one certificate twice', ['CERTIFICATE', 'CERTIFICATE'], ['4 info repeated-certificate']],
    [
      'a damaged block beside a whole one',
      ['CERTIFICATE', 'DAMAGED CERTIFICATE'],
      ['4 warning damaged-block'],
    ],
    ['a damaged block first', ['DAMAGED CERTIFICATE', 'CERTIFICATE'], ['3 warning damaged-block']],
    // The configuration's own findings: no-certificates, block-left-out.
    ['a damaged block alone', ['DAMAGED CERTIFICATE'], []],
    ['a private key', ['CERTIFICATE', 'PRIVATE KEY'], []],
    ['prose beside a whole one', ['Root CA 1, the certificate of the corp', 'CERTIFICATE'], []],
  ])('%s', (_, lines, expected) => {
    expect(linesOf(bundle(lines), CODES)).toEqual(expected)
  })

  it('are not judged where insecure-skip-verify wins, save for a private key', () => {
    const lines = [
      'SERVER CERTIFICATE',
      'CERTIFICATE',
      'CERTIFICATE',
      'TWIN CERTIFICATE',
      'PRIVATE KEY',
      '-----BEGIN X-----\nAAAA\n-----END X-----',
      '-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----',
    ]
    const text = bundle([...lines, 'DAMAGED CERTIFICATE'], 'insecure-skip-verify = true\n')
    expect(linesOf(text, CODES)).toEqual(['7 warning private-key'])
  })

  it('are told apart by rules: the same CA may stand in two', () => {
    const text = `${bundle(['CERTIFICATE'])}[registries."other.corp."]\nca-certs = '''\nCERTIFICATE\n'''\n`
    expect(linesOf(text, CODES)).toEqual([])
  })

  it('are looked for in a text that is no TOML, one by one', () => {
    const text = 'x\nPRIVATE KEY\nCERTIFICATE\nCERTIFICATE\nTWIN CERTIFICATE\nSERVER CERTIFICATE\n'
    expect(linesOf(text, CODES)).toEqual(['2 warning private-key', '6 warning certificate-not-ca'])
  })

  it('of a document with another error are judged as well', () => {
    const text = bundle(['SERVER CERTIFICATE'], 'user = "x"\n')
    expect(linesOf(text, CODES)).toEqual(['3 warning certificate-not-ca'])
  })
})
