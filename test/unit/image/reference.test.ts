import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ImageReferenceError } from '../../../src/image/error.js'
import { type ImageReference, parseImageReference } from '../../../src/image/reference.js'
import { expectProportion } from '../../support/proportion.js'
import vectors from '../../vectors/image-refs.json' with { type: 'json' }

interface Want {
  readonly ok: boolean
  readonly registry?: string
  readonly repository?: string
  readonly kind?: string
  readonly identifier?: string
  readonly name?: string
}
interface Case {
  readonly category: string
  readonly ref: string
  readonly want: Want
}

const cases = vectors.cases as readonly Case[]
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

function attempt(text: string): ImageReference | ImageReferenceError {
  try {
    return parseImageReference(text)
  } catch (error) {
    if (error instanceof ImageReferenceError) return error
    throw error
  }
}

function agrees(got: ImageReference | ImageReferenceError, want: Want): boolean {
  if (got instanceof ImageReferenceError) return !want.ok
  return (
    want.ok &&
    got.registry === want.registry &&
    got.repository === want.repository &&
    got.name === want.name &&
    (want.kind === 'digest' ? got.digest : got.tag) === want.identifier &&
    (want.kind !== 'digest' || got.tag === undefined)
  )
}

/* The predicates judge by go-containerregistry's own answer, with expressions that share no code with the
 * scanner. The texts are short, so that what could backtrack here costs nothing. */

const HOST = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(\d+))?$/
const WORDS = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const isPlainRegistry = (registry: string) => {
  const match = HOST.exec(registry)
  const port = match?.[1] === undefined ? 1 : Number(match[1])
  return match !== null && port >= 1 && port <= 65535
}
const hasTagBesideDigest = (ref: string) => /:[^/@]*@/.test(ref)
const meansHub = (registry: string) =>
  registry !== 'index.docker.io' && /^(?:index\.)?docker\.io\.?$/i.test(registry)

const page = readFileSync(new URL('../../../docs/deviations.md', import.meta.url), 'utf8')

/** Each class of deviation, by its name in docs/deviations.md. */
const DEVIATIONS: Readonly<Record<string, (c: Case) => boolean>> = {
  'the tag beside a digest is kept': ({ ref, want }) => want.ok && hasTagBesideDigest(ref),
  'a registry that is no plain name, address or port is refused': ({ want }) =>
    want.ok && !isPlainRegistry(want.registry ?? ''),
  'a repository outside the grammar is refused': ({ want }) =>
    want.ok && !WORDS.test(want.repository ?? ''),
  'a repository of more than 255 characters is refused': ({ want }) =>
    want.ok && (want.repository ?? '').length > 255,
  'a tag outside the grammar is refused': ({ want }) =>
    want.ok && want.kind === 'tag' && !/^\w[\w.-]{0,127}$/.test(want.identifier ?? ''),
  'a host of more than 253 characters is refused': ({ want }) =>
    want.ok && (want.registry ?? '').replace(/:\d+$/, '').length > 253,
  'every spelling of docker.io means Docker Hub': ({ want }) =>
    want.ok && meansHub(want.registry ?? '') && !want.repository?.includes('/'),
}

describe('the vectors', () => {
  it.each(Object.entries(DEVIATIONS))('deviation: %s', (name, isOf) => {
    const differing = cases.filter((c) => isOf(c) && !agrees(attempt(c.ref), c.want))
    expect(differing.length).toBeGreaterThan(0)
    expect(page).toContain(`| ${name} |`)
  })

  it('agree but for the deviations', () => {
    const unexplained = cases.filter(
      (c) => !agrees(attempt(c.ref), c.want) && !Object.values(DEVIATIONS).some((isOf) => isOf(c)),
    )
    expect(unexplained.map((c) => c.ref)).toEqual([])
  })

  it('are refused where a deviation says so, and keep the rest', () => {
    for (const c of cases) {
      const got = attempt(c.ref)
      const isRefused = Object.entries(DEVIATIONS).some(([name, isOf]) => {
        return name.endsWith('refused') && isOf(c)
      })
      if (isRefused) expect(got, c.ref).toBeInstanceOf(ImageReferenceError)
    }
  })
})

