import { type Mirror, parseMirror, type RegistryRule } from '../config/index.js'
import { ANONYMOUS, type Credentials, credentialsOf } from '../credentials.js'
import type { AppliedRule } from '../names/index.js'
import { addressOfHost, isIpAddress, parseUrl, scopeOf } from '../net/index.js'
import { misuse } from './resolver.js'
import { HTTPS, HTTPS_THEN_HTTP, type Scheme, schemesOf } from './schemes.js'
import { type TlsTrust, trustOf, WEB_PKI } from './trust.js'

/** What a rule decides. */
interface Decision {
  readonly tls: TlsTrust
  readonly credentials: Credentials
  readonly schemes: readonly Scheme[]
  readonly mirror: Mirror | undefined
}

interface CompiledRule extends Decision {
  readonly name: string
}

/** A decision with the rule it is of: one object, so that a look-up among many rules reads no others. */
export interface AppliedDecision extends Decision {
  readonly applied: AppliedRule
}

export function applyRule(rule: CompiledRule, applied: AppliedRule): AppliedDecision {
  const { tls, credentials, schemes, mirror } = rule
  return { applied, tls, credentials, schemes, mirror }
}

export function compileRule(rule: RegistryRule): CompiledRule {
  const tls = trustOf(rule)
  return {
    name: rule.name,
    tls,
    credentials: credentialsOf(rule),
    schemes: schemesOf(tls),
    mirror: mirrorOf(rule),
  }
}

function mirrorOf({ mirror, insecureSkipVerify }: RegistryRule): Mirror | undefined {
  const parsed = mirror === undefined ? undefined : parseMirror(mirror, insecureSkipVerify)
  if (typeof parsed !== 'string') return parsed
  throw misuse('a configuration from parseConfig')
}

const NO_RULE: Decision = {
  tls: WEB_PKI,
  credentials: ANONYMOUS,
  schemes: HTTPS,
  mirror: undefined,
}

const NO_RULE_LOOPBACK: Decision = { ...NO_RULE, schemes: HTTPS_THEN_HTTP }

/** Where no rule applies: web PKI and no authentication, and plain HTTP for this very machine. */
export function defaultDecision(host: string): Decision {
  return isLoopback(host) ? NO_RULE_LOOPBACK : NO_RULE
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  if (!isIpAddress(host)) return false
  // As it is dialled: 127.1 is 127.0.0.1.
  const address = addressOfHost(parseUrl(`http://${host}/`)?.hostname ?? '')
  return address !== undefined && scopeOf(address) === 'loopback'
}
