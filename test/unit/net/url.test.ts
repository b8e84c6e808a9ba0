import { describe, expect, it } from 'vitest'
import { isHostTooLong, MAX_HOST, parseUrl } from '../../../src/net/url.js'
import { expectProportion } from '../../support/proportion.js'

const LONGEST = 'a'.repeat(MAX_HOST)

describe('parseUrl', () => {
  it.each<[url: string, host: string | undefined, reason: string]>([
    ['registry.corp', undefined, 'no scheme'],
    ['https://registry.corp', 'registry.corp', 'a URL'],
    [`https://${LONGEST}/`, LONGEST, 'the longest host'],
    [`https://user:${'p'.repeat(9999)}@${LONGEST}/`, LONGEST, 'user info is no host'],
    [`https://a@b@${LONGEST}/`, LONGEST, 'the last @ ends it'],
    [`https://registry.corp/${'ä'.repeat(9999)}`, 'registry.corp', 'nor is the path'],
    [`https://registry.corp?${'ä'.repeat(9999)}`, 'registry.corp', 'or the query'],
    [`https://registry.corp#${'ä'.repeat(9999)}`, 'registry.corp', 'or the fragment'],
    [`https:\\\\registry.corp\\${'a'.repeat(9999)}`, 'registry.corp', 'behind backslashes'],
    [`https://${LONGEST}a/`, undefined, 'a character too many'],
    [`https:${LONGEST}a/`, undefined, 'without slashes'],
    [`HTTPS:///\\//${LONGEST}a/`, undefined, 'with many'],
    [`\n https://${LONGEST}a/`, undefined, 'behind what the parser drops'],
    [`ht\ttps:\n//${LONGEST}a/`, undefined, 'with what it drops within'],
    [`https://u:p@${LONGEST}a/`, undefined, 'behind user info'],
    [`ws://${LONGEST}a/`, undefined, 'of another scheme with domains'],
    [`https://${'ä'.repeat(MAX_HOST + 1)}/`, undefined, 'in other letters'],
  ])('%s has the host %s: %s', (url, host) => {
    expect(parseUrl(url)?.hostname).toBe(host)
  })

  it('leaves schemes alone whose hosts are no domains', () => {
    expect(isHostTooLong(`data:${'a'.repeat(9999)}`)).toBe(false)
    expect(isHostTooLong(`docker://${'a'.repeat(9999)}`)).toBe(false)
    expect(isHostTooLong('a'.repeat(9999))).toBe(false)
    expect(parseUrl(`data:${'a'.repeat(9999)}`)?.protocol).toBe('data:')
  })

  it.each([
    'https://xn--',
    'https:/\\',
    'https://a@',
    'https://[',
    'https://a.xn--',
    ' ',
    '\t',
    'https://%78n--',
  ])('threat 23: takes linear time for %j and a megabyte', (before) => {
    for (const unit of ['a', '@', '/', '\t', '%61', 'ü']) {
      const text = (length: number) => `${before}${unit.repeat(length)}/`
      expectProportion(parseUrl, text(2 ** 12), text(2 ** 15))
    }
  })

  it('threat 23: gives a megabyte of an encoded label to no parser', () => {
    const text = (length: number) => `https://xn--${'a'.repeat(length)}.corp/`
    expectProportion(parseUrl, text(2 ** 17), text(2 ** 20))
    expect(parseUrl(text(2 ** 20))).toBeUndefined()
  })
})
