import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/index.js'
import { decodeDocument } from '../../../src/puller/document.js'
import { compileOutcomes, type PullerOutcome } from '../../../src/puller/outcome.js'
import { releaseOf } from '../../../src/puller/version.js'

/** What the rule named `a` does for an image, or none does. */
function outcomeOf(toml: string, image = 'r.corp/x', name: string | undefined = 'a') {
  const document = decodeDocument(parse(toml))
  const release = releaseOf('1.26')
  if ('expected' in document || release === undefined) throw new Error('expected a document')
  const outcomes = compileOutcomes(document, release, (shown) => shown)
  return outcomes(parseImageReference(image), name === '' ? undefined : name)
}

const proxyOf = (toml: string, image?: string): PullerOutcome['proxy'] =>
  outcomeOf(toml, image, '').proxy

describe('the way of the puller', () => {
  it.each([
    ['', 'direct'],
    ['HTTPS_PROXY = "http://p"', 'proxy'],
    ['HTTPS_PROXY = ""', 'direct'],
    ['HTTP_PROXY = "http://p"', 'direct'],
    ['https_proxy = "http://p"', 'direct'],
    ['HTTPS_PROXY = "http://p"\nNO_PROXY = ".corp"', 'direct'],
    ['HTTPS_PROXY = "::"', 'unclear'],
  ])('%j: %s', (keys, kind) => expect(proxyOf(`[extra-env]\n${keys}`).kind).toBe(kind))

  it.each([
    ['a.corp/x', 'direct'],
    ['A.corp/x', 'direct'],
    ['a.corp:5000/x', 'direct'],
    ['a.corp./x', 'unclear'],
    ['a.corp.:5000/x', 'unclear'],
    ['b.io./x', 'proxy'],
    ['LOCALHOST:80/x', 'unclear'],
    ['localhost:80/x', 'direct'],
    ['a.corp:0443/x', 'unclear'],
    ['[::FFFF:127.0.0.1]/x', 'direct'],
    ['127.0.0.1/x', 'direct'],
    ['[::1]/x', 'direct'],
    ['127.1/x', 'unclear'],
    ['1.2.3.4.5/x', 'undialable'],
  ])('past a proxy is certain only where httpproxy reads the host alike: %s: %s', (image, kind) => {
    const toml = '[extra-env]\nHTTPS_PROXY = "http://p"\nNO_PROXY = "a.corp"'
    expect(proxyOf(toml, image).kind).toBe(kind)
    expect(proxyOf('', image).kind).toBe(kind === 'undialable' ? kind : 'direct')
  })

  it.each([
    ['b.io.', 'unclear'],
    ['.io. ', 'unclear'],
    ['a.corp, . ,b', 'unclear'],
    ['io.:443', 'unclear'],
    ['b.io', 'unclear'],
    ['io.corp', 'proxy'],
    ['', 'proxy'],
  ])('for a host with a trailing dot and NO_PROXY %j: %s', (noProxy, kind) => {
    const proxies = `[extra-env]\nHTTPS_PROXY = "http://p"\nNO_PROXY = "${noProxy}"`
    expect(proxyOf(proxies, 'b.io./x').kind).toBe(kind)
    const rule = '[registries.a]\nmirror = "https://b.io."'
    expect(outcomeOf(`${proxies}\n${rule}`).proxy.kind).toBe(kind)
  })

  it.each([
    ['m.corp', 'direct'],
    ['M.corp:443/v', 'direct'],
    ['m.corp.', 'unclear'],
    ['m.corp.:5000/v', 'unclear'],
    ['localhost.', 'unclear'],
    ['n.io.', 'proxy'],
    ['LocalHost', 'unclear'],
    ['m.corp:0443', 'unclear'],
    ['127.0.0.1:80', 'direct'],
    ['[::1]:080', 'unclear'],
    ['[::0001]:80', 'direct'],
  ])('to a mirror is certain by the same rule: %s: %s', (mirror, kind) => {
    const rule = `[registries.a]\nmirror = "https://${mirror}"`
    const proxies = '[extra-env]\nHTTPS_PROXY = "http://p"\nNO_PROXY = "m.corp"'
    expect(outcomeOf(`${proxies}\n${rule}`).proxy.kind).toBe(kind)
    expect(outcomeOf(rule).proxy.kind).toBe('direct')
  })

  it("is that of the mirror's URL, where there is one", () => {
    const toml = '[extra-env]\nHTTP_PROXY = "http://p"\n[registries.a]\nmirror = "http://m.corp"'
    expect(outcomeOf(toml).proxy.kind).toBe('proxy')
    expect(outcomeOf(toml.replace('http://m.corp', 'm.corp')).proxy.kind).toBe('unclear')
  })
})
