import { describe, expect, it } from 'vitest'
import { readAlternativeNames } from '../../../src/certificates/alternative-names.js'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { type Bytes, element, sequence, set } from '../../support/der-builder.js'

const EMAIL = 0x81
const DNS = 0x82
const DIRECTORY = 0xa4
const URI = 0x86
const IP = 0x87
const MAPPED = [...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 1]
const V6 = [0x20, 0x01, 0x0d, 0xb8, ...Array(12).fill(0)]

describe('subject alternative names', () => {
  const check = (...names: readonly Bytes[]) => {
    return () => readAlternativeNames(sequence(...names))
  }

  it.each<[readonly Bytes[], string]>([
    [[], 'none'],
    [
      [element(DNS, 'example.corp'), element(EMAIL, 'a@b'), element(URI, 'https://a/')],
      'three kinds',
    ],
    [[element(DNS, '')], 'an empty domain, which Go takes here'],
    [[element(DNS, 'a b..')], 'no domain at all, which Go takes here'],
    [[element(URI, 'https://[::1')], 'uri-name: a URI that Go refuses'],
    [[element(IP, [192, 0, 2, 1])], 'IPv4'],
    [[element(IP, V6)], 'IPv6'],
    [
      [element(IP, [...MAPPED.slice(0, 9), 1, ...MAPPED.slice(10)])],
      'nearly an IPv4-mapped address',
    ],
    [[element(IP, [...MAPPED.slice(0, 10), 0xfe, ...MAPPED.slice(11)])], 'nearly another one'],
    [[element(IP, [...MAPPED.slice(0, 11), 0xfe, ...MAPPED.slice(12)])], 'nearly a third one'],
    [[element(DIRECTORY, sequence()), element(0x88, [0x2a, 0x80])], 'kinds that Go leaves unread'],
  ])('%# is taken: %s', (names) => expect(check(...names)).not.toThrow())

  it.each<[readonly Bytes[], string]>([
    [[element(DNS, 'é')], 'a domain beyond ASCII'],
    [[element(EMAIL, 'é@b')], 'a mailbox beyond ASCII'],
    [[element(URI, 'https://é/')], 'a URI beyond ASCII'],
    [[element(IP, [192, 0, 2])], 'three octets'],
    [[element(IP, [192, 0, 2, 0, 24])], 'five octets'],
    [[element(IP, [])], 'no octets'],
    [[element(IP, [192, 0, 2, 0, 255, 255, 255, 0])], 'a network'],
    [[element(IP, MAPPED)], 'an IPv4-mapped address'],
    [[element(DNS, 'a'), [DNS]], 'half a name'],
  ])('%# is refused: %s', (names) =>
    expect(check(...names)).toThrow(new CertificateFault('subject-alternative-name')),
  )

  it('are a SEQUENCE', () => {
    expect(() => readAlternativeNames(set())).toThrow(CertificateFault)
  })
})
