import { describe, expect, it } from 'vitest'
import { CertificateFault } from '../../../src/certificates/fault.js'
import { readNameConstraints } from '../../../src/certificates/name-constraints.js'
import { type Bytes, bytesOf, element, integer, sequence, set } from '../../support/der-builder.js'

const EMAIL = 0x81
const DNS = 0x82
const DIRECTORY = 0xa4
const URI = 0x86
const IP = 0x87
const MAPPED = [...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 1]
const V6 = [0x20, 0x01, 0x0d, 0xb8, ...Array(12).fill(0)]

describe('name constraints', () => {
  const permitted = (...trees: readonly Bytes[]) => element(0xa0, ...trees)
  const excluded = (...trees: readonly Bytes[]) => element(0xa1, ...trees)
  const tree = (tag: number, value: Bytes) => sequence(element(tag, value))
  const check = (bytes: Bytes) => {
    return () => readNameConstraints(bytesOf(bytes))
  }

  it.each<[number, Bytes, string]>([
    [DNS, 'example.corp', 'a domain'],
    [DNS, '.example.corp', 'subdomains only'],
    [DNS, '', 'every domain'],
    [DNS, 'a_b!~', 'any visible ASCII'],
    [DNS, `${'a'.repeat(64)}.corp`, 'a label that DNS does not take'],
    [EMAIL, 'example.corp', 'the mailboxes of a domain'],
    [EMAIL, "a.b!#$%&'*+-/=?^_`{|}~@example.corp", 'a mailbox'],
    [EMAIL, 'a@', 'a mailbox without a domain, which Go takes'],
    [URI, 'example.corp', 'a domain'],
    [URI, '.example.corp', 'subdomains'],
    [URI, '1.2.3', 'three numbers'],
    [URI, '1.2.3.4a', 'not quite four numbers'],
    [URI, '1.2.3.4.5', 'five numbers'],
    [IP, [192, 0, 2, 0, 255, 255, 255, 0], 'an IPv4 network'],
    [IP, [192, 0, 2, 0, 255, 255, 240, 0], 'a mask that ends within an octet'],
    [IP, [0, 0, 0, 0, 0, 0, 0, 0], 'every IPv4 address'],
    [IP, [192, 0, 2, 1, 255, 255, 255, 255], 'one address'],
    [IP, [...V6, ...Array(4).fill(255), ...Array(12).fill(0)], 'an IPv6 network'],
    [DIRECTORY, sequence(), 'a kind that Go leaves unread'],
  ])('tag %i, %j is taken: %s', (tag, value) => {
    expect(check(sequence(permitted(tree(tag, value))))).not.toThrow()
    expect(check(sequence(excluded(tree(tag, value))))).not.toThrow()
  })

  it.each<[number, Bytes, string]>([
    [DNS, 'example.corp.', 'a trailing dot'],
    [DNS, '.', 'a dot'],
    [DNS, '..a', 'an empty label'],
    [DNS, 'a..b', 'an empty label in the middle'],
    [DNS, 'a b', 'a blank'],
    [DNS, 'a\u007f', 'a control character'],
    [DNS, 'é', 'a domain beyond ASCII'],
    [EMAIL, 'é', 'a domain beyond ASCII'],
    [EMAIL, 'a b', 'a domain with a blank'],
    [EMAIL, '@example.corp', 'no local part'],
    [EMAIL, 'a@.example.corp', 'a mailbox at subdomains'],
    [EMAIL, 'a@b.', 'a trailing dot'],
    [EMAIL, '.a@b', 'a dot in front'],
    [EMAIL, 'a.@b', 'a dot at the end'],
    [EMAIL, 'a..b@c', 'two dots'],
    [EMAIL, 'a b@c', 'a blank in the local part'],
    [EMAIL, '"a"@b', 'constraint-name: a quoted local part, which Go takes'],
    [EMAIL, 'a\\b@c', 'constraint-name: a backslash, which Go takes'],
    [URI, 'é', 'a domain beyond ASCII'],
    [URI, '192.0.2.1', 'an IPv4 address'],
    [URI, '::1', 'an IPv6 address'],
    [URI, 'a:443', 'constraint-name: a colon, which Go takes'],
    [URI, 'a.', 'a trailing dot'],
    [IP, [192, 0, 2, 0], 'no mask'],
    [IP, [192, 0, 2, 0, 255, 0, 255, 0], 'a mask with a hole'],
    [IP, [192, 0, 2, 0, 255, 255, 255, 1], 'a mask with a one at the end'],
    [IP, [192, 0, 2, 0, 253, 0, 0, 0], 'a mask with a hole within an octet'],
    [IP, [...MAPPED, ...Array(16).fill(255)], 'an IPv4-mapped network'],
    [IP, [], 'nothing'],
  ])('tag %i, %j is refused: %s', (tag, value) => {
    const error = new CertificateFault('name-constraints')
    expect(check(sequence(permitted(tree(tag, value))))).toThrow(error)
    expect(check(sequence(permitted(tree(DNS, 'a')), excluded(tree(tag, value))))).toThrow(error)
  })

  it.each<[Bytes, string]>([
    [set(), 'no SEQUENCE'],
    [sequence(), 'neither permitted nor excluded names'],
    [sequence(permitted()), 'no permitted names'],
    [sequence(permitted(tree(DNS, 'a')), excluded()), 'no excluded names'],
    [sequence(excluded(tree(DNS, 'a')), permitted(tree(DNS, 'a'))), 'the wrong order'],
    [sequence(permitted(tree(DNS, 'a')), integer(1)), 'something else at the end'],
    [bytesOf(sequence(permitted(tree(DNS, 'a'))), integer(1)), 'something behind it'],
    [sequence(permitted(element(DNS, 'a'))), 'a name without a SEQUENCE'],
    [sequence(permitted(sequence())), 'an empty subtree'],
  ])('%# is refused: %s', (bytes) =>
    expect(check(bytes)).toThrow(new CertificateFault('name-constraints')),
  )

  it('may have a minimum and a maximum, which Go leaves unread', () => {
    const bounded = sequence(element(DNS, 'a'), element(0x80, [0]), element(0x81, [1]))
    expect(check(sequence(permitted(bounded)))).not.toThrow()
  })
})
