// What a list costs in time and memory is in proportion to its length, and a look-up to the host's.
import { describe, expect, it } from 'vitest'
import { parseIpAddress } from '../../../src/net/ip-address.js'
import { compileNoProxy } from '../../../src/proxy/no-proxy.js'
import { faultyEntries } from '../../../src/proxy/no-proxy-faults.js'
import { bytesKeptBy } from '../../support/memory.js'
import { expectProportion } from '../../support/proportion.js'

describe('costs what the list and the host cost', () => {
  it.each<[content: string, list: (length: number) => string]>([
    ['commas', (n) => ','.repeat(n)],
    ['white space', (n) => ' '.repeat(n)],
    ['short names', (n) => 'ab,'.repeat(n / 4)],
    ['different names', (n) => Array.from({ length: n / 8 }, (_, i) => i.toString(36)).join()],
    ['one name of many labels', (n) => 'a.'.repeat(n / 2)],
    ['one name of many labels, without a trailing dot', (n) => `${'a.'.repeat(n / 2)}a`],
    ['dots', (n) => '.'.repeat(n)],
    ['colons', (n) => ':'.repeat(n)],
    ['brackets', (n) => '[:'.repeat(n / 2)],
    ['letters outside of ASCII', (n) => 'ü'.repeat(n)],
    ['an encoded label', (n) => `ü.xn--${'a'.repeat(n)}`],
    ['addresses', (n) => '10.0.0.1,'.repeat(n / 8)],
    ['ranges', (n) => '::/99,'.repeat(n / 8)],
  ])('a list of %s is read in linear time', (_, list) => {
    const run = (text: string) => {
      compileNoProxy(text)
      faultyEntries(text)
    }
    expectProportion(run, list(2 ** 14), list(2 ** 17))
  })

  it.each<[content: string, list: string]>([
    ['one name of half a million labels', `${'a.'.repeat(2 ** 19 - 1)}a`],
    ['as many different names as there can be', namesOf(2 ** 20)],
    ['as many different addresses', addressesOf(2 ** 20)],
    ['an address over and over', '::1,'.repeat(2 ** 18)],
  ])('a list of 1 MiB, %s, keeps at most 64 bytes for each of its own', (_, list) => {
    expect(bytesKeptBy(() => compileNoProxy(list))).toBeLessThan(2 ** 26)
  })

  it('one entry of 1 MiB keeps less than 8 MiB', () => {
    const list = `${'a.'.repeat(2 ** 19 - 1)}a`
    expect(bytesKeptBy(() => compileNoProxy(list))).toBeLessThan(2 ** 23)
  })

  it('and a look-up costs no more for a longer host than the longest entry asks for', () => {
    const noProxy = compileNoProxy(`${'a.'.repeat(400)}b,b`)
    const host = (labels: number) => `${'a.'.repeat(labels)}b`
    expect(noProxy(host(500), undefined, '443')).toBe(`${'a.'.repeat(400)}b`)
    expectProportion((name) => noProxy(name, undefined, '443'), host(2 ** 15), host(2 ** 18))
  })

  it.each<[of: string, list: (size: number) => string, host: string]>([
    ['names', (n) => Array.from({ length: n }, (_, i) => `r${i}.corp`).join(), 'a.b.r7.corp'],
    ['addresses', (n) => `${'10.0.0.1,10.0.0.2,10.0.0.3,'.repeat(n)}11.0.0.1`, '12.0.0.1'],
  ])('whatever the number of %s', (_, list, host) => {
    const [few, many] = [compileNoProxy(list(10)), compileNoProxy(list(10_000))]
    const address = parseIpAddress(host)
    const run = (noProxy: typeof few) => {
      for (let i = 0; i < 20_000; i++) noProxy(host, address, '443')
    }
    // Both sizes take alike: far from eight times as long, let alone a thousand times.
    expectProportion(run, few, many)
  })
})

/** Different names of three letters, as many as fit. */
function namesOf(length: number): string {
  return Array.from({ length: length / 4 }, (_, i) => i.toString(36).padStart(3, 'g')).join()
}

function addressesOf(length: number): string {
  return Array.from(
    { length: length / 14 },
    (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
  ).join()
}
