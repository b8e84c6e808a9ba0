import type { TlsTrust } from '../resolve/index.js'
import { DENYING_CA } from './denying-ca.js'
import { pinned, servernameOf, type TlsVerification, verificationOf } from './verification.js'

/** Options for `tls.connect` and `https.request` or `https.get`. */
export interface TlsOptions extends TlsVerification {
  /**
   * Makes `https.request` use an agent of its own. An agent's options come before those of a
   * request, those of the global agent too, and so do the sockets that it has kept.
   */
  readonly agent: false
  /** The name that is sent and verified, if a host was given that isn't an IP address. */
  readonly servername?: string
}

/**
 * Options for `tls.connect`, and for `https.request` without an agent of yours. Spread them last.
 *
 * @param tls - Whom to trust.
 * @param host - The host, for `servername`. `tls.connect` sends no name without it; `https.request`
 * needs it only for a host with a trailing dot.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { tlsOptions } from 'imagepuller-auth/node'
 *
 * const { rejectUnauthorized, servername } = tlsOptions({ kind: 'web-pki' }, 'registry.corp.')
 * console.log(rejectUnauthorized, servername) // true registry.corp
 * ```
 */
export function tlsOptions(tls: TlsTrust, host?: string): TlsOptions {
  const servername = host === undefined ? undefined : servernameOf(host)
  return Object.freeze({
    ...verificationOf(tls),
    agent: false,
    ...(servername === undefined ? {} : { servername }),
  })
}

/**
 * Options with which no handshake succeeds on any runtime, for those who hand on options for
 * `deny-all` in place of an error: they name a CA whose private key was destroyed.
 *
 * @example
 *
 * ```ts
 * import { denyingTlsOptions } from 'imagepuller-auth/node'
 *
 * const { rejectUnauthorized, ca } = denyingTlsOptions()
 * console.log(rejectUnauthorized, ca?.length) // true 1
 * ```
 */
export function denyingTlsOptions(): TlsOptions {
  return Object.freeze({ ...pinned([DENYING_CA]), agent: false })
}
