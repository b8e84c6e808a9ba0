// The sections of docs/findings.md about explanations say what the code says.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NEAR_MISS_SENTENCES, PORT_OF_BOTH, PORT_OF_IMAGE } from '../../src/explain/near-miss.js'
import { aspectOf, NOTES } from '../../src/explain/notes.js'
import { READING_SENTENCES } from '../../src/explain/reading.js'
import { type Explanation, explain } from '../../src/explain.js'
import { createResolver, parseConfig } from '../../src/index.js'
import { predictPuller } from '../../src/puller.js'
import {
  type Example,
  expectFix,
  expectTrue,
  type Found,
  family,
  imageOf,
} from '../support/findings-page.js'
import { withPems } from '../support/lint.js'
import { membersOfUnion } from '../support/unions.js'

const guide = readFileSync(new URL('../../docs/explain.md', import.meta.url), 'utf8')
const readings = family('How a reference was read')
const nearMisses = family('Near misses of rules')
const notes = family('Notes of an explanation')

function explained(example: Example): Explanation {
  const document = withPems(example.text)
  const prediction = predictPuller(document)
  return explain(createResolver(parseConfig(document)), imageOf(example), { prediction })
}

interface Said {
  readonly code: string
  readonly line: string
}

/** What an example finds, of what is said about an explanation. */
const by =
  (said: (explanation: Explanation) => readonly Said[]) =>
  (example: Example): Found => {
    const { code } = example
    const all = said(explained(example))
    const own = all.filter((one) => one.code === code)
    return { own: own.map(({ line }) => `${line} (${code})`), codes: all.map((one) => one.code) }
  }

const findByReading = by(({ reading }) =>
  reading.map(({ code, message }) => ({ code, line: `read: ${message}` })),
)

const findByNearMiss = by((explanation) =>
  explanation.nearMisses.map(({ code, name, message, replaces, suggestion, place }) => {
    const what = replaces === 'rule' ? `[registries."${suggestion}"]` : `"${suggestion}"`
    return { code, line: `line ${place.line}, "${name}": ${message}; write ${what}` }
  }),
)

const findByNote = by((explanation) =>
  explanation.notes.map(({ code, message }) => ({ code, line: `${aspectOf(code)}: ${message}` })),
)

const headingsOf = ({ sections }: typeof notes) => sections.map(({ heading }) => heading)

describe('the sections of docs/findings.md about explanations', () => {
  it('are one for each code, in the order of the code', () => {
    const readingCodes = membersOfUnion('src/explain/reading.ts', 'ReadingCode')
    expect(headingsOf(readings)).toEqual(readingCodes.map((code) => `Reading \`${code}\``))
    expect(Object.keys(READING_SENTENCES)).toEqual(readingCodes)
    const missCodes = membersOfUnion('src/explain/near-miss.ts', 'NearMissCode')
    expect(headingsOf(nearMisses)).toEqual(missCodes.map((code) => `Near miss \`${code}\``))
    expect(Object.keys(NEAR_MISS_SENTENCES)).toEqual(missCodes)
    const noteCodes = membersOfUnion('src/explain/notes.ts', 'ExplanationNoteCode')
    expect(headingsOf(notes)).toEqual(noteCodes.map((code) => `Note \`${code}\``))
    expect([...Object.keys(NOTES), 'differs-from-puller']).toEqual(noteCodes)
  })

  it.each(readings.sections)('reading $code', (one) => {
    expectTrue(one, findByReading)
    const sentence = READING_SENTENCES[one.code as keyof typeof READING_SENTENCES]
    expect(one.text).toContain(`\nread: ${sentence} (${one.code})\n`)
    expectFix(one)
  })

  it.each(nearMisses.sections)('near miss $code', (one) => {
    expectTrue(one, findByNearMiss)
    const sentence = NEAR_MISS_SENTENCES[one.code as keyof typeof NEAR_MISS_SENTENCES]
    const others = one.code === 'port' ? [PORT_OF_IMAGE, PORT_OF_BOTH] : []
    for (const said of [sentence, ...others]) expect(one.text).toContain(`: ${said}; write `)
    expectFix(one)
    // With what is to be written, the rule applies.
    for (const fix of one.examples.filter(({ output }) => output === undefined)) {
      expect(explained(fix).candidates.map(({ outcome }) => outcome)).toEqual(['applied'])
    }
  })

  it.each(notes.sections)('note $code', (one) => {
    expectTrue(one, findByNote)
    const aspect = aspectOf(one.code as Explanation['notes'][number]['code'])
    const word = `${aspect.slice(0, 1).toUpperCase()}${aspect.slice(1)}`
    expect(one.text).toMatch(new RegExp(`^\n\n\\*${word}\\.\\* [A-Z\`]`))
    // What the puller does otherwise has the sentences of its findings.
    const sentence = one.code === 'differs-from-puller' ? '' : NOTES[one.code as 'port'][1]
    expect(one.text).toContain(`\n${aspect}: ${sentence}`)
    expectFix(one)
  })
})

describe('docs/explain.md', () => {
  it('has a link to each of these families', () => {
    for (const anchor of [
      'how-a-reference-was-read',
      'near-misses-of-rules',
      'notes-of-an-explanation',
    ]) {
      expect(guide).toContain(`(findings.md#${anchor})`)
    }
  })
})
