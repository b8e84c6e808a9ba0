import { describe, expect, it } from 'vitest'
import { NEWEST_VERSION, releaseOf } from '../../../src/puller/version.js'

describe('a release', () => {
  it.each([
    ['1.15', 'suffix', true, false, false],
    ['1.20', 'suffix', true, false, false],
    ['1.21', 'any-empty-label', true, false, false],
    ['1.22', 'leading-empty-label', false, false, false],
    ['1.25', 'leading-empty-label', false, false, false],
    ['1.26', 'leading-empty-label', false, true, false],
    ['1.27', 'leading-empty-label', false, true, true],
    ['2.0', 'leading-empty-label', false, true, true],
  ] as const)('%s', (version, matching, hasLenientLocalNames, mayRefuseNames, isUnknown) => {
    expect(releaseOf(version)).toEqual({
      version,
      matching,
      hasLenientLocalNames,
      mayRefuseNames,
      isUnknown,
    })
  })

  it.each([
    '1.14',
    '0.99',
    '',
    '1',
    '1.',
    '1.15.',
    '1.15.0.1',
    '1.21.0-rc.1',
    '1.14.9',
    'v1.15',
    '1.15 ',
    '1.1５',
    '1.99999',
    '-1.20',
  ])('is not %j', (version) => expect(releaseOf(version)).toBeUndefined())

  it('counts as its minor version, whatever the patch', () => {
    expect(releaseOf('1.21.0')).toEqual(releaseOf('1.21'))
    expect(releaseOf('1.26.3')).toEqual(releaseOf('1.26'))
  })

  it('is known up to the newest', () => {
    expect(releaseOf(NEWEST_VERSION)?.isUnknown).toBe(false)
  })
})
