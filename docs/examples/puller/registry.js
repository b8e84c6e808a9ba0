/**
 * Requests to one image's registry. What to trust, where to go and what to answer is the library's
 * decision; here it is only sent.
 */

import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerChallenge, headersOf, parseTokenResponse, requestUrls } from 'imagepuller-auth'
import { undiciDispatcher } from 'imagepuller-auth/transport'
import { Agent, Dispatcher, ProxyAgent, request } from 'undici'
import { atMost, discard } from './body.js'
import { explainCertificate } from './certificate.js'
import { isWithoutTls, PullError } from './errors.js'

/** @typedef {import('undici').Dispatcher.ResponseData} Response */
/** @typedef {{ method?: 'GET' | 'POST', headers: Record<string, string>, body?: string }} Sent */

const UNDICI = { Agent, Dispatcher, ProxyAgent }
const REDIRECTS = [301, 302, 303, 307, 308]
const MAX_REDIRECTS = 5
const MAX_RETRIES = 4
const MAX_WAIT = 60_000
/** Without credentials, with them, and once more with the scopes that the registry asked for. */
const MAX_ASKED = 3
const MAX_TOKEN_SIZE = 1024 * 1024

export class Registry {
  #resolver
  #resolution
  #limits
  /** @type {Map<string, Dispatcher>} By proxy: the trust is the rule's for each. */
  #dispatchers = new Map()
  /** @type {import('imagepuller-auth').AuthorizationAnswer | import('imagepuller-auth').Token | undefined} */
  #authorization
  /** @type {import('imagepuller-auth').RefreshToken | undefined} */
  #refresh
  /** @type {number | undefined} Which of the resolution's URLs the registry answers at. */
  #place

  /**
   * @param {import('imagepuller-auth').Resolver} resolver
   * @param {import('imagepuller-auth').Resolution} resolution
   * @param {AbortSignal} signal - Ends everything.
   * @param {number} silence - How long a server may send nothing, in milliseconds.
   */
  constructor(resolver, resolution, signal, silence) {
    this.#resolver = resolver
    this.#resolution = resolution
    this.#limits = { signal, headersTimeout: silence, bodyTimeout: silence }
    // undici heeds a request's signal only once a connection stands; this works before that, too.
    signal.addEventListener('abort', () => this.close(), { once: true })
  }

  /**
   * A GET at the registry, or at its mirror, with the authentication that it asks for.
   *
   * @param {string} path
   * @param {string} accept
   * @returns {Promise<Response>} - With status 200.
   */
  async get(path, accept) {
    this.#place ??= await this.#findPlace()
    const url = requestUrls(this.#resolution, path)[this.#place] ?? ''
    for (let asked = 1; ; asked++) {
      const authorization = this.#authorization ? headersOf(this.#authorization) : {}
      const response = await this.#send(url, { headers: { accept, ...authorization } })
      if (response.statusCode !== 401) return this.#follow(url, response, accept)
      await discard(response)
      if (asked === MAX_ASKED) throw new PullError('the registry refuses each token')
      await this.#authenticate(url, response.headers['www-authenticate'])
    }
  }

  /** Closes the connections; those that an error left in use as well. */
  async close() {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
  }

  /**
   * Plain HTTP is for a registry that has no TLS: it comes after HTTPS where that failed before any
   * certificate was judged and before any HTTP answer. A certificate error stays one, and once a
   * server has answered, whatever it says, there is no way back.
   */
  async #findPlace() {
    const urls = requestUrls(this.#resolution, '/v2/')
    const faults = []
    for (const [i, url] of urls.entries()) {
      let hasConnected = false
      const dispatcher = this.#dispatcherFor(url).once('connect', () => {
        hasConnected = true
      })
      try {
        await discard(await request(url, { dispatcher, ...this.#limits }))
        return i
      } catch (error) {
        const fault = await this.#explain(error, url)
        faults.push(fault.message)
        const isDowngrade = url.startsWith('https:') && urls[i + 1]?.startsWith('http:')
        if (isDowngrade && (hasConnected || !isWithoutTls(error))) break
      }
    }
    throw new PullError(faults.join('; ') || 'the configuration trusts nothing for this registry')
  }

  /**
   * @param {string} url - That answered 401.
   * @param {string | string[] | undefined} field - The answer's `WWW-Authenticate`.
   */
  async #authenticate(url, field) {
    const rejected = this.#authorization?.header
    const challenged = { url, rejected, refresh: this.#refresh }
    const answer = answerChallenge(this.#resolution, field ?? [], challenged)
    if (answer.kind === 'none') throw new PullError(answer.message)
    const authorization = answer.kind === 'authorization' ? answer : await this.#getToken(answer)
    // The same again would be refused again, and count against the account.
    const isSame = authorization.header.value.reveal() === rejected?.value.reveal()
    if (isSame) throw new PullError('the registry refuses the credentials')
    this.#authorization = authorization
  }

  /**
   * A token service outside the registry's own domain (`foreign`) is allowed here, as with Docker Hub:
   * the configuration trusts the registry's word on where its tokens are. But a redirect of the token
   * service would take the credentials along, and isn't followed.
   *
   * @param {import('imagepuller-auth').TokenRequest} asked
   * @returns {Promise<import('imagepuller-auth').Token>}
   */
  async #getToken(asked) {
    const { method, url, body, fallback } = asked
    const response = await this.#send(url, {
      method,
      headers: headersOf(asked),
      body: body?.reveal(),
    })
    const bytes = await buffer(atMost(response.body, MAX_TOKEN_SIZE, "the token service's answer"))
    if (response.statusCode === 404 && fallback) return this.#getToken(fallback)
    if (response.statusCode !== 200) {
      throw new PullError(`the token service answered ${response.statusCode}`)
    }
    const token = parseTokenResponse(asked, bytes, Date.now())
    if (token.kind === 'failure') throw new PullError(token.message)
    this.#refresh = token.refresh ?? this.#refresh
    return token
  }

