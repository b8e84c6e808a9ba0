// What Contrast's puller does for an image under one of its rules.

import { readCaBundle } from '../certificates/index.js'
import { parseMirror } from '../config/index.js'
import { ANONYMOUS, type Credentials, credentialsOf } from '../credentials.js'
import { expectedError } from '../expected-error.js'
import { ConfigError } from '../findings.js'
import { authorityOf, type ImageReference } from '../image/index.js'
import { compileProxy, type ProxyDecision, type ProxyFor } from '../proxy/index.js'
import {
  type MirrorEndpoint,
  mirrorEndpoint,
  REGISTRY,
  type RegistryEndpoint,
  type Scheme,
  type TlsTrust,
  trustOf,
} from '../resolve/index.js'
import { Secret } from '../secret.js'
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

/** The value of a proxy variable is none that every URL parser reads alike. */
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

/** Gives the outcome for an image and a rule's name; what a rule says is read once. */
export type OutcomeOf = (image: ImageReference, name: string | undefined) => PullerOutcome

/** Compiles a document for a release of the puller. */
export function compileOutcomes(
  { rules, extraEnv }: PullerDocument,
  release: PullerRelease,
  shownName: (name: string) => string,
): OutcomeOf {
  const said = new Map<string, Said>()
  const proxyFor = proxyOf(extraEnv)
  const saidBy = (rule: PullerRule): Said => {
    const known = said.get(rule.name) ?? {
      tls: pullerTrust(rule),
      credentials: credentialsOf(rule),
    }
    said.set(rule.name, known)
    return known
  }
  return (image, name) => {
    const rule = name === undefined ? undefined : rules.get(name)
    const endpoint = rule ? endpointOf(rule, image) : REGISTRY
    const { tls, credentials } = rule ? saidBy(rule) : NO_RULE
    return Object.freeze({
      rule: rule && shownName(rule.name),
      tls,
      credentials,
      schemes: pullerSchemes(image.registry, release),
      endpoint,
      proxy: proxyFor ? decideProxy(endpoint, image, proxyFor) : UNCLEAR_PROXY,
    })
  }
}

/** What a rule says whatever the image is. */
type Said = Pick<PullerOutcome, 'tls' | 'credentials'>

const NO_RULE: Said = {
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
  return typeof parsed === 'string' ? UNCLEAR_MIRROR : mirrorEndpoint(parsed, image)
}

/** The three variables that the puller sets; undefined where one holds no URL. */
function proxyOf(extraEnv: ReadonlyMap<string, string>): ProxyFor | undefined {
  const secret = (name: string): Secret | undefined => {
    const value = extraEnv.get(name)
    return value === undefined ? undefined : new Secret(value)
  }
  try {
    return compileProxy({
      httpProxy: secret('HTTP_PROXY'),
      httpsProxy: secret('HTTPS_PROXY'),
      noProxy: secret('NO_PROXY'),
    })
  } catch (error) {
    expectedError(error, ConfigError)
    return undefined
  }
}

function decideProxy(
  endpoint: PullerOutcome['endpoint'],
  image: ImageReference,
  proxyFor: ProxyFor,
): PullerOutcome['proxy'] {
  if (endpoint.kind === 'unclear-mirror') return UNCLEAR_PROXY
  return proxyFor(endpoint.kind === 'mirror' ? endpoint.url : `https://${authorityOf(image)}/v2/`)
}
