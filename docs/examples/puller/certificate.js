/** Which CA a server's certificate is by, for the message where no anchor vouches for it. */

import { once } from 'node:events'
import { connect } from 'node:tls'
import { tlsOptions } from 'imagepuller-auth/transport'

const NOT_VOUCHED_FOR = /SELF_SIGNED_CERT|^UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)/
const PATIENCE = 5000

/**
 * The issuer in the certificate that a server shows; empty where that isn't the fault, or a proxy is
 * between, whose certificate it may be. Nothing is sent over this connection.
 *
 * @param {import('imagepuller-auth/fetch').Attempt} attempt
 * @param {import('imagepuller-auth/transport').Route} route
 * @param {AbortSignal} signal
 */
export async function explainCertificate({ origin, reason }, route, signal) {
  if (!NOT_VOUCHED_FOR.test(reason) || route.proxy.kind !== 'direct') return ''
  const { hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[|\]$/g, '')
  const options = { ...tlsOptions(route, hostname), rejectUnauthorized: false }
  const socket = connect({ host, port: Number(port || 443), ...options })
  try {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
    await once(socket, 'secureConnect', { signal: ending })
    const parts = Object.entries(socket.getPeerCertificate().issuer ?? {})
    const issuer = parts.map(([name, value]) => `${name}=${value}`).join(', ')
    return `; the server's certificate is by ${issuer}, which the rule doesn't trust`
  } catch {
    return ''
  } finally {
    socket.on('error', () => {}).destroy()
  }
}
