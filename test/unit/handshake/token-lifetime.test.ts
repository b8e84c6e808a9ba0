import { describe, expect, test } from 'vitest'
import { granted, NOW } from '../../support/granted.js'

describe('when a token ends', () => {
  test.each([
    ['60 s by default', '', 60],
    ['as it says', '"expires_in":300', 300],
    ['0 is unset, as in Go', '"expires_in":0', 60],
    ['ended already', '"expires_in":-5', -5],
    ['from issued_at', '"expires_in":300,"issued_at":"2026-01-01T11:59:00Z"', 240],
    ['from issued_at, without expires_in', '"issued_at":"2026-01-01T11:59:30Z"', 30],
    [
      'issue 17, row 16: an issued_at that lies behind by the lifetime counts for nothing',
      '"expires_in":300,"issued_at":"2026-01-01T11:55:00Z"',
      60,
    ],
    [
      'row 16: one that lies behind by a second less counts',
      '"expires_in":300,"issued_at":"2026-01-01T11:55:01Z"',
      1,
    ],
    ['row 16: without expires_in', '"issued_at":"2026-01-01T11:59:00Z"', 60],
    ['row 16: a clock that stands', '"expires_in":3600,"issued_at":"1970-01-01T00:00:00Z"', 60],
    ['a day', '"expires_in":86400', 86400],
    ['threat 26: a day at most', '"expires_in":86401', 86400],
    ['threat 26: a lifetime without end', `"expires_in":${Number.MAX_SAFE_INTEGER}`, 86400],
    [
      'threat 26: a day at most, from issued_at',
      '"expires_in":9000000,"issued_at":"2026-01-01T11:59:00Z"',
      86340,
    ],
    ['true as expires_in', '"expires_in":true', 60],
    [
      'a megabyte of digits as the fraction',
      `"issued_at":"2026-01-01T11:59:00.${'0'.repeat(1e6)}Z"`,
      60,
    ],
    ['with nanoseconds', '"expires_in":300,"issued_at":"2026-01-01T11:59:00.999999999Z"', 240],
    ['in another zone', '"expires_in":300,"issued_at":"2026-01-01t13:59:00+02:00"', 240],
    ['in lower case', '"expires_in":300,"issued_at":"2026-01-01t11:59:00z"', 240],
    [
      'an issued_at in the future makes nothing last longer',
      '"expires_in":300,"issued_at":"2027-01-01T00:00:00Z"',
      300,
    ],
    ['a time within a text', '"expires_in":300,"issued_at":"at 2026-01-01T11:59:00Z"', 300],
    ['a time before a text', '"expires_in":300,"issued_at":"2026-01-01T11:59:00Z or so"', 300],
    ['no time', '"issued_at":"yesterday"', 60],
    ['no day', '"expires_in":300,"issued_at":"2025-02-30T11:59:00Z"', 300],
    ['text as expires_in', '"expires_in":"300"', 60],
    ['a fraction as expires_in', '"expires_in":1.5', 60],
    ['more than an integer', '"expires_in":1e300', 60],
    ['a local time', '"issued_at":"2026-01-01T11:59:00"', 60],
    ['no date', '"issued_at":"2026-13-01T11:59:00Z"', 60],
    ['a number', '"expires_in":300,"issued_at":1767268740', 300],
  ])('%s', (_, fields, seconds) => {
    const got = granted(`{"token":"T"${fields && ','}${fields}}`)
    expect(got.expiresAt).toBe(NOW + seconds * 1000)
  })
})
