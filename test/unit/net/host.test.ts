import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiHost, endsInNumber, hostOfUrl } from '../../../src/net/host.js'
import { expectProportion } from '../../support/proportion.js'

describe('endsInNumber', () => {
  it.each<[host: string, answer: boolean, reason: string]>([
    ['1', true, 'one number'],
    ['1.', true, 'a trailing dot is passed over'],
    ['1..', false, 'but one only'],
    ['127.1', true, 'a short form of 127.0.0.1'],
    ['127.0.0.1', true, 'an IPv4 address'],
    ['registry.corp.1', true, 'refused by every URL parser'],
    ['registry.corp.09', true, 'digits, though not octal'],
    ['0x7f', true, 'hexadecimal'],
    ['0X7F.', true, 'hexadecimal, upper case'],
    ['0x', true, 'the parser reads it as 0'],
    ['a.0x', true, 'the same in the last label'],
    ['99999999999999999999999', true, 'too large, so refused'],
    ['', false, 'empty'],
    ['.', false, 'a dot alone'],
    ['1.a', false, 'a number in another label'],
    ['a1', false, 'a digit at the end of a name'],
    ['1a', false, 'a digit at the start of a name'],
    ['0xg', false, 'no hexadecimal digit'],
    ['x0', false, 'no prefix'],
    ['00x1', false, 'no prefix'],
    ['1.0x1-', false, 'a hyphen'],
    ['registry.corp', false, 'a domain name'],
  ])('%j: %s, %s', (host, answer) => {
    expect(endsInNumber(host)).toBe(answer)
  })

  const agreesWithUrl = (check: typeof endsInNumber) =>
    fc.property(fc.string({ unit: fc.constantFrom(...'0189afx-.'), minLength: 1 }), (host) => {
      const parsed = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
      const dialledAsName = parsed !== '' && isIP(parsed) === 0
      if (check(host)) expect(dialledAsName).toBe(false)
      else if (parsed !== '') expect(dialledAsName).toBe(true)
    })

  it('agrees with the URL parser', () => {
    fc.assert(agreesWithUrl(endsInNumber), { numRuns: 5000 })
  })

  it.each<[mutant: string, typeof endsInNumber]>([
    ['decimal numbers', (host) => /(^|\.)\d+\.?$/.test(host)],
    ['names without a trailing dot', (host) => !host.endsWith('.') && endsInNumber(host)],
    ['last characters', (host) => /\d$/.test(host)],
  ])('and a check of %s alone is caught', (_, mutant) => {
    expect(() => fc.assert(agreesWithUrl(mutant), { numRuns: 5000, endOnFailure: true })).toThrow()
  })
})

describe('hostOfUrl', () => {
  it.each<[url: string, host: string, reason: string]>([
    ['https://registry.corp:5000/v2/', 'registry.corp', 'a name'],
    ['https://REGISTRY.corp', 'registry.corp', 'lower case'],
    ['https://registry.corp.', 'registry.corp', 'the trailing dot is dropped'],
    ['https://registry.corp..', 'registry.corp.', 'one trailing dot is'],
    ['https://.', '', 'the root alone'],
    ['https://127.1', '127.0.0.1', 'a short form'],
    ['https://127.0.0.1.', '127.0.0.1', 'an address with a dot'],
    ['https://0x7f.1', '127.0.0.1', 'hexadecimal'],
    ['https://１２７.0.0.1', '127.0.0.1', 'full width digits'],
    ['https://[::FFFF:127.0.0.1]', '::ffff:7f00:1', 'no brackets'],
    ['https://registry。corp', 'registry.corp', 'an ideographic full stop'],
    ['https://BÜCHER.example', 'xn--bcher-kva.example', 'IDNA'],
    ['https://a@registry.corp', 'registry.corp', 'no user info'],
    ['https:\\\\registry.corp\\x', 'registry.corp', 'backslashes are slashes'],
    ['https://reg%69stry.corp', 'registry.corp', 'escapes'],
  ])('of %s is %j: %s', (url, host) => {
    expect(hostOfUrl(new URL(url))).toBe(host)
  })
})

describe('asciiHost', () => {
  it.each<[name: string, host: string | undefined, reason: string]>([
    ['bücher.example', 'xn--bcher-kva.example', 'IDNA'],
    ['BÜCHER.example.', 'xn--bcher-kva.example.', 'the trailing dot stays'],
    ['βόλοσ.gr', 'xn--nxasmq6b.gr', 'a sigma in the middle form'],
    ['ΒΌΛΟΣ.gr', 'xn--nxasmq6b.gr', 'capitals become that form, whatever the place'],
    ['\u200bregistry.corp', 'registry.corp', 'what IDNA ignores'],
    ['my_registry.corp', 'my_registry.corp', 'an underscore'],
    ['１０.0.0.1', '10.0.0.1', 'full width digits'],
    ['bücher.example/x', undefined, 'a path'],
    ['bücher.example:443', undefined, 'a port'],
    ['a@bücher.example', undefined, 'user info'],
    ['bücher.example?x', undefined, 'a query'],
    ['b%C3%BCcher.example', undefined, 'escapes'],
    ['bücher example', undefined, 'a space'],
    ['bücher／x', undefined, 'a full width slash'],
    ['bücher＠x', undefined, 'a full width at sign'],
    ['\ud800', undefined, 'a lone surrogate'],
    ['\u00ad', undefined, 'nothing once IDNA is done'],
    ['1.2.3.256', undefined, 'ends in a number and is no address'],
    ['', undefined, 'empty'],
  ])('of %j is %j: %s', (name, host) => {
    expect(asciiHost(name)).toBe(host)
  })
})

it('asciiHost takes linear time for a megabyte of an encoded label', () => {
  const name = (length: number) => `xn--${'a'.repeat(length)}.corp`
  expectProportion(asciiHost, name(2 ** 15), name(2 ** 18))
})
