import {
  type Answer,
  answerChallenge,
  type ChallengedRequest,
  type HeaderValues,
  type TokenRequest,
} from '../../src/handshake/index.js'
import type { Scheme } from '../../src/resolve/index.js'
import { type Keys, resolutionOf } from './resolution.js'

export const URL_OF_401 = 'https://registry.corp/v2/acme/app/manifests/1'

export const BEARER = 'Bearer realm="https://auth.registry.corp/token",service="registry.corp"'

export const PAIR: Keys = { username: 'builder', password: 's3cr3t' }

interface Options {
  readonly keys?: Keys
  readonly registry?: string
  readonly schemes?: readonly Scheme[]
}

/** What `answerChallenge` says to a 401 of registry.corp. */
export function answer(
  header: HeaderValues,
  request: Partial<ChallengedRequest> = {},
  { keys = PAIR, registry = 'registry.corp', schemes = ['https'] }: Options = {},
): Answer {
  const resolution = resolutionOf(registry, keys, schemes)
  return answerChallenge(resolution, header, { url: URL_OF_401, ...request })
}

/** The same, where it has to be a token request. */
export function tokenRequest(...parameters: Parameters<typeof answer>): TokenRequest {
  const got = answer(...parameters)
  if (got.kind !== 'token-request') throw new Error(got.kind)
  return got
}
