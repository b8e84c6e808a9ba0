import { describe, expect, it } from 'vitest'
import { indexNames } from '../../../src/puller/matching.js'
import { releaseOf } from '../../../src/puller/version.js'
import { read } from '../../support/vectors.js'

interface MatchingCase {
  readonly keys: readonly string[]
  readonly registry: string
  readonly want: Readonly<Record<'1.15' | '1.21' | 'newest', readonly string[]>>
}

const cases = read<MatchingCase>('puller-matching.json')

describe('the names among which the puller picks', () => {
  it.each([
    ['1.15', '1.15'],
    ['1.15', '1.20'],
    ['1.21', '1.21'],
    ['newest', '1.22'],
    ['newest', '1.26'],
  ] as const)('%s: as the puller of %s does, in all vectors', (column, version) => {
    const release = releaseOf(version)
    if (release === undefined) throw new Error('expected a release')
    expect(cases.length).toBeGreaterThan(1800)
    for (const { keys, registry, want } of cases) {
      const picked = [...indexNames(keys, release)(registry)].sort()
      expect(picked, `${keys.join(' ')} for ${registry}`).toEqual([...want[column]].sort())
    }
  })
})
