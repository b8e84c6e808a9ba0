import { describe, expect, it } from 'vitest'
import { dateFault, LONGEST_DATE } from '../../../src/config/date.js'

describe('dates that smol-toml takes', () => {
  it.each([
    ['a day that is', '2023-02-28', undefined],
    ['the 29th of a leap year', '2024-02-29', undefined],
    ['the 29th of a year that is none', '2023-02-29', 'impossible-date'],
    ['the 29th of a century', '1900-02-29', 'impossible-date'],
    ['the 29th of the fourth century', '2000-02-29', undefined],
    ['the 31st of a month with 30 days', '2023-11-31', 'impossible-date'],
    ['the 31st of one with 31', '2023-12-31', undefined],
    ['a time with seconds', '07:32:00', undefined],
    ['a time without', '07:32', 'time-without-seconds'],
    ['a date and a time without', '1979-05-27T07:32', 'time-without-seconds'],
    ['these with a blank, and a zone', '1979-05-27 07:32Z', 'time-without-seconds'],
    ['an impossible date with a time', '2023-02-30T07:32:00Z', 'impossible-date'],
    ['a number', '20230230', undefined],
    ['a boolean', 'true', undefined],
  ])('%s', (_, literal, fault) => expect(dateFault(literal)).toBe(fault))

  it('are told by their beginning', () => {
    expect(dateFault('1979-05-27T07:32:00.999999Z'.slice(0, LONGEST_DATE))).toBe(undefined)
    expect(dateFault('2023-02-30T07:32:00.999999Z'.slice(0, LONGEST_DATE))).toBe('impossible-date')
  })
})
