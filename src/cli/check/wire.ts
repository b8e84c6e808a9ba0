// The `fetch` option of `createRegistryFetch` for one image: it sends by connections of its own, and
// writes each step into the journal.

import {
  answerChallenge,
  type NoAnswer,
  parseChallenges,
  type Resolution,
  requestUrls,
} from 'imagepuller-auth'
import type { Send, SendInit } from 'imagepuller-auth/fetch'
import { expectedError } from '../failure.js'
import type { Said, StepName } from '../step.js'
import { describeAnswer, describeChallenges } from './challenge.js'
import { type CheckResponse, type Exchange, exchange } from './exchange.js'
import { StepFault } from './step-fault.js'
import { type WayOptions, Ways } from './ways.js'

/** What the requests of one image are sent by. */
export interface WireOptions extends WayOptions {
  readonly resolution: Resolution
}

/** Which part a request has in the handshake. */
type Role = 'registry' | 'token' | 'elsewhere'

/** What the latest request to the registry, or to where it leads, was, and what came of it. */
export interface Latest {
  readonly role: Exclude<Role, 'token'>
  readonly origin: string
  readonly status: number
  readonly carried: 'nothing' | 'credentials' | 'token'
  /** Whether a proxy was asked for it by plain HTTP, so that the answer may be its own. */
  readonly isByProxy: boolean
}

const NOTHING: Latest = {
  role: 'registry',
  origin: '',
  status: 0,
  carried: 'nothing',
  isByProxy: false,
}

/** Sends the requests of one image. */
export class Wire {
  latest: Latest = NOTHING
  /** What the token service answered last; 0 if it didn't. */
  tokenStatus = 0
  /** Why nothing answers the latest challenge. */
  refusal: NoAnswer | undefined
  readonly #options: WireOptions
  readonly #ways: Ways
  #step: StepName = '/v2/'
  #urls: readonly string[] = []
  /** Where the latest answer leads: what is asked next, unless the client doesn't follow. */
  #led: string | undefined

  constructor(options: WireOptions) {
    this.#options = options
    this.#ways = new Ways(options)
  }

  /** What is asked next, by which its requests are told from those for tokens and from redirects. */
  expect(step: StepName, path: string): void {
    this.#step = step
    this.#led = undefined
    this.#urls = requestUrls(this.#options.resolution, path)
  }

  readonly send: Send<CheckResponse> = async (href, init, route) => {
    const { journal, deadline } = this.#options
    const url = new URL(href)
    const role = this.#roleOf(href)
    this.#options.secrets.note(init.headers, init.body)
    this.#options.secrets.noteProxy(route.proxy)
    const { socket, proxyHeaders } = await this.#ways.reach(url, route, role !== 'registry')
    const shown = role === 'registry' ? `${url.origin}${url.pathname}` : url.origin
    journal.begin(role === 'token' ? 'token' : this.#step, `${init.method} ${shown}`)
    const onFault = (fault: StepFault): void => journal.fault(fault)
    try {
      const name = url.host
      const one = { socket, url, init, proxyHeaders, name, deadline, onFault }
      const response = await exchange(one)
      this.#answered(role, one, response)
      return response
    } catch (error) {
      onFault(expectedError(error, StepFault))
      throw error
    }
  }

  /** A redirect may lead to the registry itself; whatever else isn't the registry's is for a token. */
  #roleOf(href: string): Role {
    const led = this.#led
    this.#led = undefined
    const isOwn = this.#urls.includes(href)
    if (led !== undefined && (led === href || !isOwn)) return 'elsewhere'
    if (led !== undefined) this.#options.journal.note(saidOfUnfollowed(this.latest))
    return isOwn ? 'registry' : 'token'
  }

  #answered(role: Role, { url, init, proxyHeaders }: Exchange, response: CheckResponse): void {
    const { journal } = this.#options
    const { status } = response
    if (role === 'token') {
      this.tokenStatus = status
      journal.note(saidOfToken(url, init, status))
      return
    }
    const carried = carriedBy(init)
    const isByProxy = proxyHeaders !== undefined
    this.latest = { role, origin: url.origin, status, carried, isByProxy }
    this.#led = targetOf(url, response)
    if (role === 'registry' && status === 401 && carried === 'nothing') {
      this.#challenged(url, response)
    } else {
      journal.note(saidOfAnswer(url, response, carried))
    }
  }

  /** A 401, and what answers it: by the same functions as the client of the registry. */
  #challenged(url: URL, { headers }: CheckResponse): void {
    const { journal, resolution } = this.#options
    const challenges = parseChallenges(headers.get('www-authenticate'))
    const asks = describeChallenges(challenges)
    journal.end({ outcome: 'ok', message: `${url.origin} answers with status 401 and ${asks}` })
    const scopes = [`repository:${resolution.image.repository}:pull`]
    const answer = answerChallenge(resolution, challenges, { url: url.href, scopes })
    this.refusal = answer.kind === 'none' ? answer : undefined
    journal.begin('challenge', asks)
    const { endpoint } = resolution
    const isMirror = endpoint.kind === 'mirror' && endpoint.origin === url.origin
    const asking = isMirror ? 'mirror' : 'registry'
    const message = describeAnswer(answer, resolution.credentials, asking)
    if (message !== undefined) journal.end({ outcome: 'ok', message })
  }
}

/** Where a redirect leads, as far as that can be told; undefined for any other answer. */
function targetOf(url: URL, { status, headers }: CheckResponse): string | undefined {
  const location = status >= 300 && status < 400 ? headers.get('location') : null
  if (location === null) return undefined
  return URL.canParse(location, url.href) ? new URL(location, url.href).href : location
}

function carriedBy({ headers }: SendInit): Latest['carried'] {
  const value = headers['authorization']
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

/** What is said of a mirror's redirect if the registry is asked next, and not where it leads. */
function saidOfUnfollowed({ origin, status }: Latest): Said {
  const message = `${origin} answers with status ${status} and leads where it may not, or to no end`
  return { outcome: 'passed-over', message }
}

/** What is said of an answer if another request follows. */
function saidOfAnswer(url: URL, response: CheckResponse, carried: Latest['carried']): Said {
  const { origin } = url
  const { status } = response
  if (targetOf(url, response) !== undefined) {
    return { outcome: 'ok', message: `${origin} answers with status ${status} and leads elsewhere` }
  }
  const with401 = status === 401 && carried === 'token' ? ': it refuses the token' : ''
  return { outcome: 'passed-over', message: `${origin} answers with status ${status}${with401}` }
}
