// The `fetch` option of `createRegistryFetch` for one image: it sends by connections of its own, and
// writes each step into the journal.

import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import {
  answerChallenge,
  type NoAnswer,
  type ProxiedDecision,
  parseChallenges,
  type Resolution,
  requestUrls,
  type TokenRequest,
} from 'imagepuller-auth'
import type { FetchedResponse, Send, SendInit } from 'imagepuller-auth/fetch'
import { proxyTlsOptions, type Route, tlsOptions } from 'imagepuller-auth/transport'
import type { Said, StepName } from '../step.js'
import { describeAnswer, describeChallenges } from './challenge.js'
import { placeOf, showPlace } from './connect-to.js'
import { type Dialling, dial } from './dial.js'
import { exchange } from './exchange.js'
import { Journal } from './journal.js'
import { secure } from './secure.js'
import type { SentSecrets } from './sent-secrets.js'
import { StepFault } from './step-fault.js'
import { openTunnel } from './tunnel.js'

/** What the requests of one image are sent by. */
export interface WireOptions extends Dialling {
  readonly resolution: Resolution
  readonly now: number
  /** A clock that only goes forward, in milliseconds. */
  readonly clock: () => number
  readonly secrets: SentSecrets
}

/** Which part a request has in the handshake. */
type Role = 'registry' | 'token' | 'elsewhere'

/** What the latest request to the registry, or to where it leads, was, and what came of it. */
export interface Latest {
  readonly role: Exclude<Role, 'token'>
  readonly origin: string
  readonly status: number
  readonly carried: 'nothing' | 'credentials' | 'token'
}

/** The way to a server: a connection, and what a proxy is told besides. */
interface Way {
  readonly socket: Duplex
  readonly proxyHeaders: Readonly<Record<string, string>> | undefined
}

const NOT_FOR_PROXIES =
  'insecure-skip-verify is not for proxies: give the proxy a certificate of the web PKI, or write ca-certs for both in the rule instead'

/** Sends the requests of one image. */
export class Wire {
  latest: Latest | undefined
  /** What the token service answered last; 0 if it didn't. */
  tokenStatus = 0
  /** Why nothing answers the latest challenge. */
  refusal: NoAnswer | undefined
  readonly #options: WireOptions
  readonly #known = new Set<string>()
  #step: StepName = '/v2/'
  #urls: readonly string[] = []
  #tokenRequest: TokenRequest | undefined

  constructor(options: WireOptions) {
    this.#options = options
  }

  /** What is asked next, by which its requests are told from those for tokens and from redirects. */
  expect(step: StepName, path: string): void {
    this.#step = step
    this.#urls = requestUrls(this.#options.resolution, path)
  }

