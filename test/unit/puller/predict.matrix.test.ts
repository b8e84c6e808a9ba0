// The prediction against the model, over the rows of the vectors and over random documents.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/index.js'
import { type PullerOutcome, predictPuller } from '../../../src/puller/index.js'
import { indexNames } from '../../../src/puller/matching.js'
import { type PullerRelease, releaseOf } from '../../../src/puller/version.js'
import {
  hasRightTypes,
  type PullerVersion,
  pickedOverOrders,
  pullerOutcomes,
  triedSchemes,
} from '../../support/puller-model.js'
import { read } from '../../support/vectors.js'
import bundles from '../../vectors/ca-bundles.json' with { type: 'json' }

/** The first and the last release of each kind that this library knows, and the model's column for it. */
const COLUMNS: readonly (readonly [release: string, column: PullerVersion])[] = [
  ['1.15', '1.15'],
  ['1.20', '1.15'],
  ['1.21', '1.21'],
  ['1.22', 'newest'],
  ['1.26', 'newest'],
]

interface MatchingRow {
  readonly keys: readonly string[]
  readonly registry: string
  /** What this library decides. */
  readonly want: string | null
}

const rows = read<MatchingRow>('registry-matching.json')

function known(version: string): PullerRelease {
  const release = releaseOf(version)
  if (release === undefined) throw new Error(`expected ${version} to be a release`)
  return release
}

describe('the names that are picked, over the rows of registry-matching.json', () => {
  it.each(COLUMNS)('%s: are those of the model of %s', (version, column) => {
    const wrong = rows.filter(({ keys, registry }) => {
      const picked = new Set(indexNames(keys, known(version))(registry))
      const model = pickedOverOrders([...new Set(keys)], registry, column)
      return picked.size !== model.size || [...picked].some((name) => !model.has(name))
    })
    expect(wrong).toEqual([])
  })

  it('agree with this library on 944 of 1,274, leave 212 to chance, and differ on 118', () => {
    const counts = { agree: 0, chance: 0, differ: 0 }
    for (const { keys, registry, want } of rows) {
      const picked = indexNames(keys, known('1.26'))(registry)
      if (picked.length > 1) counts.chance += 1
      else if ((picked[0] ?? null) === want) counts.agree += 1
      else counts.differ += 1
    }
    expect(rows).toHaveLength(1274)
    expect(counts).toEqual({ agree: 944, chance: 212, differ: 118 })
  })
})

const [PEM = '', OTHER_PEM = ''] = bundles.cases
  .filter(({ category }) => category === 'single')
  .map(({ text }) => text.trim())

const label = fc.constantFrom('a', 'b', 'A', 'corp', 'localhost', 'local')
const host = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
  fc.constantFrom('10.0.0.1', '127.0.0.1', '172.32.0.1', 'my127.0.0.1registry.io', '[::1]'),
  fc.constantFrom('docker.io', 'index.docker.io', 'evilghcr.io', 'ghcr.io'),
)
const port = fc.constantFrom('', '', '', ':5000')
const registry = fc
  .tuple(host, port)
  .map((parts) => parts.join(''))
  // Without a dot or a port it is the start of a repository on Docker Hub, which is in lower case.
  .filter((asked) => /[.:]/.test(asked) || asked === asked.toLowerCase())
const ruleName = fc
  .tuple(
    fc.constantFrom('', '', '.', '..'),
    fc.oneof(registry, fc.constant('')),
    fc.constantFrom('', '.', '..'),
  )
  .map((parts) => parts.join(''))

/** A value of its key's type, mostly. */
const text = (...values: string[]) =>
  fc.constantFrom(...values.map((value) => JSON.stringify(value)))
const VALUES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'ca-certs': text('', 'none', PEM, `${PEM}\n${OTHER_PEM}\n`),
  'insecure-skip-verify': fc.constantFrom('true', 'false'),
  mirror: text('', 'https://m.corp', 'http://m.corp:8080/path'),
  username: text('', 'u'),
  password: text('', 'p'),
  auth: text('', 'dTpw'),
  identitytoken: text('', 'i'),
  registrytoken: text('', 'r'),
  unknown: fc.constantFrom('1', '"x"', '[1]', '2024-01-01'),
}

