// Ways to servers: look-up, connection, tunnel and TLS, each a step the first time that it is gone.

import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { ProxiedDecision } from 'imagepuller-auth'
import { proxyTlsOptions, type Route, tlsOptions } from 'imagepuller-auth/transport'
import { placeOf, showPlace } from './connect-to.js'
import { type Dialling, dial } from './dial.js'
import { Journal } from './journal.js'
import { type Securing, secure } from './secure.js'
import type { SentSecrets } from './sent-secrets.js'
import { StepFault } from './step-fault.js'
import { openTunnel } from './tunnel.js'

/** What ways are gone with. */
export interface WayOptions extends Dialling {
  readonly now: number
  /** A clock that only goes forward, in milliseconds. */
  readonly clock: () => number
  readonly secrets: SentSecrets
}

/** The way to a server: a connection, and what a proxy is told besides. */
interface Way {
  readonly socket: Duplex
  readonly proxyHeaders: Readonly<Record<string, string>> | undefined
}

const NOT_FOR_PROXIES =
  'insecure-skip-verify is not for proxies: give the proxy a certificate of the web PKI, or write ca-certs for both in the rule instead'

/** The ways that were gone for one image. */
export class Ways {
  readonly #options: WayOptions
  readonly #known = new Set<string>()

  constructor(options: WayOptions) {
    this.#options = options
  }

  /**
   * A way to the URL's host, secured if the URL is one of https.
   *
   * @param isElsewhere - Whether it is another server than the registry and its mirror.
   */
  async reach(url: URL, route: Route, isElsewhere: boolean): Promise<Way> {
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
    const securing: Securing = {
      open: async () => (await this.#open(url, route, true, this.#silently())).socket,
      options: tlsOptions(route, url.hostname),
      tls: route.tls,
      host,
      name,
      deadline,
      now,
      isElsewhere,
      at: route.proxy.kind === 'proxy' ? 'tunnel' : 'host',
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
    const securing: Securing = {
      open: () => dial({ place, name, isKnown: true }, this.#silently()),
      options: proxyTlsOptions(route),
      // What the registry's rule doesn't verify says nothing about the proxy.
      tls: isLoose ? { kind: 'web-pki' } : route.tls,
      help: isLoose ? NOT_FOR_PROXIES : undefined,
      host: place.host,
      name,
      deadline,
      now: this.#options.now,
      isElsewhere: true,
      at: 'proxy',
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
}
