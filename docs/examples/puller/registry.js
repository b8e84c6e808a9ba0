/**
 * Requests to one image's registry. What to trust, where to go and what to answer is the library's; here
 * is what it leaves to its user: patience, and words for a certificate that isn't trusted.
 */

import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from 'node:tls'
import { createRegistryFetch } from 'imagepuller-auth/fetch'
import { tlsOptions, undiciFetch } from 'imagepuller-auth/transport'
import * as undici from 'undici'

const MAX_RETRIES = 4
const MAX_WAIT = 60_000
const NOT_VOUCHED_FOR = /SELF_SIGNED_CERT|^UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)/

/** @typedef {import('imagepuller-auth/transport').Send<undici.Response>} Send */
/** @typedef {Partial<import('imagepuller-auth/fetch').UnreachableIssue>} Issue */

/**
 * @param {import('imagepuller-auth').Resolver} resolver
 * @param {import('imagepuller-auth').Resolution} resolution
 * @param {number} silence - How long a server may send nothing, in milliseconds.
 * @param {AbortSignal} signal - Ends everything.
 */
export function openRegistry(resolver, resolution, silence, signal) {
  const client = undiciFetch(undici, { headersTimeout: silence, bodyTimeout: silence })
  const registryFetch = createRegistryFetch(resolver, { fetch: patient(client), now: Date.now })
  const explain = async (/** @type {Error & { issue?: Issue }} */ { message, issue }) => {
    const [attempt] = issue?.attempts ?? []
    const route = attempt && resolver.routeTo(resolution, attempt.origin)
    throw new Error(message + (route ? await explainCertificate(attempt, route, signal) : ''))
  }
  return {
    /** A GET at the registry: the header and body of its answer. */
    get: async (/** @type {string} */ path, /** @type {string} */ accept) => {
      // A blob has to come as its digest counts it.
      const headers = { accept, 'accept-encoding': 'identity' }
      const sent = registryFetch(resolution.image.name, path, { headers, signal })
      const response = await sent.catch(explain)
      const { status, body, url } = response
      if (status === 200 && body) return { headers: response.headers, body }
      const more = waitFor(response, 0) > MAX_WAIT ? ', and asks to be left alone for too long' : ''
      throw new Error(`${new URL(url).origin} answered ${status}${more}`)
    },
    /** Closes the connections; those that an error left in use as well. */
    close: () => client.destroy(),
  }
}

/**
 * Sends a request again while a server is busy: the registry, its token service or its storage.
 *
 * @param {Send} send
 * @returns {Send}
 */
function patient(send) {
  return async (url, init, route) => {
    for (let tried = 0; ; tried++) {
      const response = await send(url, init, route)
      const isBusy = response.status === 429 || response.status >= 500
      const wait = waitFor(response, tried)
      if (!isBusy || tried === MAX_RETRIES || wait > MAX_WAIT) return response
      await response.body?.cancel()
      await sleep(wait, undefined, { signal: /** @type {AbortSignal} */ (init.signal) })
    }
  }
}

/**
 * How long to wait: what `Retry-After` says, in seconds or as a date (RFC 9110, section 10.2.3), or
 * twice as long each time, with some chance so that pullers don't come back in step.
 *
 * @param {undici.Response} response
 * @param {number} tried
 */
function waitFor({ headers }, tried) {
  const field = headers.get('retry-after') ?? ''
  if (/^\d+$/.test(field)) return Number(field) * 1000
  const date = /^[A-Z]/.test(field) ? Date.parse(field) : Number.NaN
  return Number.isNaN(date) ? 500 * 2 ** tried * (0.5 + Math.random() / 2) : date - Date.now()
}

/**
 * The issuer in the certificate that a server shows; empty where that isn't the fault, or a proxy is
 * between, whose certificate it may be. Nothing is sent over this connection.
 *
 * @param {import('imagepuller-auth/fetch').Attempt} attempt
 * @param {import('imagepuller-auth/transport').Route} route
 * @param {AbortSignal} signal
 */
async function explainCertificate({ origin, reason }, route, signal) {
  if (!NOT_VOUCHED_FOR.test(reason) || route.proxy.kind !== 'direct') return ''
  const { hostname, port } = new URL(origin)
  const options = { ...tlsOptions(route, hostname), rejectUnauthorized: false }
  const socket = connect(Number(port || 443), hostname.replace(/^\[|\]$/g, ''), options)
  try {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(5000)])
    await once(socket, 'secureConnect', { signal: ending })
    const issuer = socket.getPeerX509Certificate()?.issuer.replaceAll('\n', ', ')
    return `; the server's certificate is by ${issuer}, which the rule doesn't trust`
  } catch {
    return ''
  } finally {
    socket.on('error', () => {}).destroy()
  }
}
