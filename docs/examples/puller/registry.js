/**
 * Requests to one image's registry. What to trust, where to go and what to answer is the library's
 * decision; here it is only sent.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { answerChallenge, parseChallenges, parseTokenResponse, requestUrls } from 'imagepuller-auth'
import { undiciDispatcher } from 'imagepuller-auth/node'
import { Agent, ProxyAgent, request } from 'undici'
import { PullError, UnreachableError } from './errors.js'

/** @typedef {import('undici').Dispatcher} Dispatcher */
/** @typedef {import('undici').Dispatcher.ResponseData} Response */
/** @typedef {{ method?: 'GET' | 'POST', headers: Record<string, string>, body?: string }} Sent */

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MAX_REDIRECTS = 5
const MAX_RETRIES = 4
const MAX_WAIT = 60_000
/** Without credentials, with them, and once more with the scopes that the registry asked for. */
const MAX_ASKED = 3
const MAX_UNWANTED = 64 * 1024
const MAX_TOKEN_SIZE = 1024 * 1024

export class Registry {
  #resolver
  #resolution
  #signal
  #silence
  /** @type {Map<string, Dispatcher>} */
  #dispatchers = new Map()
  /** @type {{ origin: string, header: import('imagepuller-auth').HttpHeader } | undefined} */
  #authorization
  /** @type {import('imagepuller-auth').RefreshToken | undefined} */
  #refresh
  /** @type {number | undefined} Which of the resolution's schemes the registry speaks. */
  #spoken

