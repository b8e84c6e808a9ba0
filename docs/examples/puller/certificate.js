/** Which CA a server's certificate is by, for the message where no anchor vouches for it. */

import { connect } from 'node:tls'
import { tlsOptions } from 'imagepuller-auth/transport'
import { codesOf } from './errors.js'

const NOT_VOUCHED_FOR = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]
const PATIENCE = 5000

/**
 * A sentence on the certificate that was refused; empty where that isn't the fault, or a proxy is
 * between, whose certificate it may be.
 *
 * @param {unknown} error
 * @param {string} url
 * @param {import('imagepuller-auth/transport').Route} route
 * @param {AbortSignal} signal
 */
export async function explainCertificate(error, url, route, signal) {
  const isRefused = codesOf(error).some((code) => NOT_VOUCHED_FOR.includes(code))
  if (!isRefused || route.proxy.kind !== 'direct') return ''
  const issuer = await issuerAt(new URL(url), route, signal)
  return issuer && `the server's certificate is by ${issuer}, which the rule doesn't trust`
}

/**
 * The issuer in the certificate that a server shows. Nothing is sent over this connection.
 *
 * @param {URL} url
 * @param {import('imagepuller-auth/transport').Route} route
 * @param {AbortSignal} signal
 * @returns {Promise<string>}
 */
function issuerAt({ hostname, port }, route, signal) {
  const host = hostname.replace(/^\[|\]$/g, '')
  const options = { ...tlsOptions(route, hostname), rejectUnauthorized: false }
  const socket = connect({ host, port: Number(port || 443), ...options })
  const end = () => socket.destroy()
  signal.addEventListener('abort', end, { once: true })
  return new Promise((resolve) => {
    socket.setTimeout(PATIENCE, end)
    socket.on('error', () => {})
    socket.once('close', () => resolve(''))
    socket.once('secureConnect', () => {
      const { issuer } = socket.getPeerCertificate()
      const parts = Object.entries(issuer ?? {})
      resolve(parts.map(([name, value]) => `${name}=${value}`).join(', '))
      end()
    })
  })
}
