// What a manifest costs in time is in proportion to its length.

import { describe, expect, it } from 'vitest'
import { imagesOfManifests } from '../../src/cli/input/manifests.js'

describe('threat 34: YAML', () => {
  it('takes time in proportion to its length, aliases included', async () => {
    const textOf = (n: number) => `a: &a b.io/x:1\nlist:\n${'- image: *a\n'.repeat(n)}`
    expect(await imagesOfManifests(textOf(3), 'f')).toEqual([
      { text: 'b.io/x:1', place: { file: 'f', line: 1, column: 7 } },
    ])
    // Eight times as much takes eight times as long; 64 times if an alias costs the whole document.
    const timeOf = async (n: number) => {
      const start = performance.now()
      await imagesOfManifests(textOf(n), 'f')
      return performance.now() - start
    }
    let ratio = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < 5 && ratio > 16; attempt++) {
      ratio = Math.min(ratio, (await timeOf(8000)) / (await timeOf(1000)))
    }
    expect(ratio).toBeLessThan(16 * 2)
  })
})