  /**
   * @param {import('imagepuller-auth').Resolver} resolver
   * @param {import('imagepuller-auth').Resolution} resolution
   * @param {{ signal: AbortSignal, silence: number }} limits - `silence` is how long a server may
   *   send nothing, in milliseconds.
   */
  constructor(resolver, resolution, { signal, silence }) {
    this.#resolver = resolver
    this.#resolution = resolution
    this.#signal = signal
    this.#silence = silence
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
    const urls = requestUrls(this.#resolution, path)
    if (urls.length === 0) throw new PullError('the configuration trusts nobody for this registry')
    for (let asked = 1; ; asked++) {
      const { url, response } = await this.#ask(urls, accept)
      if (response.statusCode !== 401) return this.#follow(url, response, accept)
      await discard(response)
      if (asked === MAX_ASKED) throw new PullError('the registry refuses the token each time')
      await this.#authenticate(url, response.headers['www-authenticate'])
    }
  }

  /** Closes the connections; those that an error left in use as well. */
  async close() {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()))
  }

  /**
   * Plain HTTP comes after HTTPS, and only where the resolution has it. Once a server has answered,
   * there is no way back: not for a connection that breaks later.
   *
   * @param {readonly string[]} urls
   * @param {string} accept
   */
  async #ask(urls, accept) {
    for (let i = this.#spoken ?? 0; ; i++) {
      const url = urls[i] ?? ''
      try {
        const response = await this.#send(url, { headers: { accept, ...this.#headersFor(url) } })
        this.#spoken = i
        return { url, response }
      } catch (error) {
        const isLast = this.#spoken !== undefined || i === urls.length - 1
        if (isLast || !(error instanceof UnreachableError)) throw error
      }
    }
  }

  /**
   * The header that an earlier request was asked for, at the origin that it is bound to.
   *
   * @param {string} url
   * @returns {Record<string, string>}
   */
  #headersFor(url) {
    if (this.#authorization?.origin !== new URL(url).origin) return {}
    const { name, value } = this.#authorization.header
    return { [name]: value.reveal() }
  }

  /**
   * @param {string} url - That answered 401.
   * @param {string | string[] | undefined} field - The answer's `WWW-Authenticate`.
   */
  async #authenticate(url, field) {
    const retry = this.#authorization !== undefined
    this.#authorization = undefined
    const challenges = parseChallenges(field ?? [])
    const refresh = this.#refresh
    const answer = answerChallenge(this.#resolution, challenges, { url, retry, refresh })
    if (answer.kind === 'none') throw new PullError(answer.message)
    if (answer.kind === 'token-request') {
      this.#authorization = { origin: answer.registry, header: await this.#getToken(answer) }
      return
    }
    // The same header again would be refused again, and count against the account.
    if (retry) throw new PullError('the registry refuses the credentials')
    this.#authorization = { origin: answer.origin, header: answer.header }
  }

  /**
   * `asked.foreign` says that the token service is outside the registry's own domain. That is allowed
   * here, as with Docker Hub and many a company's registry: who writes the configuration trusts the
   * registry's word on where its tokens are. But not the token service's word on where else to go: a
   * redirect would take the credentials along, so it isn't followed.
   *
   * @param {import('imagepuller-auth').TokenRequest} asked
   * @returns {Promise<import('imagepuller-auth').HttpHeader>}
   */
  async #getToken(asked) {
    const { method, url, body } = asked
    const headers = Object.fromEntries(asked.headers.map((h) => [h.name, h.value.reveal()]))
    const response = await this.#send(url, { method, headers, body: body?.reveal() })
    const bytes = await readAll(response.body, MAX_TOKEN_SIZE, "the token service's answer")
    if (response.statusCode === 404 && asked.fallback) return this.#getToken(asked.fallback)
    if (response.statusCode === 401)
      throw new PullError('the token service refuses the credentials')
    if (response.statusCode !== 200) {
      throw new PullError(`the token service answered ${response.statusCode}`)
    }
    const token = parseTokenResponse(bytes, Date.now())
    if (token.kind === 'failure') throw new PullError(`the token service: ${token.message}`)
    const { registry, origin } = asked
    if (token.refreshToken) this.#refresh = { registry, origin, token: token.refreshToken }
    return token.header
  }

  /**
   * Follows redirects to storage, without the credentials: they are for the registry.
   *
   * @param {string} from
   * @param {Response} response
   * @param {string} accept
   */
  async #follow(from, response, accept) {
    for (let count = 1; REDIRECTS.has(response.statusCode); count++) {
      await discard(response)
      if (count > MAX_REDIRECTS) throw new PullError(`more than ${MAX_REDIRECTS} redirects`)
      from = this.#target(from, response.headers['location'])
      response = await this.#send(from, { headers: { accept } })
    }
    if (response.statusCode === 200) return response
    await discard(response)
    throw new PullError(`${new URL(from).origin} answered ${response.statusCode}`)
  }

  /**
   * @param {string} from
   * @param {string | string[] | undefined} location
   */
  #target(from, location) {
    if (typeof location !== 'string' || !URL.canParse(location, from)) {
      throw new PullError('a redirect leads to no URL')
    }
    const target = new URL(location, from)
    // Down to plain HTTP only where the rule would have allowed it in the first place.
    if (!this.#resolution.schemes.some((scheme) => target.protocol === `${scheme}:`)) {
      throw new PullError(`a redirect leads to ${target.protocol}, which the rule doesn't allow`)
    }
    return target.href
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
      const wait = waitFor(response.headers['retry-after'], tried)
      if (wait > MAX_WAIT) throw new PullError('the server wants to be left alone for too long')
      await sleep(wait, undefined, { signal: this.#signal }).catch(() => {
        throw this.#signal.reason
      })
    }
  }

  /**
   * undici has a time limit for each step, but the longest for a proxy that never answers. So there is
   * one here for everything up to the answer's headers.
   *
   * @param {string} url
   * @param {Sent} sent
   * @returns {Promise<Response>}
   */
  async #sendOnce(url, sent) {
    this.#signal.throwIfAborted()
    const { promise, cancel } = rejectAfter(this.#silence)
    try {
      const dispatcher = this.#dispatcherFor(url)
      const answer = request(url, { dispatcher, bodyTimeout: this.#silence, ...sent })
      return await Promise.race([answer, promise])
    } catch (error) {
      throw new UnreachableError(new URL(url).origin, error)
    } finally {
      cancel()
    }
  }

  /**
   * The rule's trust holds for the registry, its token service and its storage, as in the reference,
   * which has one transport for each image. The proxy is each URL's own: for the endpoint the
   * decision is `resolution.proxy`, and for a registry that only speaks HTTP the one for HTTP.
   *
   * @param {string} url
   * @returns {Dispatcher}
   */
  #dispatcherFor(url) {
    const proxy = this.#resolver.proxyFor(url)
    const key = proxy.kind === 'proxy' ? proxy.reason : 'direct'
    const known = this.#dispatchers.get(key)
    if (known) return known
    const dispatcher = undiciDispatcher(this.#resolution.tls, proxy, { Agent, ProxyAgent })
    this.#dispatchers.set(key, dispatcher)
    return dispatcher
  }
}

/**
 * Reads a body that nobody wants, so that the connection can be used again; a long or broken one costs
 * no more than the connection.
 *
 * @param {Response} response
 */
async function discard({ body }) {
  await body.dump({ limit: MAX_UNWANTED }).catch(() => {})
}

/**
 * @param {number} milliseconds
 * @returns {{ promise: Promise<never>, cancel: () => void }}
 */
function rejectAfter(milliseconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  /** @type {Promise<never>} */
  const promise = new Promise((_, reject) => {
    const late = () => reject(new Error(`no answer within ${milliseconds / 1000} seconds`))
    timer = setTimeout(late, milliseconds)
  })
  return { promise, cancel: () => clearTimeout(timer) }
}

/**
 * How long to wait: what `Retry-After` says, in seconds or as a date (RFC 9110, section 10.2.3), or
 * twice as long each time, with some chance so that pullers don't come back in step.
 *
 * @param {string | string[] | undefined} field
 * @param {number} tried
 */
function waitFor(field, tried) {
  const text = typeof field === 'string' ? field.trim() : ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  if (!Number.isNaN(date)) return Math.max(0, date - Date.now())
  return 500 * 2 ** tried * (0.5 + Math.random() / 2)
}

/**
 * Reads a whole body, unless it is longer than it should be.
 *
 * @param {import('node:stream').Readable} body
 * @param {number} limit
 * @param {string} what
 */
export async function readAll(body, limit, what) {
  /** @type {Buffer[]} */
  const chunks = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw new PullError(`${what} is longer than ${limit} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    throw PullError.from(error, what)
  }
  return Buffer.concat(chunks)
}
