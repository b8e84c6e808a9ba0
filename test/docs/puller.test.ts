import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { comparePuller, PULLER_SENTENCES } from '../../src/puller/index.js'

const page = readFileSync(new URL('../../docs/puller.md', import.meta.url), 'utf8')
const DIGEST = `@sha256:${'0'.repeat(64)}`

/** The rows of the table of what the puller does otherwise: what it is about, and its findings. */
const rows = (/^\| \| 1\.15 [\s\S]*?\n\n/m.exec(page)?.[0] ?? '')
  .trimEnd()
  .split('\n')
  .slice(2)
  .map((row) => row.slice(2, -2).split(' | '))
  .map((cells) => {
    const codes = [...(cells.at(-1) ?? '').matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code)
    return { about: cells[0] ?? '', codes }
  })

type Example = readonly [text: string, image: string, version?: string]

const rule = (name: string, ...keys: string[]) => [`[registries."${name}"]`, ...keys, ''].join('\n')

/** For each row an example, or several, of which each of its codes tells something. */
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'a rule covers a name': [[rule('ghcr.io.'), 'evilghcr.io/a', '1.20']],
  'what that gives the image': [
    [rule('ghcr.io.', 'insecure-skip-verify = true'), 'evilghcr.io/a', '1.20'],
    [rule('ghcr.io.', 'auth = "dTpw"'), 'evilghcr.io/a', '1.20'],
  ],
  'what it takes away': [
    [rule('GHCR.io.', 'insecure-skip-verify = true'), 'ghcr.io/a'],
    [rule('GHCR.io.', 'auth = "dTpw"'), 'ghcr.io/a'],
  ],
  'the winner': [[`${rule('a.b.c.')}${rule('b.c.')}`, 'xa.b.c/a', '1.20']],
  'of equals': [[`${rule('a.b.')}${rule('.b.')}`, 'a.b/a']],
  'case of rule and registry': [[rule('GHCR.io.'), 'ghcr.io/a']],
  'a name without its trailing dot': [[rule('ghcr.io'), 'ghcr.io/a']],
  'a port or an address': [[rule('ghcr.io:5000.'), 'ghcr.io:5000/a']],
  'an image without a digest': [['', 'ghcr.io/a:1']],
  'what only TOML 1.1 has, or a byte order mark': [['\ufeff', 'ghcr.io/a']],
  'a value of a wrong type': [[rule('ghcr.io.', 'auth = 1'), 'ghcr.io/a']],
  'what is no TOML, in a value that nothing asks for': [['a = 01', 'ghcr.io/a']],
  'unknown keys, and keys in another case': [[rule('ghcr.io.', 'CA-Certs = ""'), 'ghcr.io/a']],
  'a broken certificate': [
    [
      rule(
        'ghcr.io.',
        "ca-certs = '''",
        '-----BEGIN CERTIFICATE-----',
        'AAAA',
        '-----END CERTIFICATE-----',
        "'''",
      ),
      'ghcr.io/a',
    ],
  ],
  'control characters in credentials': [[rule('ghcr.io.', 'auth = "dTpwCg=="'), 'ghcr.io/a']],
  '`ca-certs = ""`': [[rule('ghcr.io.', 'ca-certs = ""'), 'ghcr.io/a']],
  "plain HTTP, by the registry's name alone": [[rule('.'), '10.0.0.1/a']],
  'plain HTTP by `insecure-skip-verify`': [
    [rule('ghcr.io.', 'insecure-skip-verify = true'), 'ghcr.io/a'],
  ],
  'credentials of a rule with a mirror': [
    [rule('ghcr.io.', 'auth = "dTpw"', 'mirror = "https://m.corp"'), 'ghcr.io/a'],
  ],
  'requests to a mirror': [[rule('ghcr.io.', 'mirror = "https://m.corp"'), 'ghcr.io/a']],
  '`mirror-fallback`': [
    [rule('ghcr.io.', 'mirror = "https://m.corp"', 'mirror-fallback = true'), 'ghcr.io/a'],
  ],
  '`HTTPS_PROXY = ""` in `extra-env`': [['[extra-env]\nHTTPS_PROXY = ""', 'ghcr.io/a']],
  'a proxy that is reached by TLS, under `insecure-skip-verify`': [
    [
      `[extra-env]\nHTTPS_PROXY = "https://proxy.corp"\n${rule('ghcr.io.', 'insecure-skip-verify = true')}`,
      'ghcr.io/a',
    ],
  ],
  'a proxy below `[Extra-Env]`, in another case': [
    ['[Extra-Env]\nHTTPS_PROXY = "http://proxy.corp"', 'ghcr.io/a'],
  ],
  'a release after 1.26': [['', 'ghcr.io/a', '1.27']],
}

describe('docs/puller.md', () => {
  it('has each code with its severity and its sentences, word by word', () => {
    const [, section = ''] = page.split('\n## The findings\n')
    const listed = [...section.matchAll(/^\| `puller-.*$/gm)].map(([row]) => row)
    const wanted = Object.entries(PULLER_SENTENCES).map(
      ([code, { severity, message, help = '' }]) =>
        `| \`${code}\` | ${severity} | ${message} | ${help} |`,
    )
    expect(listed).toEqual(wanted)
    expect(listed.length).toBeGreaterThan(10)
  })

  it('tells by which finding each divergence shows, and has one for each code', () => {
    expect(rows.map(({ about }) => about)).toEqual(Object.keys(EXAMPLES))
    const told = new Set(rows.flatMap(({ codes }) => codes))
    expect([...told].sort()).toEqual(Object.keys(PULLER_SENTENCES).sort())
  })

  it.each(rows)('$about: $codes', ({ about, codes }) => {
    const found = (EXAMPLES[about] ?? []).flatMap(([text, image, version]) => {
      const asked = image.includes(':1') ? image : `${image}${DIGEST}`
      const options = version === undefined ? {} : { version }
      return comparePuller(text, [asked], options).map(({ code }) => code as string)
    })
    expect(found).toEqual(expect.arrayContaining(codes))
  })
})
