import { describe, expect, it } from 'vitest'
import { PULLER_SENTENCES, pullerFinding } from '../../../src/puller/findings.js'
import { membersOfUnion } from '../../support/unions.js'

describe('the sentences', () => {
  it('are one for each code of the type', () => {
    const codes = membersOfUnion('src/puller/findings.ts', 'PullerFindingCode')
    expect(Object.keys(PULLER_SENTENCES)).toEqual(codes)
  })

  it.each(Object.entries(PULLER_SENTENCES))('%s: help goes with a warning', (_, sentence) => {
    expect(sentence.help !== undefined).toBe(sentence.severity === 'warning')
    expect(sentence.message).not.toMatch(/[.;:]$/)
  })
})

describe('a finding', () => {
  it("is its code's sentence, frozen", () => {
    const finding = pullerFinding('puller-unpinned', undefined)
    const { severity, message, help } = PULLER_SENTENCES['puller-unpinned']
    expect(finding).toMatchObject({ code: 'puller-unpinned', severity, message, help, path: [] })
    expect(finding.place).toBeUndefined()
    expect(Object.isFrozen(finding)).toBe(true)
  })

  it('has its details behind the sentence', () => {
    const place = { kind: 'image', index: 0, image: 'a/b' } as const
    const { message } = PULLER_SENTENCES['puller-other-rule']
    expect(pullerFinding('puller-other-rule', place, 'none', ['x'])).toMatchObject({
      message: `${message}: none`,
      path: ['x'],
      place,
    })
  })

  it('may have help of its own', () => {
    const help = 'write it otherwise'
    expect(pullerFinding('puller-trusts-more', undefined, undefined, [], help).help).toBe(help)
  })
})