/** A key in some case: all of them are the same for go-toml. */
const inSomeCase = (key: string) =>
  fc.constantFrom(
    key,
    key,
    key.toUpperCase(),
    key.replace(/^./, (first) => first.toUpperCase()),
  )

const wrong = fc.constantFrom('1', '[]', '{ x = 1 }', '1979-05-27', '1.5')
const line = fc.constantFrom(...Object.keys(VALUES)).chain((key) => {
  const value = VALUES[key] as fc.Arbitrary<string>
  const weighed = fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: wrong })
  return fc
    .tuple(inSomeCase(key), weighed)
    .map(([written, shown]) => ({ key, line: `${written} = ${shown}` }))
})
const table = fc
  .tuple(ruleName, fc.uniqueArray(line, { selector: ({ key }) => key, maxLength: 5 }))
  .map(([name, lines]) => ({ name, lines: lines.map((one) => one.line) }))
const document = fc
  .tuple(
    inSomeCase('registries'),
    fc.uniqueArray(table, { selector: ({ name }) => name, maxLength: 6 }),
  )
  .map(([registries, tables]) =>
    tables
      .map(({ name, lines }) =>
        [`[${registries}.${JSON.stringify(name)}]`, ...lines, ''].join('\n'),
      )
      .join('\n'),
  )

interface Compared {
  readonly rule: string | undefined
  readonly trust: string | readonly string[]
  readonly credentials: string
  readonly mirror: string | undefined
}

/** An outcome in the model's words. */
function inModelsWords({ rule, tls, credentials, endpoint }: PullerOutcome): Compared {
  return {
    rule,
    trust: tls.kind === 'ca-bundle' ? tls.certificates.map(({ pem }) => pem.trim()) : tls.kind,
    credentials: credentials.kind,
    mirror: endpoint.kind === 'mirror' ? endpoint.url : undefined,
  }
}

function modelOf(toml: string, asked: string, column: PullerVersion): readonly Compared[] {
  return pullerOutcomes(toml, asked, column).map(({ rule, trust, credentials, mirror }) => ({
    rule,
    trust,
    credentials: credentials?.[0] ?? 'anonymous',
    mirror,
  }))
}

const byRule = (outcomes: readonly Compared[]) =>
  [...outcomes].sort((a, b) => String(a.rule).localeCompare(String(b.rule)))

describe('a prediction for a random document', () => {
  it('is what the model of its release gives', () => {
    let [started, chances, pinned] = [0, 0, 0]
    const column = fc.constantFrom(...COLUMNS)
    fc.assert(
      fc.property(document, registry, column, (toml, asked, [version, model]) => {
        const prediction = predictPuller(toml, { version })
        if (!hasRightTypes(toml)) {
          expect(prediction.starts).toBe('no')
          expect(prediction.resolve('a/b').outcomes).toEqual([])
          return
        }
        // Names that aren't normalized leave it open since 1.26, and are answered as if it started.
        expect(prediction.starts).not.toBe('no')
        const image = parseImageReference(`${asked}/a/b`)
        const { outcomes } = prediction.resolve(`${asked}/a/b`)
        expect(byRule(outcomes.map(inModelsWords))).toEqual(
          byRule(modelOf(toml, image.registry, model)),
        )
        for (const { schemes } of outcomes) {
          expect(schemes).toEqual(triedSchemes(image.registry, model))
        }
        started += 1
        if (outcomes.length > 1) chances += 1
        if (outcomes.some(({ tls }) => tls.kind === 'ca-bundle')) pinned += 1
      }),
      { numRuns: 1500 },
    )
    // The documents are of all kinds.
    expect(started).toBeGreaterThan(500)
    expect(chances).toBeGreaterThan(10)
    expect(pinned).toBeGreaterThan(10)
  })
})
