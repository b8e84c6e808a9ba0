// Redirects, which lead to storage as a rule: followed without credentials, each by the proxy of its own
// URL, and to plain HTTP only where the resolution allows it.
import type { Resolution } from '../resolve/index.js'
import type { FetchedResponse, SendInit } from '../transport/index.js'
import { whyFailed } from './attempt.js'
import { discard } from './body.js'
import { ConnectionFault } from './connection-fault.js'
import { FetchFault } from './fetch-fault.js'
import { locate, resolveReference } from './location.js'
import type { Sender } from './sender.js'

/** 303 is a GET, as what is followed here is anyway. */
const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What following needs. */
export interface RedirectContext<Response extends FetchedResponse> {
  readonly sender: Sender<Response>
  readonly resolution: Resolution
  /** The request without what authenticates it. */
  readonly init: SendInit
  readonly maxRedirects: number
}

/** The answer that the redirects lead to, the first one included. */
export async function followRedirects<Response extends FetchedResponse>(
  { sender, resolution, init, maxRedirects }: RedirectContext<Response>,
  first: Response,
  from: string,
): Promise<Response> {
  let response = first
  let url = from
  for (let left = maxRedirects; ; left--) {
    const location = STATUSES.has(response.status) ? response.headers.get('location') : null
    if (location === null) return response
    discard(response)
    if (left === 0) {
      const message = `there are more than ${maxRedirects} redirects`
      throw new FetchFault('redirect', message, { leavesMirror: true })
    }
    url = locate(resolveReference(location, url), resolution, 'a redirect').href
    response = await sender.send(resolution, url, init).catch(unreachable)
  }
}

/** What plain HTTP at the registry is for isn't for a redirect: this ends it. */
function unreachable(error: unknown): never {
  if (!(error instanceof ConnectionFault)) throw error
  const { attempt, said } = error
  const message = `a redirect leads to ${attempt.origin}, which can't be reached (${whyFailed(attempt)})`
  throw new FetchFault('unreachable', message, { attempts: [attempt], leavesMirror: true, said })
}
