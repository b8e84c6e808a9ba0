import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTokenResponse } from '../../../src/handshake/index.js'
import { BEARER, tokenRequest } from '../../support/answer.js'
import { granted, NOW } from '../../support/granted.js'

const REQUEST = tokenRequest(BEARER)

describe('what is granted', () => {
  test('every property is there, frozen', () => {
    const got = granted('{"token":"T"}')
    expect(Object.keys(got)).toEqual(['kind', 'header', 'origin', 'expiresAt', 'refresh'])
    expect(got.header.name).toBe('authorization')
    expect(got.refresh).toBeUndefined()
    expect(got.origin).toBe('https://registry.corp')
    expect([Object.isFrozen(got), Object.isFrozen(got.header)]).toEqual([true, true])
  })

  test.each([
    ['token', '{"token":"T"}', 'T'],
    ['access_token', '{"access_token":"A"}', 'A'],
    ['both: go-containerregistry takes access_token', '{"token":"T","access_token":"A"}', 'A'],
    ['an empty token', '{"token":"","access_token":"A"}', 'A'],
    ['an empty access_token', '{"token":"T","access_token":""}', 'T'],
    [
      'null is unset',
      '{"token":"T","access_token":null,"expires_in":null,"refresh_token":null}',
      'T',
    ],
    ['odd case', '{"Access_Token":"A"}', 'A'],
    ['the last of two cases', '{"token":"T","TOKEN":"U"}', 'U'],
    ['other fields', '{"token":"T","scope":7,"__proto__":{"token":"P"},"constructor":1}', 'T'],
    ['white space', ' \n{ "token" : "T" } ', 'T'],
    ['escapes', '{"\\u0074oken":"\\u0054"}', 'T'],
    ['punctuation', '{"token":"a.b-c_d~e+f/g=:!\\"\\\\"}', 'a.b-c_d~e+f/g=:!"\\'],
  ])('%s', (_, body, token) => {
    expect(granted(body).header.value.reveal()).toBe(`Bearer ${token}`)
    expect(granted(new TextEncoder().encode(body)).header.value.reveal()).toBe(`Bearer ${token}`)
  })

  test('a refresh token, ready for the next challenge', () => {
    const { refresh } = granted('{"token":"T","refresh_token":"R"}')
    expect(refresh).toEqual({
      registry: 'https://registry.corp',
      origin: 'https://auth.registry.corp',
      token: refresh?.token,
    })
    expect(refresh?.token.reveal()).toBe('R')
    expect(Object.isFrozen(refresh)).toBe(true)
    expect(granted('{"token":"T","refresh_token":""}').refresh).toBeUndefined()
    const next = tokenRequest(BEARER, { refresh })
    expect(next.method).toBe('POST')
    expect(next.body?.reveal()).toContain('&refresh_token=R&')
  })

  test('threat 26: a token has 64 KiB at most', () => {
    const most = 'a'.repeat(64 * 1024)
    expect(granted(`{"token":"${most}","refresh_token":"${most}"}`).kind).toBe('token')
    for (const body of [`{"token":"a${most}"}`, `{"token":"T","refresh_token":"a${most}"}`]) {
      expect(parseTokenResponse(REQUEST, body, NOW)).toMatchObject({ code: 'token-too-large' })
    }
  })
})

