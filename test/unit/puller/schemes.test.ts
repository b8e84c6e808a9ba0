import { describe, expect, it } from 'vitest'
import { pullerSchemes } from '../../../src/puller/schemes.js'
import { releaseOf } from '../../../src/puller/version.js'
import { read } from '../../support/vectors.js'

interface SchemesCase {
  readonly registry: string
  readonly want: Readonly<Record<'0.20.7' | 'newest', readonly string[]>>
}

describe('the schemes that go-containerregistry tries', () => {
  it.each(read<SchemesCase>('puller-schemes.json'))('$registry', ({ registry, want }) => {
    for (const [version, column] of [
      ['1.15', '0.20.7'],
      ['1.21', '0.20.7'],
      ['1.26', 'newest'],
    ] as const) {
      const release = releaseOf(version)
      if (release === undefined) throw new Error('expected a release')
      expect(pullerSchemes(registry, release), version).toEqual(want[column])
    }
  })
})
