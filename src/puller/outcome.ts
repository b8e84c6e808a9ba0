// What Contrast's puller does for an image under one of its rules.

import { readCaBundle } from '../certificates/index.js'
import { type Mirror, parseMirror } from '../config/index.js'
import { ANONYMOUS, type Credentials, credentialsOf } from '../credentials.js'
import { expectedError } from '../expected-error.js'
import { ConfigError } from '../findings.js'
import { authorityOf, type ImageReference } from '../image/index.js'
import { addressOfHost, isIpAddress, withoutTrailingSlashes } from '../net/index.js'
import { compileProxy, type ProxyDecision } from '../proxy/index.js'
import {
  type MirrorEndpoint,
  mirrorEndpoint,
  REGISTRY,
  type RegistryEndpoint,
  type Scheme,
  type TlsTrust,
  trustOf,
  type Ways,
  wayToRegistry,
} from '../resolve/index.js'
import type { PullerDocument, PullerRule } from './document.js'
import { pullerSchemes } from './schemes.js'
import type { PullerRelease } from './version.js'

/** A mirror that Go's URL parser may read otherwise than others do, or not at all. */
export interface UnclearMirror {
  /** The union's tag. */
  readonly kind: 'unclear-mirror'
  /** What that means, in a sentence. */
  readonly message: string
}

/** A proxy variable, or the registry's host, is none that Go's httpproxy is sure to read like others. */
export interface UnclearProxy {
  /** The union's tag. */
  readonly kind: 'unclear'
  /** What that means, in a sentence. */
  readonly message: string
}

/** What Contrast's puller does for an image, if it picks this rule. */
export interface PullerOutcome {
  /** The rule's name as the document has it, without user info; undefined where none applies. */
  readonly rule: string | undefined
  /** Whom it trusts in TLS. */
  readonly tls: TlsTrust
  /** What it authenticates with. A mirror gets it too. */
  readonly credentials: Credentials
  /**
   * The schemes that it may use, in no order: plain HTTP is asked 300 ms after HTTPS at the latest,
   * and the first that answers wins.
   */
  readonly schemes: readonly Scheme[]
  /** Where its requests go. */
  readonly endpoint: RegistryEndpoint | MirrorEndpoint | UnclearMirror
  /** How it reaches the endpoint, as far as the document says. */
  readonly proxy: ProxyDecision | UnclearProxy
}

const UNCLEAR_MIRROR: UnclearMirror = Object.freeze({
  kind: 'unclear-mirror',
  message: "the mirror is no URL that Go's parser and others read alike",
})
const UNCLEAR_PROXY: UnclearProxy = Object.freeze({
  kind: 'unclear',
  message: "Go's httpproxy passes over such a value, or makes something else of it",
})

const UNCLEAR_HOST: UnclearProxy = Object.freeze({
  kind: 'unclear',
  message:
    "Go's httpproxy takes the host as it is written, and its trailing dot or short address for a name that NO_PROXY may not cover",
})

/** Gives the outcome for an image and a rule's name; what a rule says is read once. */
export type OutcomeOf = (image: ImageReference, name: string | undefined) => PullerOutcome

/** Compiles a document for a release of the puller. */
export function compileOutcomes(
  { rules, extraEnv }: PullerDocument,
  release: PullerRelease,
  shownName: (name: string) => string,
): OutcomeOf {
  const said = new Map<string, Said>()
  const ways = waysOf(extraEnv)
  const saidBy = (rule: PullerRule): Said => {
    const known = said.get(rule.name)
    if (known) return known
    const read = saidIn(rule, shownName)
    said.set(rule.name, read)
    return read
  }
  return (image, name) => {
    const rule = name === undefined ? undefined : rules.get(name)
    const endpoint = rule ? endpointOf(rule, image) : REGISTRY
    const { shown, tls, credentials } = rule ? saidBy(rule) : NO_RULE
    return Object.freeze({
      rule: shown,
      tls,
      credentials,
      schemes: pullerSchemes(image.registry, release),
      endpoint,
      proxy: ways ? decideProxy(endpoint, rule, image, ways) : UNCLEAR_PROXY,
    })
  }
}