describe('what grants nothing', () => {
  test.each([
    ['nothing', '', 'not-json'],
    ['text', 'canary', 'not-json'],
    ['two values', '{"token":"canary"} {}', 'not-json'],
    ['a byte order mark', '\ufeff{"token":"canary"}', 'not-json'],
    ['brackets without end', '['.repeat(1 << 20), 'not-json'],
    ['null', 'null', 'not-an-object'],
    ['a string', '"canary"', 'not-an-object'],
    ['an array', '[{"token":"canary"}]', 'not-an-object'],
    ['an empty object', '{}', 'no-token'],
    ['an empty token', '{"token":""}', 'no-token'],
    ['a refresh token alone', '{"refresh_token":"canary"}', 'no-token'],
    ['a token of an error document', '{"errors":[{"token":"canary"}]}', 'no-token'],
    ['a number as token', '{"token":42}', 'wrong-type'],
    ['an array as token', '{"token":["canary"]}', 'wrong-type'],
    ['a number as access_token', '{"token":"canary","access_token":1}', 'wrong-type'],
    ['a number as refresh_token', '{"token":"canary","refresh_token":1}', 'wrong-type'],
    ['threat 7: a line end', '{"token":"canary\\r\\nX: y"}', 'unsendable-token'],
    ['threat 7: a NUL', '{"token":"canary\\u0000"}', 'unsendable-token'],
    ['threat 7: DEL', '{"token":"canary\\u007f"}', 'unsendable-token'],
    ['a space', '{"token":"canary canary"}', 'unsendable-token'],
    ['a letter beyond ASCII', '{"token":"canäry"}', 'unsendable-token'],
    [
      'a line end in a refresh token',
      '{"token":"T","refresh_token":"canary\\n"}',
      'unsendable-token',
    ],
    ['10 MB', `{"token":"canary${'a'.repeat(10_000_000)}"}`, 'too-large'],
  ])('%s', (_, body, code) => {
    const got = parseTokenResponse(REQUEST, body, NOW)
    expect(got).toMatchObject({ kind: 'failure', code })
    expect(Object.isFrozen(got)).toBe(true)
    expect(inspect(got, { depth: null, showHidden: true })).not.toContain('canary')
    expect(parseTokenResponse(REQUEST, new TextEncoder().encode(body), NOW)).toEqual(got)
  })

  test('bytes that are no UTF-8', () => {
    const got = parseTokenResponse(REQUEST, new Uint8Array([0x7b, 0xff, 0x7d]), NOW)
    expect(got).toMatchObject({ kind: 'failure', code: 'not-utf8' })
  })

  test('threat 18: a polluted Object.prototype grants nothing', () => {
    const pollution = {
      token: 'evil',
      access_token: 'evil',
      refresh_token: 'evil',
      expires_in: 9,
      issued_at: 'x',
    }
    Object.assign(Object.prototype, pollution)
    try {
      expect(parseTokenResponse(REQUEST, '{}', NOW)).toMatchObject({ code: 'no-token' })
      const got = granted('{"token":"T"}')
      expect([got.header.value.reveal(), got.expiresAt, got.refresh]).toEqual([
        'Bearer T',
        NOW + 60_000,
        undefined,
      ])
    } finally {
      for (const name of Object.keys(pollution)) Reflect.deleteProperty(Object.prototype, name)
    }
  })

  test.each([
    ['no request', undefined, '{}', NOW, "answerChallenge's token request"],
    ['a copy of a request', { ...REQUEST }, '{}', NOW, "answerChallenge's token request"],
    ['no body', REQUEST, undefined, NOW, 'a string or bytes'],
    ['an object', REQUEST, { token: 'T' }, NOW, 'a string or bytes'],
    ['no time', REQUEST, '{}', undefined, 'now to be a time in milliseconds since 1970'],
    ['a date', REQUEST, '{}', new Date(NOW), 'now to be a time in milliseconds since 1970'],
    ['not a number', REQUEST, '{}', Number.NaN, 'now to be a time in milliseconds since 1970'],
  ])('misuse: %s', (_, request, body, now, expectation) => {
    expect(() => parseTokenResponse(request as never, body as never, now as never)).toThrow(
      new TypeError(`parseTokenResponse: expected ${expectation}`),
    )
  })

  test('each code has its sentence', () => {
    const bodies = [
      ' '.repeat(1 << 21),
      new Uint8Array([0xff]),
      '',
      '1',
      '{"token":1}',
      '{}',
      `{"token":"${'a'.repeat(1 << 17)}"}`,
      '{"token":" "}',
    ]
    const got = bodies.map((body) => parseTokenResponse(REQUEST, body, NOW))
    expect(got.map((one) => one.kind === 'failure' && [one.code, one.message])).toEqual([
      ['too-large', "the token service's answer: expected 1 MiB at most"],
      ['not-utf8', "the token service's answer: expected UTF-8"],
      ['not-json', "the token service's answer: expected JSON"],
      ['not-an-object', "the token service's answer: expected a JSON object"],
      ['wrong-type', "the token service's answer: expected strings as tokens"],
      ['no-token', "the token service's answer: expected token or access_token"],
      ['token-too-large', "the token service's answer: expected a token of 64 KiB at most"],
      [
        'unsendable-token',
        "the token service's answer: expected a token of visible ASCII characters",
      ],
    ])
  })

  test('property: any text is an answer or a failure, and a header that can be sent', () => {
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record(
          {
            token: fc.string({ unit: 'binary' }),
            expires_in: fc.integer(),
            refresh_token: fc.string(),
          },
          { requiredKeys: [] },
        )
        .map((fields) => JSON.stringify(fields)),
    )
    fc.assert(
      fc.property(body, (text) => {
        const got = parseTokenResponse(REQUEST, text, NOW)
        if (got.kind === 'token') expect(got.header.value.reveal()).toMatch(/^Bearer [!-~]+$/)
      }),
      { numRuns: 5000 },
    )
  })
})
