import { describe, expect, it } from 'vitest'
import { isForHost } from '../../../src/inspect/host-name.js'

const of = (dns: readonly string[], ip: readonly (readonly number[])[] = []) => {
  return { dns, ip: ip.map((octets) => Uint8Array.from(octets)), email: [], uri: [] }
}
const V6 = [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 1]

describe('a certificate is for a host', () => {
  it.each([
    ['registry.corp', 'registry.corp', 'the name'],
    ['Registry.CORP', 'registry.corp', 'upper case in the certificate'],
    ['registry.corp', 'REGISTRY.corp', 'upper case in the host'],
    ['registry.corp', 'registry.corp.', "the host's trailing dot"],
    ['*.corp', 'registry.corp', 'a wildcard for one label'],
    ['*.registry.corp', 'a-b.registry.corp', 'a wildcard below'],
    ['a_b.corp', 'a_b.corp', 'an underscore, which Go takes'],
    ['localhost', 'localhost', 'one label'],
    ['*', '*', 'a wildcard alone, as it is'],
    ['a b.corp', 'A b.corp', 'a name that DNS does not have, as it is'],
  ])('%s for %s: %s', (name, host) => expect(isForHost(of([name]), host)).toBe(true))

  it.each([
    ['192.0.2.1', [192, 0, 2, 1], 'IPv4'],
    ['2001:db8::1', V6, 'IPv6'],
    ['[2001:db8::1]', V6, 'IPv6 in brackets'],
    ['::ffff:192.0.2.1', [192, 0, 2, 1], 'IPv4-mapped'],
  ])('%s: %s', (host, octets) => expect(isForHost(of([], [octets]), host)).toBe(true))
})

describe('a certificate is not for a host', () => {
  it.each([
    ['registry.corp', 'evilregistry.corp', 'a suffix that is no label'],
    ['registry.corp', 'registry.corp.evil', 'a prefix'],
    ['registry.corp', 'a.registry.corp', 'a subdomain'],
    ['*.corp', 'corp', 'a wildcard for no label'],
    ['*.corp', 'a.b.corp', 'a wildcard for two labels'],
    ['*.corp', '.corp', 'a wildcard for an empty label'],
    ['a*.corp', 'ab.corp', 'part of a label'],
    ['*a.corp', 'ba.corp', 'part of a label'],
    ['a.*.corp', 'a.b.corp', 'a wildcard that is not first'],
    ['*.*.corp', 'a.b.corp', 'two wildcards'],
    ['registry.corp.', 'registry.corp', "the certificate's trailing dot"],
    ['192.0.2.1', '192.0.2.1', 'an address among the domains'],
    ['*.0.2.1', '192.0.2.1', 'a wildcard for an address'],
    ['', '', 'nothing'],
    ['.', '.', 'a dot'],
    ['registry.corp', '', 'no host'],
    ['registry.corp', 'registry.corp:443', 'a port'],
    ['k.corp', '\u212a.corp', 'a Kelvin sign'],
    ['*', 'localhost', 'a wildcard alone for one label, which Go 1.26 refuses'],
    ['*', 'localhost.', 'a wildcard alone for one label with a dot behind it'],
    ['*', 'a.corp', 'a wildcard alone for two labels'],
    ['*.', 'localhost.', 'a wildcard with nothing behind its dot'],
    ['*.corp', '*.corp.evil', 'a wildcard that is asked for'],
  ])('%s for %s: %s', (name, host) => expect(isForHost(of([name]), host)).toBe(false))

  it.each([
    ['192.0.2.1', [192, 0, 2, 2], 'another address'],
    ['192.0.2.1', [...Array(10).fill(0), 0xff, 0xff, 192, 0, 2, 1], 'IPv4 in IPv6'],
    ['2001:db8::1', [192, 0, 2, 1], 'another family'],
    ['192.0.2.1.', [192, 0, 2, 1], 'a trailing dot'],
    ['0xc0.0.2.1', [192, 0, 2, 1], 'a number that Go does not read'],
    ['2001:db8::1%eth0', V6, 'a zone, which Go 1.27 leaves out, and Go 1.26 does not read'],
  ])('%s: %s', (host, octets) => expect(isForHost(of([], [octets]), host)).toBe(false))

  it('without alternative names', () => expect(isForHost(undefined, 'registry.corp')).toBe(false))
})
