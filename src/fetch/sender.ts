// One request, sent by the route of its URL. Everything that leaves goes through here.
import { parseHttpUrl } from '../net/index.js'
import type { Resolution, Resolver, Route } from '../resolve/index.js'
import {
  type FetchedResponse,
  type Send,
  type SendInit,
  TrustDeniedError,
  UnsupportedDecisionError,
} from '../transport/index.js'
import { throwIfAborted } from './abort.js'
import { attemptAt } from './attempt.js'
import { discard } from './body.js'
import { ConnectionFault, judge } from './connection-fault.js'
import { checkResponse } from './response.js'

/** Fields that hold no secret, whatever their values are. */
const OPEN_FIELDS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'range',
  'user-agent',
])

/** Sends the requests of one resolver. */
export class Sender<Response extends FetchedResponse> {
  readonly #resolver: Resolver
  readonly #fetch: Send<Response>

  constructor(resolver: Resolver, fetch: Send<Response>) {
    this.#resolver = resolver
    this.#fetch = fetch
  }

  /**
   * The answer, by the trust of the image's rule and the proxy of the URL.
   *
   * @throws {@link ConnectionFault} where there is none, or the signal's reason.
   */
  async send(resolution: Resolution, url: string, init: SendInit): Promise<Response> {
    const route = this.#resolver.routeTo(resolution, url)
    if (route.proxy.kind === 'undialable')
      throw new ConnectionFault(attemptAt(originOf(url), route.proxy.code, route.proxy), false)
    throwIfAborted(init.signal)
    const response = await this.#answer(url, init, route)
    checkResponse(response)
    if (init.signal?.aborted) discard(response)
    throwIfAborted(init.signal)
    return response
  }

  async #answer(url: string, init: SendInit, route: Route): Promise<Response> {
    const { proxy } = route
    try {
      return await this.#fetch(url, init, route)
    } catch (error) {
      throwIfAborted(init.signal)
      // These say what the client can't be told, and what to do: no other URL changes that.
      if (error instanceof TrustDeniedError || error instanceof UnsupportedDecisionError)
        throw error
      const { reason, isNoTls } = judge(error, proxy.kind === 'proxy')
      const said = isOpen(url, init, route) ? { cause: error } : undefined
      throw new ConnectionFault(attemptAt(originOf(url), reason, proxy), isNoTls, said)
    }
  }
}

/** Whether nothing that is sent is secret, so that a client's error can't hold a secret either. */
function isOpen(url: string, { headers, body }: SendInit, { proxy }: Route): boolean {
  if (proxy.kind !== 'direct' || body !== undefined || url.includes('?')) return false
  return Object.keys(headers).every((name) => OPEN_FIELDS.has(name))
}

/** Scheme, host and port. */
export function originOf(url: string): string {
  const parsed = parseHttpUrl(url)
  return typeof parsed === 'string' ? 'nowhere' : parsed.origin
}
