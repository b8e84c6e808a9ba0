import type { TlsTrust } from '../resolve/index.js'
import { type TlsVerification, verificationOf } from './verification.js'
import { nameIn, wrapMethod } from './wrap.js'

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
  }
}

/**
 * An agent of `node:https` for this trust alone. It reaches registries directly: for a proxy, see
 * {@link undiciDispatcher}. Don't change its options, and make one for each trust.
 *
 * @param tls - Whom to trust.
 * @param https - The module `node:https`.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import https from 'node:https'
 * import { httpsAgent } from 'imagepuller-auth/node'
 *
 * const agent = httpsAgent({ kind: 'web-pki' }, https)
 * console.log(agent.options.rejectUnauthorized) // true
 * ```
 */
export function httpsAgent<A extends object>(tls: TlsTrust, https: HttpsClasses<A>): A {
  const verification = verificationOf(tls)
  const agent = new https.Agent({ ...verification, keepAlive: true, maxCachedSessions: 0 })
  // The trust has the last word: a request may bring a session, or CAs where the agent has none.
  wrapMethod(agent, 'createConnection', (options) => {
    const host = nameIn(options, 'host')
    const servername = nameIn(options, 'servername')
    return { ...options, ...verification, host, servername }
  })
  return agent
}
