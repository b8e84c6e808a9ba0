// What to do about answers that end an image.

import { describe, expect, it } from 'vitest'
import { adviceFor, adviceForTokens, type FailedAnswer } from '../../../../src/cli/check/advice.js'
import { describeRule } from '../../../../src/cli/check/decision.js'
import { createResolver, parseConfig } from '../../../../src/index.js'

const resolve = (toml: string, image = 'registry.corp/app:1') =>
  createResolver(parseConfig(toml)).resolve(image)

const RULE = '[registries."registry.corp."]\n'
const anonymous = resolve('')
const known = resolve(`${RULE}username = "u"\npassword = "p"\n`)
const mirrored = resolve(`${RULE}mirror = "https://mirror.corp"\n`)

const answer = (more: Partial<FailedAnswer>): FailedAnswer => ({
  ...{ step: 'manifest', status: 404, code: undefined, retryAfter: null },
  ...{ origin: 'https://registry.corp', carried: 'nothing' },
  ...{ isElsewhere: false, isByProxy: false },
  ...more,
})

describe('an answer', () => {
  it.each([
    [
      'an odd status at a mirror',
      { status: 418 },
      mirrored,
      'name and port, or the mirror in the rule',
    ],
    [
      'an odd status',
      { status: 418 },
      anonymous,
      'check that a registry answers at this name and port',
    ],
    [
      'too many requests of an account',
      { status: 429, retryAfter: '7' },
      known,
      'try again in 7 seconds',
    ],
    ['too many requests', { status: 429 }, anonymous, 'try again later, or write credentials'],
    ['a layer that a mirror lacks', { step: 'layer' }, mirrored, 'bring the image to the mirror'],
    ['a layer that is lost', { step: 'layer' }, anonymous, 'push the image anew'],
    [
      'no right, without an account',
      { status: 403, carried: 'token' },
      anonymous,
      'of an account that may pull it',
    ],
    ['no right, of an account', { status: 403, carried: 'token' }, known, 'let the account pull'],
  ] as const)('%s', (_, more, resolution, help) => {
    expect(adviceFor(answer(more), resolution).help).toContain(help)
  })

  it('names a digest as an image does', () => {
    const digest = `sha256:${'0'.repeat(64)}`
    const { message } = adviceFor(answer({}), resolve('', `registry.corp/app@${digest}`))
    expect(message).toContain(`it has no app@${digest}`)
  })
})

describe('a token service', () => {
  it.each([
    [401, known, 'check the credentials'],
    [403, anonymous, 'write credentials'],
    [200, known, 'what answers there is no token service'],
    [429, known, 'try again later: there were too many requests'],
    [502, known, 'the token service is at fault'],
    [302, known, 'check the realm'],
    [0, known, 'check the realm'],
  ])('that answered %d', (status, resolution, help) => {
    expect(adviceForTokens(status, resolution)).toContain(help)
  })
})

it('says why a host can not be dialled', () => {
  const resolution = resolve('', '1.2.3.4.5/app')
  expect(resolution.proxy.kind).toBe('undialable')
  expect(describeRule(resolution, []).message).toContain('host')
})
