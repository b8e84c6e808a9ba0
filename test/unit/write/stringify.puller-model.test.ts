import { describe, expect, it } from 'vitest'
import {
  PULLER_VERSIONS,
  type PullerVersion,
  pickedNames,
  triedSchemes,
} from '../../support/puller-model.js'
import { read } from '../../support/vectors.js'

interface MatchingCase {
  readonly keys: readonly string[]
  readonly registry: string
  readonly want: Readonly<Record<PullerVersion, readonly string[]>>
}

interface SchemeCase {
  readonly registry: string
  readonly want: Readonly<Record<'0.20.7' | 'newest', readonly string[]>>
}

const matching: readonly MatchingCase[] = read('puller-matching.json')
const schemes: readonly SchemeCase[] = read('puller-schemes.json')

describe.each(PULLER_VERSIONS)('the model of the puller, %s', (version) => {
  it('picks among the names of puller-matching.json', () => {
    expect(matching.length).toBe(1874)
    const wrong = matching.filter(({ keys, registry, want }) => {
      const picked = [...pickedNames(keys, registry, version)].sort()
      return picked.join() !== [...want[version]].sort().join()
    })
    expect(wrong).toEqual([])
  })

  it('tries the schemes of puller-schemes.json', () => {
    expect(schemes.length).toBe(16)
    const release = version === 'newest' ? 'newest' : '0.20.7'
    for (const { registry, want } of schemes) {
      expect([registry, triedSchemes(registry, version)]).toEqual([registry, want[release]])
    }
  })
})
