// What a manifest costs in time is in proportion to its length.

import { describe, expect, it } from 'vitest'
import { imagesOfManifests } from '../../src/cli/input/manifests.js'

const ALIASED = (n: number): string => `a: &a b.io/x:1\nlist:\n${'- image: *a\n'.repeat(n)}`

const BROKEN = (n: number): string => `${'a: b: c\n---\n'.repeat(n)}image: b.io/x:1\n`

describe('threat 34: YAML', () => {
  it('with aliases has the image once', async () => {
    expect((await imagesOfManifests(ALIASED(3), 'f')).images).toEqual([
      { text: 'b.io/x:1', place: { file: 'f', line: 1, column: 7 } },
    ])
  })

  it('with broken documents has each fault, and the image behind them', async () => {
    const { images, faults } = await imagesOfManifests(BROKEN(3), 'f')
    expect(images.map(({ text }) => text)).toEqual(['b.io/x:1'])
    expect(faults).toHaveLength(3)
  })

  it.each([
    ['aliases included', ALIASED],
    ['broken documents included', BROKEN],
  ])('takes time in proportion to its length, %s', async (_, textOf) => {
    // Eight times as much takes eight times as long; 64 times if each one costs the whole document.
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
