// What an answer's status means at each step, and what to do about it.

import type { Resolution } from 'imagepuller-auth'
import type { StepName } from '../step.js'
import { inRule } from './challenge.js'

/** An answer that ends an image. */
export interface FailedAnswer {
  readonly step: StepName
  readonly status: number
  /** The code of the distribution specification that the body gives, if it does. */
  readonly code: string | undefined
  /** `Retry-After`, if there is one. */
  readonly retryAfter: string | null
  /** The scheme, host and port that answered. */
  readonly origin: string
  /** What the request carried. */
  readonly carried: 'nothing' | 'credentials' | 'token'
  /** Whether it is where a redirect led. */
  readonly isElsewhere: boolean
  /** Whether a proxy was asked for it by plain HTTP, so that the answer may be its own. */
  readonly isByProxy: boolean
}

/** What the answer means, and what to do. */
interface Advice {
  readonly message: string
  readonly help: string
}

/** The sentences for an answer. */
export function adviceFor(answer: FailedAnswer, resolution: Resolution): Advice {
  const { status, isByProxy } = answer
  const { message, help } = adviceBy(answer, resolution)
  const mayBeItsOwn = isByProxy && (status === 403 || status >= 500)
  if (!mayBeItsOwn) return { message, help }
  return { message, help: `${help}; the proxy may have answered in its place: ${PAST_PROXY}` }
}

const PAST_PROXY = 'name the host in NO_PROXY of extra-env if it is reached directly'

/** The same, taken for an answer of the server. */
function adviceBy(answer: FailedAnswer, resolution: Resolution): Advice {
  const { status, code, isElsewhere, origin } = answer
  const shown = `${origin} answers with status ${status}${code === undefined ? '' : ` ${code}`}`
  if (status === 429) return tooMany(answer, shown, resolution)
  if (status >= 500) {
    return {
      message: `${shown}: it fails by itself`,
      help: 'the server is at fault: try again later, or look into its log',
    }
  }
  if (status === 407) {
    return {
      message: `the proxy answers with status ${status}: it asks for a user name and password`,
      help: 'write them in the proxy URL of extra-env: http://USER:PASSWORD@HOST:PORT',
    }
  }
  if (isElsewhere && status === 401) {
    return {
      message: `${shown}, where a redirect leads, with which no credentials go along`,
      help: 'let the redirect lead to what asks for none, such as a signed link',
    }
  }
  if (isElsewhere) {
    return {
      message: `${shown}, where the registry leads to`,
      help: "the registry's storage is at fault: a link that has ended, or a proxy that refuses its host",
    }
  }
  if (status === 401 || status === 403) return refused(answer, shown, resolution)
  if (status === 404) return missing(answer, shown, resolution)
  const isMirror = resolution.endpoint.kind === 'mirror' ? ', or the mirror in the rule' : ''
  return {
    message: `${shown}, which no registry should`,
    help: `check that a registry answers at this name and port${isMirror}`,
  }
}

/** A number of seconds, or a date: nothing else is shown. */
const DELAY = /^(?:\d{1,7}|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT)$/

function tooMany({ retryAfter }: FailedAnswer, shown: string, resolution: Resolution): Advice {
  const { credentials } = resolution
  const isDelay = retryAfter !== null && DELAY.test(retryAfter)
  const seconds =
    isDelay && /^\d/.test(retryAfter) ? `in ${retryAfter} seconds` : `after ${retryAfter}`
  const wait = isDelay ? `try again ${seconds}` : 'try again later'
  const more =
    credentials.kind === 'anonymous' ? `, or write credentials ${inRule(resolution)}` : ''
  return { message: `${shown}: there were too many requests`, help: `${wait}${more}` }
}

function refused({ carried, status }: FailedAnswer, shown: string, resolution: Resolution): Advice {
  const { repository } = resolution.image
  if (carried === 'credentials' && status === 401) {
    return {
      message: `${shown}: it refuses the rule's credentials`,
      help: `check the user name and password ${inRule(resolution)}: a line end at the end of what was encoded counts`,
    }
  }
  if (carried === 'nothing') {
    return {
      message: `${shown}, and was told no credentials`,
      help: `write credentials ${inRule(resolution)}, if the registry gives the image to an account only`,
    }
  }
  const isAnonymous = resolution.credentials.kind === 'anonymous'
  const what = carried === 'token' ? 'the token has no right' : 'the account has no right'
  return {
    message: `${shown}: ${what} to pull ${repository}`,
    help: isAnonymous
      ? `write credentials ${inRule(resolution)} of an account that may pull it, or check the spelling: many registries answer so for what isn't there`
      : 'let the account pull this repository, or check the spelling: many registries answer so for what is not there',
  }
}

function missing({ step }: FailedAnswer, shown: string, resolution: Resolution): Advice {
  const { image, endpoint } = resolution
  const isMirror = endpoint.kind === 'mirror' && !endpoint.fallback
  if (step === '/v2/') {
    return {
      message: `${shown}: no registry is there`,
      help: 'check the name and the port; a registry answers at /v2/ of its root',
    }
  }
  if (step === 'layer' && !isMirror) {
    return {
      message: `${shown}: it has the manifest, and not this layer`,
      help: 'the registry has lost it, or it was never pushed whole: push the image anew',
    }
  }
  const help = isMirror
    ? 'bring the image to the mirror, or write mirror-fallback = true in the rule'
    : 'check the spelling of the image, and that it has been pushed and not been deleted'
  const joint = image.digest === undefined ? ':' : '@'
  return { message: `${shown}: it has no ${image.repository}${joint}${image.identifier}`, help }
}

/** What to do about a token service, by what it answered; 0 if it didn't. */
export function adviceForTokens(status: number, resolution: Resolution): string {
  const { credentials, image } = resolution
  if (status === 401 || status === 403) {
    return credentials.kind === 'anonymous'
      ? `write credentials ${inRule(resolution)}: the token service gives none of its tokens without`
      : `check the credentials ${inRule(resolution)}, and whether the account may pull ${image.repository}`
  }
  if (status === 200) {
    return 'what answers there is no token service: a page to log in, or one of a proxy; check the realm that the registry names'
  }
  if (status === 429) return 'try again later: there were too many requests'
  if (status >= 500) return 'the token service is at fault: try again later, or look into its log'
  return 'check the realm that the registry names'
}