  readonly send: Send<FetchedResponse> = async (href, init, route) => {
    const { journal, deadline } = this.#options
    const url = new URL(href)
    const role = this.#roleOf(href)
    this.#options.secrets.note(init.headers, init.body)
    const { socket, proxyHeaders } = await this.#reach(url, route, role)
    const shown = role === 'registry' ? `${url.origin}${url.pathname}` : url.origin
    journal.begin(role === 'token' ? 'token' : this.#step, `${init.method} ${shown}`)
    const onFault = (fault: StepFault): void => journal.fault(fault)
    try {
      const name = url.host
      const one = { socket, url, init, proxyHeaders, name, deadline, onFault }
      const response = await exchange(one)
      this.#answered(role, url, init, response)
      return response
    } catch (error) {
      if (error instanceof StepFault) onFault(error)
      throw error
    }
  }

  #roleOf(href: string): Role {
    if (this.#urls.includes(href)) return 'registry'
    const asked = [this.#tokenRequest?.url, this.#tokenRequest?.fallback?.url]
    return asked.includes(href) ? 'token' : 'elsewhere'
  }

  async #reach(url: URL, route: Route, role: Role): Promise<Way> {
    const { journal, deadline, now } = this.#options
    const name = showPlace(placeOf(url))
    const by = route.proxy.kind === 'proxy' ? route.proxy.url : 'directly'
    const way = `${name} ${by}`
    const isKnown = this.#known.has(way)
    const reached = await this.#open(url, route, isKnown, this.#options)
    if (url.protocol !== 'https:') {
      this.#known.add(way)
      return reached
    }
    const { host } = placeOf(url)
    const securing = {
      open: async () => (await this.#open(url, route, true, this.#silently())).socket,
      options: tlsOptions(route, url.hostname),
      tls: route.tls,
      host,
      name,
      deadline,
      now,
      isElsewhere: role !== 'registry',
      isTunnelled: route.proxy.kind === 'proxy',
    }
    const run = () => secure(reached.socket, securing)
    const socket: TLSSocket = await journal.step('tls', name, isKnown, run)
    this.#known.add(way)
    return { socket, proxyHeaders: undefined }
  }

  /** A look is no step of its own. */
  #silently(): Dialling {
    const nothing = (): void => undefined
    const { clock, secrets } = this.#options
    const journal = new Journal({ begun: nothing, ended: nothing }, clock, secrets)
    return { ...this.#options, journal }
  }

  async #open(url: URL, route: Route, isKnown: boolean, dialling: Dialling): Promise<Way> {
    const { proxy } = route
    const place = placeOf(url)
    if (proxy.kind !== 'proxy') {
      const socket = await dial({ place, name: showPlace(place), isKnown }, dialling)
      return { socket, proxyHeaders: undefined }
    }
    const socket = await this.#openProxy(route, proxy, dialling)
    if (url.protocol !== 'https:') {
      const proof = proxy.authorization
      return { socket, proxyHeaders: proof ? { 'proxy-authorization': proof.reveal() } : {} }
    }
    const authority = showPlace(place)
    const { journal, deadline } = dialling
    const tunnel = await journal.step('tunnel', authority, isKnown, async () => {
      const opened = await openTunnel(socket, authority, proxy, deadline)
      return [opened, { message: `the proxy opens a tunnel to ${authority}` }]
    })
    return { socket: tunnel, proxyHeaders: undefined }
  }

  async #openProxy(route: Route, proxy: ProxiedDecision, dialling: Dialling): Promise<Duplex> {
    const { journal, deadline } = dialling
    const url = new URL(proxy.url)
    const place = placeOf(url)
    const name = `the proxy ${showPlace(place)}`
    const isKnown = this.#known.has(name)
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw this.#strangeProxy(name, journal)
    const socket = await dial({ place, name, isKnown }, dialling)
    if (url.protocol === 'http:') {
      this.#known.add(name)
      return socket
    }
    const isLoose = route.tls.kind === 'skip-verify'
    const securing = {
      open: () => dial({ place, name, isKnown: true }, this.#silently()),
      options: proxyTlsOptions(route),
      // What the registry's rule doesn't verify says nothing about the proxy.
      tls: isLoose ? ({ kind: 'web-pki' } as const) : route.tls,
      help: isLoose ? NOT_FOR_PROXIES : undefined,
      host: place.host,
      name,
      deadline,
      now: this.#options.now,
      isElsewhere: true,
      isTunnelled: false,
    }
    const secured = await journal.step('tls', name, isKnown, () => secure(socket, securing))
    this.#known.add(name)
    return secured
  }

  #strangeProxy(name: string, journal: Journal): StepFault {
    const fault = new StepFault('CHECK_PROXY_SCHEME', `${name} isn't one of http or https`, {
      help: 'write HTTPS_PROXY and HTTP_PROXY in extra-env with http:// or https://',
    })
    journal.begin('connection', name)
    journal.fault(fault)
    return fault
  }

  #answered(role: Role, url: URL, init: SendInit, response: FetchedResponse): void {
    const { journal } = this.#options
    const { status } = response
    if (role === 'token') {
      this.tokenStatus = status
      journal.note(saidOfToken(url, init, status))
      return
    }
    const carried = carriedBy(init)
    this.latest = { role, origin: url.origin, status, carried }
    if (role === 'registry' && status === 401 && carried === 'nothing') {
      this.#challenged(url, response)
    } else {
      journal.note(saidOfAnswer(url, response, carried))
    }
  }

  /** A 401, and what answers it: by the same functions as the client of the registry. */
  #challenged(url: URL, { headers }: FetchedResponse): void {
    const { journal, resolution } = this.#options
    const challenges = parseChallenges(headers.get('www-authenticate'))
    const asks = describeChallenges(challenges)
    journal.end({ outcome: 'ok', message: `${url.origin} answers with status 401 and ${asks}` })
    const scopes = [`repository:${resolution.image.repository}:pull`]
    const answer = answerChallenge(resolution, challenges, { url: url.href, scopes })
    this.#tokenRequest = answer.kind === 'token-request' ? answer : undefined
    this.refusal = answer.kind === 'none' ? answer : undefined
    journal.begin('challenge', asks)
    const message = describeAnswer(answer, resolution.credentials)
    if (message !== undefined) journal.end({ outcome: 'ok', message })
  }
}

function carriedBy({ headers }: SendInit): Latest['carried'] {
  const value = headers['authorization'] ?? headers['Authorization']
  if (value === undefined) return 'nothing'
  return value.startsWith('Basic ') ? 'credentials' : 'token'
}

/** What is said of a token service's answer if the registry is asked next. */
function saidOfToken({ origin }: URL, { method }: SendInit, status: number): Said {
  if (status === 200) return { outcome: 'ok', message: `${origin} gives a token` }
  return {
    outcome: 'passed-over',
    message: `${origin} answers ${method} with status ${status}; it is asked another way`,
  }
}

/** What is said of an answer if another request follows. */
function saidOfAnswer(
  { origin }: URL,
  response: FetchedResponse,
  carried: Latest['carried'],
): Said {
  const { status, headers } = response
  const location = headers.get('location')
  if (status >= 300 && status < 400 && location !== null) {
    return { outcome: 'ok', message: `${origin} answers with status ${status} and leads elsewhere` }
  }
  const with401 = status === 401 && carried === 'token' ? ': it refuses the token' : ''
  return { outcome: 'passed-over', message: `${origin} answers with status ${status}${with401}` }
}