const parsed: readonly (readonly [string, string, Partial<ImageReference>])[] = [
  [
    'nginx',
    'the defaults',
    { host: 'index.docker.io', repository: 'library/nginx', tag: 'latest' },
  ],
  [
    'acme/app',
    'no dot, no colon: not a registry',
    { host: 'index.docker.io', repository: 'acme/app' },
  ],
  [
    'ghcr.io:443',
    'no slash: a tag',
    { repository: 'library/ghcr.io', tag: '443', port: undefined },
  ],
  ['ghcr.io:443/a', 'a port', { registry: 'ghcr.io:443', host: 'ghcr.io', port: 443 }],
  ['r.io:0443/a', 'the port as a number', { registry: 'r.io:0443', port: 443 }],
  ['Ghcr.IO./a', 'host in normal form', { registry: 'Ghcr.IO.', host: 'ghcr.io' }],
  ['docker.io/nginx', 'the alias', { registry: 'index.docker.io', repository: 'library/nginx' }],
  [
    'DOCKER.IO/nginx',
    'the alias in upper case',
    { registry: 'DOCKER.IO', host: 'index.docker.io', repository: 'library/nginx' },
  ],
  [
    'docker.io./a/b',
    'the alias with a dot',
    { registry: 'docker.io.', host: 'index.docker.io', repository: 'a/b' },
  ],
  ['docker.io:5000/a', 'no alias with a port', { host: 'docker.io', port: 5000, repository: 'a' }],
  ['localhost/a', 'localhost is a registry', { host: 'localhost', repository: 'a' }],
  ['[::1]:5000/a', 'IPv6 keeps brackets', { host: '[::1]', port: 5000 }],
  ['[2001:DB8::1]/a', 'IPv6 in lower case', { registry: '[2001:DB8::1]', host: '[2001:db8::1]' }],
  [
    `r.io/a:v1@${DIGEST}`,
    'tag and digest',
    { tag: 'v1', digest: DIGEST, name: `r.io/a@${DIGEST}` },
  ],
  [`r.io/a@${DIGEST}`, 'digest alone', { tag: undefined, digest: DIGEST }],
  ['r.io/a__b/c-----d.e_f', 'all separators', { repository: 'a__b/c-----d.e_f' }],
  ['toString.valueOf/constructor', 'no property names', { host: 'tostring.valueof' }],
]

const refused: readonly (readonly [string, string, string, string])[] = [
  ['', 'reference', 'empty', 'nothing at all'],
  ['https://ghcr.io/x', 'registry', 'scheme', 'the scheme is to be left out'],
  ['docker://ghcr.io/x', 'registry', 'scheme', 'any scheme'],
  ['user@evil/x', 'registry', 'user-info', 'threat 6: user info'],
  ['a:b@c/x', 'registry', 'user-info', 'threat 6: user info with password'],
  ['//x', 'repository', 'invalid-grammar', 'threat 6: an empty first component'],
  ['a\\b/x', 'repository', 'invalid-character', 'threat 6: a backslash'],
  ['ghcr.io%2e/x', 'registry', 'invalid-host', 'threat 6: percent encoding'],
  [
    'foo。bar/x',
    'repository',
    'invalid-character',
    'threat 13: an ideographic full stop, no registry',
  ],
  ['foo。b.ar/x', 'registry', 'invalid-host', 'threat 13: an ideographic full stop'],
  ['ｇhcr.io/x', 'registry', 'invalid-host', 'threat 13: full width'],
  ['regıstry.corp/x', 'registry', 'invalid-host', 'threat 13: dotless i'],
  ['\u212a.corp/x', 'registry', 'invalid-host', 'threat 13: the Kelvin sign'],
  ['r!.io/x', 'registry', 'invalid-host', 'an exclamation mark'],
  ['.corp/x', 'registry', 'invalid-host', 'an empty label'],
  ['a..b/x', 'registry', 'invalid-host', 'an empty label within'],
  ['a.b../x', 'registry', 'invalid-host', 'two trailing dots'],
  ['./x', 'registry', 'invalid-host', 'the root'],
  [':80/x', 'registry', 'invalid-host', 'no host'],
  ['r.io:/x', 'registry', 'invalid-port', 'an empty port'],
  ['r.io:0/x', 'registry', 'invalid-port', 'port 0'],
  ['r.io:65536/x', 'registry', 'invalid-port', 'a port too high'],
  ['r.io:1e3/x', 'registry', 'invalid-port', 'a port that is no number'],
  ['r.io:80:90/x', 'registry', 'invalid-port', 'two ports'],
  ['2001:db8::1/x', 'registry', 'invalid-port', 'IPv6 without brackets'],
  ['[::g]/x', 'registry', 'invalid-host', 'no IPv6 address'],
  ['[127.0.0.1]/x', 'registry', 'invalid-host', 'IPv4 in brackets'],
  ['[::1/x', 'registry', 'invalid-host', 'no closing bracket'],
  ['[::1]x/a', 'registry', 'invalid-port', 'text after the bracket'],
  ['r.io/', 'repository', 'empty', 'no repository'],
  ['r.io/A', 'repository', 'invalid-character', 'upper case'],
  ['r.io/a!', 'repository', 'invalid-character', 'no such character'],
  ['r.io/a/../b', 'repository', 'invalid-grammar', 'the parent directory'],
  ['r.io/a//b', 'repository', 'invalid-grammar', 'an empty component'],
  ['r.io/a/', 'repository', 'invalid-grammar', 'a trailing slash'],
  ['r.io/a..b', 'repository', 'invalid-grammar', 'two dots'],
  ['r.io/a___b', 'repository', 'invalid-grammar', 'three underscores'],
  ['r.io/a-.b', 'repository', 'invalid-grammar', 'mixed separators'],
  [`r.io/${'a'.repeat(256)}`, 'repository', 'too-long', '256 characters'],
  ['a'.repeat(250), 'repository', 'too-long', 'too long with its library/'],
  ['nginx:', 'tag', 'empty', 'no tag after the colon'],
  ['nginx:.a', 'tag', 'invalid-grammar', 'a leading dot'],
  ['nginx:a+b', 'tag', 'invalid-character', 'a plus sign'],
  [`nginx:${'t'.repeat(129)}`, 'tag', 'too-long', '129 characters'],
  ['nginx@latest', 'digest', 'invalid-grammar', 'no digest'],
  [`nginx@${DIGEST.toUpperCase()}`, 'digest', 'invalid-grammar', 'upper case'],
  [`nginx@${DIGEST}0`, 'digest', 'invalid-grammar', 'a digit too many'],
  [`nginx@${DIGEST.slice(0, -1)}g`, 'digest', 'invalid-grammar', 'a digit that is none'],
  [`nginx@${DIGEST}@${DIGEST}`, 'digest', 'invalid-grammar', 'two digests'],
]

