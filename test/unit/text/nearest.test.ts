import { describe, expect, it } from 'vitest'
import { nearestAmong } from '../../../src/text/nearest.js'
import { expectProportion } from '../../support/proportion.js'

const nearest = nearestAmong(['ca-certs', 'username', 'password', 'auth', 'env'])

describe('nearestAmong', () => {
  it.each<[wrong: string, right: string | undefined, reason: string]>([
    ['CA_CERTS', 'ca-certs', 'case and separators'],
    ['cacerts', 'ca-certs', 'a separator left out'],
    ['ca-cert', 'ca-certs', 'a letter left out'],
    ['usernmae', 'username', 'two letters swapped'],
    ['paswordd', 'password', 'two edits'],
    ['psswrdd', undefined, 'three'],
    ['auht', 'auth', 'a short one'],
    ['au', 'auth', 'half of it'],
    ['a', undefined, 'less than half'],
    ['emv', 'env', 'one of three letters'],
    ['amb', undefined, 'two of three'],
    ['', undefined, 'nothing'],
    ['constructor', undefined, 'a name of every object'],
  ])('%j is nearest to %j: %s', (wrong, right) => {
    expect(nearest(wrong)).toBe(right)
  })

  it('takes linear time for a long key', () => {
    expectProportion(nearest, 'x'.repeat(2 ** 15), 'x'.repeat(2 ** 18))
    expectProportion(nearest, 'username'.repeat(2 ** 12), 'username'.repeat(2 ** 15))
  })
})
