// docs/findings.md has each code of an explanation, with the sentence that the code has.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NEAR_MISS_SENTENCES, PORT_OF_BOTH, PORT_OF_IMAGE } from '../../src/explain/near-miss.js'
import { NOTES } from '../../src/explain/notes.js'
import { READING_SENTENCES } from '../../src/explain/reading.js'
import { membersOfUnion } from '../support/unions.js'

const page = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')
const guide = readFileSync(new URL('../../docs/explain.md', import.meta.url), 'utf8')

/** The rows of the table below a heading: a code and its sentence. */
function rowsBelow(heading: string): (readonly [string, string])[] {
  const [, section = ''] = page.split(`## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(
    ([, code = '', sentence = '']) => [code, sentence] as const,
  )
}

describe('docs/findings.md', () => {
  it('has each code of how a reference was read', () => {
    const rows = rowsBelow('How a reference was read')
    expect(rows).toEqual(Object.entries(READING_SENTENCES))
    const codes = membersOfUnion('src/explain/reading.ts', 'ReadingCode')
    expect(rows.map(([code]) => code)).toEqual(codes)
  })

  it('has each code of a near miss', () => {
    const rows = rowsBelow('Near misses of rules')
    expect(rows).toEqual(
      Object.entries(NEAR_MISS_SENTENCES).flatMap(([code, sentence]) =>
        code === 'port'
          ? [sentence, PORT_OF_IMAGE, PORT_OF_BOTH].map((one) => [code, one])
          : [[code, sentence]],
      ),
    )
    const codes = membersOfUnion('src/explain/near-miss.ts', 'NearMissCode')
    expect([...new Set(rows.map(([code]) => code))]).toEqual(codes)
  })

  it('has each code of what follows from a decision', () => {
    const rows = rowsBelow('Notes of an explanation')
    expect(rows.slice(0, -1)).toEqual(
      Object.entries(NOTES).map(([code, [aspect, sentence]]) => [code, `${aspect} | ${sentence}`]),
    )
    const codes = membersOfUnion('src/explain/notes.ts', 'ExplanationNoteCode')
    expect(rows.map(([code]) => code).sort()).toEqual([...codes].sort())
  })
})

describe('docs/explain.md', () => {
  it('has a link to each of these tables', () => {
    for (const anchor of [
      'how-a-reference-was-read',
      'near-misses-of-rules',
      'notes-of-an-explanation',
    ]) {
      expect(guide).toContain(`(findings.md#${anchor})`)
    }
  })
})