  /**
   * Follows redirects to storage, without the credentials: they are for the registry. To plain HTTP
   * they may lead only where the rule would have allowed it in the first place.
   *
   * @param {string} url
   * @param {Response} response
   * @param {string} accept
   */
  async #follow(url, response, accept) {
    for (let count = 1; REDIRECTS.includes(response.statusCode); count++) {
      await discard(response)
      if (count > MAX_REDIRECTS) throw new PullError(`more than ${MAX_REDIRECTS} redirects`)
      const { location } = response.headers
      if (typeof location !== 'string' || !URL.canParse(location, url)) {
        throw new PullError('a redirect leads to no URL')
      }
      url = new URL(location, url).href
      if (!this.#resolution.schemes.some((scheme) => url.startsWith(`${scheme}:`))) {
        throw new PullError(
          `a redirect leads to ${new URL(url).protocol}, which the rule doesn't allow`,
        )
      }
      response = await this.#send(url, { headers: { accept } })
    }
    if (response.statusCode === 200) return response
    throw new PullError(`${new URL(url).origin} answered ${response.statusCode}`)
  }

  /**
   * Sends a request, and again while the server is busy.
   *
   * @param {string} url
   * @param {Sent} sent
   */
  async #send(url, sent) {
    for (let tried = 0; ; tried++) {
      const response = await this.#sendOnce(url, sent)
      const isBusy = response.statusCode === 429 || response.statusCode >= 500
      if (!isBusy || tried === MAX_RETRIES) return response
      await discard(response)
      const wait = waitFor(String(response.headers['retry-after']), tried)
      if (wait > MAX_WAIT) throw new PullError('the server wants to be left alone for too long')
      await sleep(wait, undefined, { signal: this.#limits.signal })
    }
  }

  /**
   * @param {string} url
   * @param {Sent} sent
   */
  async #sendOnce(url, sent) {
    const dispatcher = this.#dispatcherFor(url)
    return request(url, { dispatcher, ...this.#limits, ...sent }).catch(async (error) => {
      throw await this.#explain(error, url)
    })
  }

  /**
   * The rule's trust holds for the registry, its token service and its storage, as in Contrast's
   * puller, which has one transport for each image. The proxy is each URL's own.
   *
   * @param {string} url
   */
  #dispatcherFor(url) {
    this.#limits.signal.throwIfAborted()
    const route = this.#resolver.routeTo(this.#resolution, url)
    const key = route.proxy.kind === 'proxy' ? route.proxy.url : route.proxy.kind
    const dispatcher = this.#dispatchers.get(key) ?? undiciDispatcher(route, UNDICI)
    this.#dispatchers.set(key, dispatcher)
    return dispatcher
  }

  /**
   * What broke off, in a line, with the CA that the server's certificate is by where that is the fault.
   *
   * @param {unknown} error
   * @param {string} url
   */
  async #explain(error, url) {
    const route = this.#resolver.routeTo(this.#resolution, url)
    const certificate = await explainCertificate(error, url, route, this.#limits.signal)
    return PullError.from(error, new URL(url).origin, certificate)
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
