import { describe, expect, it } from 'vitest'
import { lintConfig } from '../../../../src/lint/index.js'
import { linesOf, withPems } from '../../../support/lint.js'

const CODES = ['certificate-expired', 'certificate-expires-soon', 'certificate-not-yet-valid']
const bundle = (extra = '') =>
  `[registries."registry.corp."]\nca-certs = '''\nCERTIFICATE\n'''\n${extra}`
const DAY = 86_400_000
const [BEGIN, END] = [Date.UTC(2025, 0, 1), Date.UTC(2027, 0, 1)]

describe('the validity of anchors', () => {
  it.each([
    ['a second before it begins', BEGIN - 1000, ['3 warning certificate-not-yet-valid']],
    ['from its first second on', BEGIN, []],
    ['30 days and a second before its end', END - 30 * DAY - 1000, []],
    ['30 days before its end', END - 30 * DAY, ['3 warning certificate-expires-soon']],
    ['in its last second', END, ['3 warning certificate-expires-soon']],
    ['a second after its end', END + 1000, ['3 warning certificate-expired']],
  ])('is judged %s', (_, now, expected) => {
    expect(linesOf(bundle(), CODES, { now })).toEqual(expected)
  })

  it('is judged by as many days as are asked for, and by none without a time', () => {
    const now = END - 90 * DAY
    expect(linesOf(bundle(), CODES, { now, expiresWithinDays: 90 })).toHaveLength(1)
    expect(linesOf(bundle(), CODES, { now, expiresWithinDays: 89 })).toEqual([])
    expect(linesOf(bundle(), CODES, { now: undefined })).toEqual([])
  })

  it('is of no interest where nothing is verified', () => {
    const text = bundle('insecure-skip-verify = true\n')
    expect(linesOf(text, CODES, { now: END + DAY })).toEqual([])
  })

  it('is told from a document that is no TOML, too', () => {
    const text = `[registries."registry.corp."]\nca-certs = "\nCERTIFICATE\n"\n`
    const found = linesOf(text, CODES, { now: END + DAY })
    expect(found).toEqual(['3 warning certificate-expired'])
  })

  it.each([
    [END + DAY - 1000, 'expired less than a day ago'],
    [END + DAY, 'expired a day ago'],
    [END + 12.5 * DAY, 'expired 12 days ago'],
    [END - 3 * DAY, 'expires in 3 days'],
    [BEGIN - 3 * DAY, 'becomes valid in 3 days'],
  ])('is told in days, and not by the date', (now, said) => {
    const messages = lintConfig(withPems(bundle()), { now }).map(({ message }) => message)
    expect(messages.filter((message) => message.includes(said))).toHaveLength(1)
  })
})
