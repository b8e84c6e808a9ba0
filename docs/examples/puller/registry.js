/**
 * Requests to one image's registry. What to trust, where to go and what to answer is the library's; here
 * is what it leaves to its user: patience.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { createRegistryFetch, RegistryFetchError } from 'imagepuller-auth/fetch'
import { undiciFetch } from 'imagepuller-auth/transport'
import * as undici from 'undici'
import { explainCertificate } from './certificate.js'
import { PullError } from './errors.js'

const MAX_RETRIES = 4
const MAX_WAIT = 60_000

export class Registry {
  #resolver
  #resolution
  #signal
  #client
  #fetch

  /**
   * @param {import('imagepuller-auth').Resolver} resolver
   * @param {import('imagepuller-auth').Resolution} resolution
   * @param {AbortSignal} signal - Ends everything.
   * @param {number} silence - How long a server may send nothing, in milliseconds.
   */
  constructor(resolver, resolution, signal, silence) {
    this.#resolver = resolver
    this.#resolution = resolution
    this.#signal = signal
    this.#client = undiciFetch(undici, { headersTimeout: silence, bodyTimeout: silence })
    this.#fetch = createRegistryFetch(resolver, { fetch: this.#client, now: Date.now })
  }

  /**
   * A GET at the registry, again while it is busy.
   *
   * @param {string} path
   * @param {string} accept
   */
  async get(path, accept) {
    for (let tried = 0; ; tried++) {
      const { status, headers, body, url } = await this.#getOnce(path, accept)
      if (status === 200 && body) return { headers, body }
      await body?.cancel()
      const isBusy = status === 429 || status >= 500
      if (!isBusy || tried === MAX_RETRIES) {
        throw new PullError(`${new URL(url).origin} answered ${status}`)
      }
      const wait = waitFor(headers.get('retry-after') ?? '', tried)
      if (wait > MAX_WAIT) throw new PullError('the server wants to be left alone for too long')
      await sleep(wait, undefined, { signal: this.#signal })
    }
  }

  /** Closes the connections; those that an error left in use as well. */
  close() {
    return this.#client.destroy()
  }

  /**
   * @param {string} path
   * @param {string} accept
   */
  async #getOnce(path, accept) {
    // A blob has to come as its digest counts it.
    const headers = { accept, 'accept-encoding': 'identity' }
    try {
      const { name } = this.#resolution.image
      return await this.#fetch(name, path, { headers, signal: this.#signal })
    } catch (error) {
      if (!(error instanceof RegistryFetchError)) throw error
      const [attempt] = error.issue.code === 'unreachable' ? error.issue.attempts : []
      const route = attempt && this.#resolver.routeTo(this.#resolution, attempt.origin)
      const more = route ? await explainCertificate(attempt, route, this.#signal) : ''
      throw new PullError(error.message + more)
    }
  }
}

/**
 * How long to wait: what `Retry-After` says, in seconds or as a date (RFC 9110, section 10.2.3), or
 * twice as long each time, with some chance so that pullers don't come back in step.
 *
 * @param {string} field
 * @param {number} tried
 */
function waitFor(field, tried) {
  if (/^\d+$/.test(field)) return Number(field) * 1000
  const date = /^[A-Z]/.test(field) ? Date.parse(field) : Number.NaN
  return Number.isNaN(date) ? 500 * 2 ** tried * (0.5 + Math.random() / 2) : date - Date.now()
}
