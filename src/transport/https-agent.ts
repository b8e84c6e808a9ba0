// An agent of `node:https` that has one trust.

import { withoutTrailingDot } from '../net/index.js'
import { ownValue } from '../options.js'
import type { Route } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { ownRoute } from './own-route.js'
import { proxyOf } from './proxied.js'
import { type TlsVerification, verificationOf } from './verification.js'

/** Options of `https.Agent`. */
export interface HttpsAgentOptions extends TlsVerification {
  /** Sockets are kept, for this trust alone. */
  readonly keepAlive: true
  /** No session is resumed. */
  readonly maxCachedSessions: 0
}

/** What of `node:https` is used; pass the module itself. */
export interface HttpsClasses<A> {
  /** The class `https.Agent`. */
  readonly Agent: {
    /** Makes an agent. */
    new (options: HttpsAgentOptions): A
    /** What its agents inherit. */
    readonly prototype: A
  }
}

/**
 * An agent of `node:https` for this trust alone. It reaches registries directly: for a proxy, see
 * {@link undiciDispatcher}. Don't change its options, and make one for each trust.
 *
 * @param route - A resolution, or what `resolver.routeTo` gave.
 * @param https - The module `node:https`.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} for a proxy, past which the agent would go, for a URL that
 * can't be dialled, and on Deno for a bundle with a certificate that Deno would take as a CA without
 * limits.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import https from 'node:https'
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { httpsAgent } from 'imagepuller-auth/transport'
 *
 * const resolution = createResolver(parseConfig('')).resolve('ghcr.io/acme/app')
 * const agent = httpsAgent(resolution, https)
 * console.log(agent.options.rejectUnauthorized) // true
 * ```
 */
export function httpsAgent<A extends object>(route: Route, https: HttpsClasses<A>): A {
  const own = ownRoute(route)
  const verification = verificationOf('httpsAgent', own)
  if (proxyOf('httpsAgent', own)) {
    throw new UnsupportedDecisionError(
      'proxy-needed',
      'an agent of node:https would go past the proxy',
      'use undiciDispatcher, or tlsOptions within a tunnel of your own',
    )
  }
  const TrustingAgent = trusting(classOf(https), verification)
  return new TrustingAgent({ ...verification, keepAlive: true, maxCachedSessions: 0 })
}

/** What of an agent is overridden. */
interface Connecting {
  createConnection(options: object, ...others: unknown[]): unknown
}

/** The class, with the trust having the last word: a request may bring a session, or a context. */
function trusting<A extends object>(
  Agent: HttpsClasses<A>['Agent'],
  verification: TlsVerification,
): HttpsClasses<A>['Agent'] {
  const Base = Agent as unknown as new (options: HttpsAgentOptions) => Connecting
  class TrustingAgent extends Base {
    override createConnection(options: object, ...others: unknown[]): unknown {
      const host = nameIn(options, 'host')
      const servername = nameIn(options, 'servername')
      return super.createConnection({ ...options, ...verification, host, servername }, ...others)
    }
  }
  return TrustingAgent as unknown as HttpsClasses<A>['Agent']
}

function classOf<A extends object>(https: HttpsClasses<A>): HttpsClasses<A>['Agent'] {
  const { Agent } = Object(https) as HttpsClasses<A>
  const isAgent = typeof Reflect.get(Object(Agent?.prototype), 'createConnection') === 'function'
  if (isAgent) return Agent
  throw new TypeError('httpsAgent: expected the module node:https')
}

/** A name among the options as it is sent: without a trailing dot. */
function nameIn(options: object, name: string): unknown {
  const value = ownValue(options, name)
  return typeof value === 'string' ? withoutTrailingDot(value) : value
}
