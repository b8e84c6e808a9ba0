// The time of parseChallenges grows with the header alone, whatever it is made of.
import { describe, test } from 'vitest'
import { parseChallenges } from '../../../src/handshake/index.js'
import { expectProportion } from '../../support/proportion.js'

describe('time', () => {
  const shapes: readonly (readonly [string, (size: number) => string])[] = [
    ['commas', (n) => ','.repeat(n)],
    ['spaces behind a scheme', (n) => `Basic${' '.repeat(n)};`],
    ['token68 that fails at its end', (n) => `Basic ${'a'.repeat(n)}"`],
    ['equal signs', (n) => `Basic a${'='.repeat(n)}"`],
    ['an open quote', (n) => `Basic a="${'b'.repeat(n)}`],
    ['escapes', (n) => `Basic a="${'\\"'.repeat(n / 2)}`],
    [
      'many parameters',
      (n) => `Basic ${Array.from({ length: n / 8 }, (_, i) => `p${i}=v`).join(',')}`,
    ],
    ['many challenges', (n) => 'A,'.repeat(n / 2)],
    ['many challenges with token68', (n) => 'A b, '.repeat(n / 5)],
    [
      'spaces before every equal sign',
      (n) => `A ${Array.from({ length: n / 64 }, (_, i) => `p${i}${' '.repeat(56)}=x`).join(',')}`,
    ],
  ]

  test.each(shapes)('%s: time grows with the size alone', (_, shape) => {
    expectProportion((header: string) => parseChallenges(header), shape(1 << 17), shape(1 << 20))
  })
})
