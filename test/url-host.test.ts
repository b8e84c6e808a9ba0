import { describe, expect, it } from 'vitest'
import { asciiHost, dialledHost, parseUrl } from '../src/url-host.js'

describe('dialledHost', () => {
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
    expect(dialledHost(new URL(url))).toBe(host)
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

it('parseUrl gives undefined for what is no URL', () => {
  expect(parseUrl('registry.corp')).toBeUndefined()
  expect(parseUrl('https://registry.corp')?.hostname).toBe('registry.corp')
})
