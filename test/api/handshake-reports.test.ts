import {
  answerChallenge,
  createResolver,
  headersOf,
  parseConfig,
  parseTokenResponse,
  requestUrls,
  type TokenRequest,
} from 'imagepuller-auth'
import { describe, expect, test } from 'vitest'
import { read } from '../support/vectors.js'

interface Expected {
  readonly kind: string
  readonly header?: string
  readonly messageShouldMention?: string
}

type Report =
  | {
      readonly id: string
      readonly kind: 'challenge'
      readonly input: { readonly rule: string; readonly image: string; readonly headers: string }
      readonly expected: Expected
    }
  | {
      readonly id: string
      readonly kind: 'token'
      readonly input: { readonly body: string; readonly now: number }
      readonly expected: Expected
    }

function answer({ rule, image, headers }: Extract<Report, { kind: 'challenge' }>['input']) {
  const config = parseConfig(`[registries."${rule}"]\nusername = "u"\npassword = "p"`)
  const resolution = createResolver(config).resolve(image)
  const [url = ''] = requestUrls(resolution, '/v2/')
  return answerChallenge(resolution, headers, { url })
}

function anyRequest(): TokenRequest {
  const headers = 'Bearer realm="https://registry.corp/token"'
  const got = answer({ rule: 'registry.corp.', image: 'registry.corp/x', headers })
  if (got.kind !== 'token-request') throw new Error(got.kind)
  return got
}

describe('handshake-reports.json', () => {
  const reports = read<Report>('handshake-reports.json')

  test.each(reports.map((row) => [row.id, row] as const))('%s', (_, row) => {
    const got =
      row.kind === 'challenge'
        ? answer(row.input)
        : parseTokenResponse(anyRequest(), row.input.body, row.input.now)
    const { header, messageShouldMention, ...members } = row.expected
    expect(got).toMatchObject({ ...members })
    const sent = got.kind === 'authorization' ? headersOf(got) : {}
    expect(sent['authorization']).toBe(header)
    const message = got.kind === 'none' || got.kind === 'failure' ? got.message : ''
    expect(message).toMatch(new RegExp(messageShouldMention ?? ''))
  })

  test('all kinds are there', () => {
    expect(new Set(reports.map(({ kind }) => kind))).toEqual(new Set(['challenge', 'token']))
  })
})
