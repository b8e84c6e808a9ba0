// From one URL to the next: from https to http where no TLS was there, from a mirror to the registry.
import type { Resolution } from '../resolve/index.js'
import type { FetchedResponse } from '../transport/index.js'
import type { AnsweredSchemes } from './answered-schemes.js'
import { whyFailed } from './attempt.js'
import { discard } from './body.js'
import { ConnectionFault } from './connection-fault.js'
import type { Attempt } from './errors.js'
import { FetchFault } from './fetch-fault.js'
import type { Candidate } from './target.js'

/** What trying the URLs of one request needs. */
export interface ReachContext<Response extends FetchedResponse> {
  readonly resolution: Resolution
  readonly schemes: AnsweredSchemes
  /** Whether a mirror may be left: for a GET or a HEAD. */
  readonly isSafe: boolean
  /** Whether it may be sent a second time: a body that is a stream may not. */
  readonly isRepeatable: boolean
  /** The answer at a URL, authentication and redirects included. */
  readonly request: (candidate: Candidate) => Promise<Response>
}

/** The first answer that counts. */
export async function reach<Response extends FetchedResponse>(
  context: ReachContext<Response>,
  candidates: readonly Candidate[],
): Promise<Response> {
  const attempts: Attempt[] = []
  let said: { readonly cause: unknown } | undefined
  for (const [i, candidate] of candidates.entries()) {
    const { resolution, schemes, isSafe } = context
    const isRegistry = candidate.at === 'registry'
    if (isRegistry && !isOnly(candidates) && !schemes.mayTry(resolution, candidate.url)) continue
    const mayLeave = candidate.at === 'mirror' && isSafe && i + 1 < candidates.length
    const outcome = await attempt(context, candidate)
    if (outcome.kind === 'answer') {
      if (!mayLeave || !isMissing(outcome.response)) return outcome.response
      discard(outcome.response)
      attempts.push(answered(candidate, `status ${outcome.response.status}`))
      continue
    }
    const { fault } = outcome
    if (fault instanceof FetchFault) {
      if (!mayLeave || !fault.details.leavesMirror) throw fault
      attempts.push(...(fault.details.attempts ?? [answered(candidate, fault.code)]))
      continue
    }
    attempts.push(fault.attempt)
    said ??= fault.said
    if (isRegistry) schemes.doubt(resolution)
    if (!mayLeave && !mayUseHttp(context, candidate, fault)) break
  }
  throw unreachable(attempts, said)
}

/** A mirror that is left for its answer. */
function answered({ origin }: Candidate, reason: string): Attempt {
  return Object.freeze({ origin, reason, proxy: undefined })
}

type Outcome<Response> =
  | { readonly kind: 'answer'; readonly response: Response }
  | { readonly kind: 'fault'; readonly fault: ConnectionFault | FetchFault }

async function attempt<Response extends FetchedResponse>(
  { request }: ReachContext<Response>,
  candidate: Candidate,
): Promise<Outcome<Response>> {
  try {
    return { kind: 'answer', response: await request(candidate) }
  } catch (fault) {
    if (fault instanceof ConnectionFault || fault instanceof FetchFault) {
      return { kind: 'fault', fault }
    }
    throw fault
  }
}

/** A `Location` has a scheme of its own. */
function isOnly(candidates: readonly Candidate[]): boolean {
  return candidates.length === 1
}

/** A mirror that lacks the image, or that fails. */
function isMissing({ status }: FetchedResponse): boolean {
  return status === 404 || status >= 500
}

/** Only where https found no TLS, and before any answer by it. */
function mayUseHttp<Response extends FetchedResponse>(
  { resolution, schemes, isRepeatable }: ReachContext<Response>,
  { at, url }: Candidate,
  { isNoTls }: ConnectionFault,
): boolean {
  const isHttps = at === 'registry' && url.startsWith('https:')
  return isHttps && isNoTls && isRepeatable && !schemes.hasTls(resolution)
}

function unreachable(
  attempts: readonly Attempt[],
  said: { readonly cause: unknown } | undefined,
): FetchFault {
  const tried = attempts.map((one) => `${one.origin} (${whyFailed(one)})`).join(', then ')
  const message = `the registry can't be reached: tried ${tried}`
  return new FetchFault('unreachable', message, { attempts, said })
}
