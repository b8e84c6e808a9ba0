// No difference between the puller and this library goes untold, whatever is asked of which release.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createResolver,
  parseConfig,
  parseImageReference,
  type Resolution,
} from '../../../src/index.js'
import { comparePuller, type PullerOutcome, predictPuller } from '../../../src/puller/index.js'
import { read } from '../../support/vectors.js'

const VERSIONS = ['1.15', '1.20', '1.21', '1.22', '1.25', '1.26'] as const
const DIGEST = `@sha256:${'0'.repeat(64)}`

const documentOf = (rules: readonly (readonly [name: string, lines: string])[]) =>
  // A string of JSON is one of TOML, save for DEL.
  rules
    .map(([name, lines]) => [JSON.stringify(name).replaceAll('\x7f', '\\u007f'), lines])
    .map(([name, lines]) => `[registries.${name}]\n${lines}\n`)
    .join('')

function isReference(image: string): boolean {
  try {
    parseImageReference(image)
    return true
  } catch {
    return false
  }
}

const codesOf = (document: string, image: string, version: string) =>
  comparePuller(document, [image], { version }).map(({ code }) => code as string)

describe('another rule, or chance', () => {
  const rows = read<{ readonly keys: readonly string[]; readonly registry: string }>(
    'registry-matching.json',
  ).filter(({ registry }) => isReference(`${registry}/x/y${DIGEST}`))

  it.each(['1.20', '1.21', '1.26'])('%s: is told for just those rows that have it', (version) => {
    expect(rows.length).toBeGreaterThan(1200)
    let told = 0
    for (const { keys, registry } of rows) {
      const document = documentOf([...new Set(keys)].map((name) => [name, 'registrytoken = "t"']))
      const image = `${registry}/x/y${DIGEST}`
      const { rule } = createResolver(parseConfig(document)).resolve(image)
      const { outcomes } = predictPuller(document, { version }).resolve(image)
      const differs = outcomes.length > 1 || outcomes[0]?.rule !== rule?.name
      const codes = codesOf(document, image, version)
      const isTold = codes.includes('puller-left-to-chance') || codes.includes('puller-other-rule')
      expect(isTold, `${registry}: ${keys}`).toBe(differs)
      if (isTold) told += 1
    }
    expect(told).toBeGreaterThan(100)
  })
})

/** What shows that an outcome isn't the resolution, by the codes that may tell it. */
function differencesOf(here: Resolution, there: PullerOutcome): readonly RegExp[] {
  const plain = (schemes: readonly string[]) => schemes.includes('http')
  const hasMirror = here.endpoint.kind !== 'registry' || there.endpoint.kind !== 'registry'
  // Nothing is sent where no handshake succeeds.
  const isDenied = there.tls.kind === 'deny-all'
  const proxy = hasMirror ? /proxy|other-endpoint/ : /proxy/
  return [
    there.rule === here.rule?.name ? [] : /other-rule/,
    there.tls.kind === here.tls.kind ? [] : /trusts-/,
    isDenied || there.credentials.kind === here.credentials.kind ? [] : /credentials/,
    // A mirror's URL names its scheme.
    hasMirror || plain(there.schemes) === plain(here.schemes) ? [] : /plain-http/,
    there.endpoint.kind === here.endpoint.kind ? [] : /other-endpoint/,
    there.proxy.kind === here.proxy.kind || isDenied ? [] : proxy,
  ].flat()
}

describe('whatever the document, the image and the release', () => {
  const host = fc.constantFrom(
    ...['a.io', 'A.io', 'b.a.io', 'evila.io', 'a.io.', 'a.io:5000', '10.0.0.1', '127.0.0.1'],
    ...['[::1]', 'localhost', 'localhost:5000', 'x.localhost', 'x.local', 'docker.io'],
    ...['my127.0.0.1registry.io'],
  )
  const name = fc.constantFrom(
    ...['.', '', 'a.io.', 'A.io.', '.a.io.', 'a.io', 'a.io:5000.', 'io.', '..io.', 'a..io.'],
    ...['10.0.0.1.', '127.0.0.1', '[::1].', 'localhost.', 'localhost:5000', '.localhost.'],
    ...['local.', 'docker.io.', '.docker.io.', 'index.docker.io.'],
  )
  const lines = fc.constantFrom(
    ...['', 'ca-certs = ""', 'ca-certs = "none"', 'insecure-skip-verify = true'],
    ...['auth = "dTpw"', 'username = "u"\npassword = "p"', 'registrytoken = "r"'],
    ...['ca-certs = ""\nidentitytoken = "i"', 'ca-certs = "none"\nauth = "dTpw"'],
    ...['mirror = "https://m.corp"', 'auth = "dTpw"\nmirror = "https://m.corp/p"'],
    ...['mirror = "https://m.local/"\nmirror-fallback = true'],
    ...['insecure-skip-verify = true\nmirror = "http://m.corp"'],
  )
  const env = fc.constantFrom(
    ...['', '', 'HTTPS_PROXY = "http://p:1"', 'HTTPS_PROXY = "https://p:1"\nNO_PROXY = "a.io"'],
    ...['HTTP_PROXY = "http://p"', 'HTTPS_PROXY = "socks5://p:1"'],
  )
  const rules = fc.uniqueArray(fc.tuple(name, lines), { selector: ([one]) => one, maxLength: 4 })

  it('no difference is silent', () => {
    const told = new Set<string>()
    let same = 0
    fc.assert(
      fc.property(env, rules, host, fc.constantFrom(...VERSIONS), (keys, all, asked, version) => {
        // Names that mean the same are an error of the document.
        const known = new Set<string>()
        const unique = all.filter(([one]) => {
          const key = one.toLowerCase().replace(/\.$/, '')
          return !known.has(key) && known.add(key)
        })
        const document = `[extra-env]\n${keys}\n${documentOf(unique)}`
        const image = `${asked}/x/y${DIGEST}`
        const here = createResolver(parseConfig(document)).resolve(image)
        const { outcomes } = predictPuller(document, { version }).resolve(image)
        const codes = codesOf(document, image, version)
        const differences = outcomes.flatMap((there) => differencesOf(here, there))
        if (outcomes.length > 1) differences.push(/left-to-chance/)
        for (const code of differences) {
          expect(
            codes.some((one) => code.test(one)),
            `${code} in ${codes}`,
          ).toBe(true)
          told.add(code.source)
        }
        if (differences.length === 0) same += 1
      }),
      { numRuns: 3000 },
    )
    // The documents are of all kinds.
    expect(told.size).toBe(8)
    expect(same).toBeGreaterThan(300)
  })
})
