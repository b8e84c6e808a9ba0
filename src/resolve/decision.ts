// What a rule decides, compiled once and shared by all resolutions.
import { type Mirror, parseMirror, type RegistryRule } from '../config/index.js'
import {
  ANONYMOUS,
  type AnonymousCredentials,
  type Credentials,
  credentialsOf,
} from '../credentials.js'
import type { AppliedRule } from '../names/index.js'
import { addressOfHost, isIpAddress, parseUrl, scopeOf } from '../net/index.js'
import { HTTPS, HTTPS_THEN_HTTP, NO_SCHEME, type Scheme } from './schemes.js'
import {
  type CaBundleTrust,
  DENY_ALL,
  type DenyAllTrust,
  type SkipVerifyTrust,
  trustOf,
  WEB_PKI,
  type WebPkiTrust,
} from './trust.js'

/** The registry may be reached. */
export interface Permission {
  /** Whom to trust in TLS. */
  readonly tls: WebPkiTrust | CaBundleTrust | SkipVerifyTrust
  /** What the rule holds to authenticate with. */
  readonly credentials: Credentials
  /**
   * The schemes to try, in this order. Plain HTTP is for a registry that has no TLS: it comes into
   * question where https failed before any certificate was judged and before any HTTP answer (no
   * connection in time, a refused one, a reply that isn't TLS), and never after a certificate error
   * or an answer.
   */
  readonly schemes: readonly Scheme[]
}

/** Nothing may be sent to the registry: `ca-certs` is set and holds no certificate. */
export interface Denial {
  /** No certificate is trusted. */
  readonly tls: DenyAllTrust
  /** None: nothing is sent. */
  readonly credentials: AnonymousCredentials
  /** Empty: nothing is tried. */
  readonly schemes: readonly Scheme[]
}

/** What a rule decides: permission or denial, with a mirror if the rule has one. */
export type Decision = (Permission | Denial) & Mirrored

interface Mirrored {
  readonly mirror: Mirror | undefined
  readonly mirrorFallback: boolean
}

/** A decision with the rule it is of: one object, so that a look-up among many rules reads no others. */
export type AppliedDecision = Decision & { readonly applied: AppliedRule }

type CompiledRule = Decision & { readonly name: string }

export function compileRule(rule: RegistryRule): CompiledRule {
  const { name, mirror, mirrorFallback, insecureSkipVerify } = rule
  const parsed = mirror === undefined ? undefined : parseMirror(mirror, insecureSkipVerify)
  const { tls, credentials, schemes } = accessOf(rule)
  // Written out, as in applyRule. A configuration's mirrors were checked when it was parsed.
  const mirrored = parsed as Mirror | undefined
  return { name, tls, credentials, schemes, mirror: mirrored, mirrorFallback } as CompiledRule
}

/** Written out: a spread would lay the object out in two places, and each is a miss of the cache. */
export function applyRule(rule: CompiledRule, applied: AppliedRule): AppliedDecision {
  const { tls, credentials, schemes, mirror, mirrorFallback } = rule
  return { applied, tls, credentials, schemes, mirror, mirrorFallback } as AppliedDecision
}

const DENIAL: Denial = Object.freeze({
  tls: DENY_ALL,
  credentials: ANONYMOUS,
  schemes: NO_SCHEME,
})

function accessOf(rule: RegistryRule): Permission | Denial {
  const tls = trustOf(rule)
  if (tls.kind === 'deny-all') return DENIAL
  const schemes = tls.kind === 'skip-verify' ? HTTPS_THEN_HTTP : HTTPS
  return { tls, credentials: credentialsOf(rule), schemes }
}

const NO_RULE: Decision = decisionWithoutRule(HTTPS)

const NO_RULE_LOOPBACK: Decision = decisionWithoutRule(HTTPS_THEN_HTTP)

/** Where no rule applies: web PKI and no authentication, and plain HTTP for this very machine. */
export function defaultDecision(host: string): Decision {
  return isLoopback(host) ? NO_RULE_LOOPBACK : NO_RULE
}

function decisionWithoutRule(schemes: readonly Scheme[]): Decision {
  return {
    tls: WEB_PKI,
    credentials: ANONYMOUS,
    schemes,
    mirror: undefined,
    mirrorFallback: false,
  }
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  if (!isIpAddress(host)) return false
  // As it is dialled: 127.1 is 127.0.0.1. Of an address that is written in full, that is the same one.
  const address = addressOfHost(host) ?? addressOfHost(parseUrl(`http://${host}/`)?.hostname ?? '')
  return address !== undefined && scopeOf(address) === 'loopback'
}