/** What a rule says whatever the image is. */
interface Said extends Pick<PullerOutcome, 'tls' | 'credentials'> {
  /** Its name without user info. */
  readonly shown: string | undefined
}

function saidIn(rule: PullerRule, shownName: (name: string) => string): Said {
  return {
    shown: shownName(rule.name),
    tls: pullerTrust(rule),
    credentials: credentialsOf(rule),
  }
}

const NO_RULE: Said = {
  shown: undefined,
  tls: trustOf({ insecureSkipVerify: false, caBundle: undefined }),
  credentials: ANONYMOUS,
}

/** The empty string is Go's zero value, thus unset; a broken block is passed over silently. */
function pullerTrust({ caCerts, insecureSkipVerify }: PullerRule): TlsTrust {
  const caBundle = caCerts === '' ? undefined : readCaBundle(caCerts)
  return trustOf({ insecureSkipVerify, caBundle })
}

function endpointOf({ mirror }: PullerRule, image: ImageReference): PullerOutcome['endpoint'] {
  if (mirror === '') return REGISTRY
  const parsed = parseMirror(mirror, true)
  if (typeof parsed === 'string' || !isReadAlike(mirror, parsed)) return UNCLEAR_MIRROR
  return mirrorEndpoint(parsed, image)
}

/** An empty component of the path, or a slash that is escaped: Go's `path.Join` makes one slash of it. */
const MERGED_SLASHES = /\/\/|%2f/i

/** Not so a short address such as `127.1`, which Go looks up as a name. */
function isReadAlike(written: string, { host }: Mirror): boolean {
  const path = withoutTrailingSlashes(written).slice(written.indexOf('://') + 3)
  if (MERGED_SLASHES.test(path)) return false
  return host.startsWith('[') || !isIpAddress(host) || hostWritten(written) === host
}

/** The host of a mirror's URL as it is written, for one that isn't in brackets. */
function hostWritten(mirror: string): string {
  const [authority = ''] = mirror.slice(mirror.indexOf('://') + 3).split('/', 1)
  const colon = authority.indexOf(':')
  return colon < 0 ? authority : authority.slice(0, colon)
}

/** By the three variables that the puller sets; undefined where one holds no URL. */
function waysOf(extraEnv: ReadonlyMap<string, string>): Ways | undefined {
  const [http, https] = [extraEnv.get('HTTP_PROXY'), extraEnv.get('HTTPS_PROXY')]
  try {
    const proxyFor = compileProxy({
      httpProxy: http,
      httpsProxy: https,
      noProxy: extraEnv.get('NO_PROXY'),
    })
    return { proxyFor, isProxied: Boolean(http) || Boolean(https) }
  } catch (error) {
    expectedError(error, ConfigError)
    return undefined
  }
}

function decideProxy(
  endpoint: PullerOutcome['endpoint'],
  rule: PullerRule | undefined,
  image: ImageReference,
  ways: Ways,
): PullerOutcome['proxy'] {
  switch (endpoint.kind) {
    case 'unclear-mirror':
      return UNCLEAR_PROXY
    case 'mirror':
      return decideForMirror(endpoint, rule?.mirror ?? '', ways)
    case 'registry':
      return decideForRegistry(image, ways)
  }
}

/** Its short addresses are unclear already. */
function decideForMirror(
  { url }: MirrorEndpoint,
  written: string,
  ways: Ways,
): PullerOutcome['proxy'] {
  const way = ways.proxyFor(url)
  return isPassedBy(way) && hostWritten(written).endsWith('.') ? UNCLEAR_HOST : way
}

/** Whether a proxy is passed by for the host's sake. */
function isPassedBy(way: ProxyDecision): boolean {
  return way.kind === 'direct' && way.code !== 'not-configured'
}

/** To httpproxy `a.corp.` isn't `a.corp`, and `127.1` no loopback address. */
function decideForRegistry(image: ImageReference, ways: Ways): PullerOutcome['proxy'] {
  const isAddress = isIpAddress(image.host)
  const way = wayToRegistry(image, isAddress, ways)
  if (!isPassedBy(way)) return way
  const isWritten = image.registry.toLowerCase() === authorityOf(image)
  return isWritten && (!isAddress || addressOfHost(image.host)) ? way : UNCLEAR_HOST
}