describe('parseImageReference', () => {
  it.each([
    ['nginx', 'latest', 'the tag that is meant'],
    ['r.io/a:1.2', '1.2', 'the tag'],
    [`r.io/a@${DIGEST}`, DIGEST, 'the digest'],
    [`r.io/a:1.2@${DIGEST}`, DIGEST, 'the digest before the tag'],
  ])('%s is asked for by %s: %s', (text, identifier) => {
    expect(parseImageReference(text).identifier).toBe(identifier)
  })

  it.each(parsed)('takes %s apart: %s', (text, _, want) => {
    const got = parseImageReference(text)
    expect(got).toMatchObject(want)
    expect(Object.isFrozen(got)).toBe(true)
  })

  it.each(refused)('refuses %s: wrong %s, %s (%s)', (text, part, code) => {
    const error = attempt(text)
    expect(error).toBeInstanceOf(ImageReferenceError)
    expect(Object.isFrozen((error as ImageReferenceError).issue)).toBe(true)
    expect(error).toMatchObject({ code: 'ERR_IMAGE_REFERENCE_INVALID', issue: { part, code } })
    expect(error).not.toHaveProperty('cause')
    if (text.length > 2) expect((error as Error).message).not.toContain(text)
  })

  it.each([undefined, null, 1, {}, ['nginx']])('is misused with %s', (value) => {
    expect(() => parseImageReference(value as string)).toThrow(TypeError)
  })
})

describe('properties', () => {
  const piece = fc.constantFrom(
    'a',
    'B',
    '.',
    ':',
    '/',
    '@',
    '[',
    ']',
    '-',
    '_',
    '1',
    'docker.io',
    'é',
    ' ',
    '\n',
    DIGEST,
  )
  const reference = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 12 }).map((p) => p.join('')),
  )
  const parsesOrThrows = (parse: (text: string) => unknown) =>
    fc.property(reference, (text) => {
      try {
        parse(text)
      } catch (error) {
        return error instanceof ImageReferenceError
      }
      return true
    })

  it('parses, or throws exactly ImageReferenceError', () => {
    fc.assert(parsesOrThrows(parseImageReference), { numRuns: 5000 })
  })

  it('would notice another error', () => {
    const mutant = (text: string) =>
      text.includes('@')
        ? parseImageReference(text).name.at(0)
        : Buffer.from(text, text.includes('B') ? ('x' as 'hex') : 'hex')
    expect(fc.check(parsesOrThrows(mutant), { endOnFailure: true }).failed).toBe(true)
  })

  it('reads the name that it gives again', () => {
    const again = fc.property(reference, (text) => {
      const first = attempt(text)
      if (first instanceof ImageReferenceError) return true
      const second = parseImageReference(first.name)
      return second.name === first.name && second.host === first.host
    })
    fc.assert(again, { numRuns: 5000 })
  })

  it.each([...'aA.:/@-_[]1é% "'])('threat 21: %j repeated takes linear time', (character) => {
    for (const before of ['', 'r.io/', 'a:', 'r.io/a@', '[', `${'a.'.repeat(9)}`]) {
      const textOf = (length: number) => `${before}${character.repeat(length)}/b`
      expectProportion(attempt, textOf(2 ** 15), textOf(2 ** 18))
    }
  })
})
