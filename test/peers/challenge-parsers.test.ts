import { createRequire } from 'node:module'
import { parseWWWAuthenticateHeader } from 'http-auth-utils'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../src/handshake/index.js'

const require = createRequire(import.meta.url)
const { parsers } = require('www-authenticate')
const { parse } = require('auth-header')

const DOCKER_HUB = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'
const TWO = 'Bearer realm="https://auth.corp/token",service="s", Basic realm="corp"'
const ESCAPES = 'Basic realm="x \\"y\\""'

/** What the parsers of the npm registry make of headers that registries send; the reason for ours. */
describe('the packages that exist', () => {
  test('http-auth-utils 6 throws on the header of Docker Hub: it knows no service', () => {
    expect(() => parseWWWAuthenticateHeader(DOCKER_HUB)).toThrow('E_UNAUTHORIZED_KEY')
  })

  test('http-auth-utils 6 throws on a scheme in lower case', () => {
    expect(() => parseWWWAuthenticateHeader('bearer realm="x"')).toThrow('E_UNKNOWN_AUTH_MECHANISM')
  })

  test('auth-header 1 merges two challenges, so that Bearer has two realms', () => {
    expect(parse(TWO)).toMatchObject({
      scheme: 'Bearer',
      params: { realm: ['https://auth.corp/token', 'corp'] },
      token: 'Basic',
    })
  })

  test('www-authenticate 0.6 merges two challenges, with "Basic realm" as a parameter', () => {
    const { scheme, parms } = new parsers.WWW_Authenticate(TWO)
    expect([scheme, parms['Basic realm']]).toEqual(['Bearer', 'corp'])
  })

  test('www-authenticate 0.6 can not read an escaped quote', () => {
    expect(new parsers.WWW_Authenticate(ESCAPES).err).toContain('Unexpected token')
  })
})

describe('ours', () => {
  test.each([
    [DOCKER_HUB, [['bearer', 'https://auth.docker.io/token']]],
    ['bearer realm="x"', [['bearer', 'x']]],
    [
      TWO,
      [
        ['bearer', 'https://auth.corp/token'],
        ['basic', 'corp'],
      ],
    ],
    [ESCAPES, [['basic', 'x "y"']]],
  ])('%s', (header, want) => {
    const realm: string = 'realm'
    const { challenges, skipped } = parseChallenges(header)
    expect(challenges.map(({ scheme, parameters }) => [scheme, parameters[realm]])).toEqual(want)
    expect(skipped).toEqual([])
  })
})
