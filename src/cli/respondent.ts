// Which endpoint of an image answered with a 401: the one that is named, or the likeliest.

import {
  type Answer,
  answerChallenge,
  decideDestination,
  type ParsedChallenges,
  type Resolution,
} from 'imagepuller-auth'
import { endpointsOf } from './endpoints.js'
import { Misuse } from './failure.js'
import { type AskedEndpoint, describeEndpoint, type Respondent } from './render/index.js'

/**
 * The endpoint that is named; else the first whose challenge names a token service in its own domain, or
 * else the first that is asked; undefined where none ever is.
 *
 * @param from - `mirror`, `registry`, or the URL of one of them.
 */
export function findRespondent(
  resolution: Resolution,
  challenges: ParsedChallenges,
  from: string | undefined,
): Respondent | undefined {
  const { repository } = resolution.image
  const endpoints = endpointsOf(resolution, `/v2/${repository}/manifests/latest`)
  const [first] = endpoints
  if (first === undefined) return undefined
  const scopes = [`repository:${repository}:pull`]
  const answerTo = ({ url }: AskedEndpoint): Answer =>
    answerChallenge(resolution, challenges, { url, scopes })
  if (from !== undefined) {
    const endpoint = namedEndpoint(endpoints, from)
    return { endpoint, answer: answerTo(endpoint), isGuess: false }
  }
  const endpoint = endpoints.find((one) => namesOwn(one, resolution, challenges, answerTo)) ?? first
  const isGuess = endpoints.some(({ kind }) => kind !== endpoint.kind)
  return { endpoint, answer: answerTo(endpoint), isGuess }
}

function namedEndpoint(endpoints: readonly AskedEndpoint[], from: string): AskedEndpoint {
  const origin = URL.canParse(from) ? new URL(from).origin : undefined
  const named = endpoints.find((one) => one.kind === from || one.origin === origin)
  if (named) return named
  const asked = endpoints.map(describeEndpoint).join(' and ')
  throw new Misuse(`--from: expected one of what is asked for this image: ${asked}`)
}

/** Whether the token service that a challenge names is in the endpoint's own domain. */
function namesOwn(
  endpoint: AskedEndpoint,
  resolution: Resolution,
  { challenges }: ParsedChallenges,
  answerTo: (endpoint: AskedEndpoint) => Answer,
): boolean {
  if (endpoint.kind === 'mirror') {
    const answer = answerTo(endpoint)
    return answer.kind === 'token-request' && !answer.foreign
  }
  const challenge = challenges.find(({ scheme }) => scheme === 'basic' || scheme === 'bearer')
  // A registry token answers whatever realm there is.
  const realm = challenge?.scheme === 'bearer' ? challenge.parameters['realm'] : undefined
  if (realm === undefined) return false
  const destination = decideDestination(resolution, realm, 'realm')
  return destination.kind === 'allowed' && !destination.foreign
}
