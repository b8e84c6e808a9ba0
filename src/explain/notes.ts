// What follows from a decision, in sentences: trust, credentials, schemes, mirror, proxy.
import { isOwnOrigin, type Resolution } from '../resolve/index.js'
import { type ProxySummary, proxySummary } from './summary.js'

/** The codes of what follows from a decision. */
export type ExplanationNoteCode =
  | 'port'
  | 'ip-address'
  | 'no-rule'
  | 'web-pki'
  | 'ca-bundle'
  | 'deny-all'
  | 'skip-verify'
  | 'anonymous'
  | 'basic'
  | 'identity-token'
  | 'registry-token'
  | 'credentials-without-tls'
  | 'https'
  | 'https-then-http'
  | 'loopback-http'
  | 'mirror'
  | 'mirror-alone'
  | 'mirror-fallback'
  | 'mirror-without-credentials'
  | 'https-proxy'
  | 'http-proxy'
  | 'proxy-credentials'
  | 'no-proxy'
  | 'not-configured'
  | 'loopback'
  | 'undialable'
  | 'differs-from-puller'

/** Something that follows from a decision. */
export interface ExplanationNote {
  /** What it is. */
  readonly code: ExplanationNoteCode
  /** The same in a sentence. */
  readonly message: string
}

/** The parts of a decision that notes are about. */
export type Aspect = 'rule' | 'trust' | 'credentials' | 'schemes' | 'endpoint' | 'proxy' | 'puller'

type OwnCode = Exclude<ExplanationNoteCode, 'differs-from-puller'>

/** What each code is about and means; `docs/findings.md` has the same sentences. */
export const NOTES: Readonly<Record<OwnCode, readonly [aspect: Aspect, message: string]>> = {
  port: [
    'rule',
    'rules name domains, and a registry with a port is covered by "." alone: serve it on port 443 under a name of its own, or write what it needs under "."',
  ],
  'ip-address': [
    'rule',
    'rules name domains, and a registry at an IP address, or at a name that ends in a number, is covered by "." alone: give it another name, or write what it needs under "."',
  ],
  'no-rule': [
    'rule',
    'no rule applies, so the web PKI is trusted and there is nothing to authenticate with',
  ],
  'web-pki': ['trust', 'whatever certificate the roots of the system vouch for is trusted'],
  'ca-bundle': ['trust', 'only what the certificates in ca-certs vouch for is trusted'],
  'deny-all': [
    'trust',
    'ca-certs is set and holds no certificate, so no TLS handshake may succeed and nothing is sent',
  ],
  'skip-verify': [
    'trust',
    'insecure-skip-verify is set, so any server that answers is taken for the registry',
  ],
  anonymous: ['credentials', 'the rule holds none'],
  basic: [
    'credentials',
    'user name and password go to the registry, or to the token service that it names, once it asks',
  ],
  'identity-token': [
    'credentials',
    'it is exchanged for an access token at the token service that the registry names',
  ],
  'registry-token': [
    'credentials',
    'it goes to the registry itself as a bearer token, once it asks',
  ],
  'credentials-without-tls': [
    'credentials',
    'any server that answers can ask for them, over plain HTTP too, since nothing is verified',
  ],
  https: ['schemes', 'plain HTTP is never tried'],
  'https-then-http': [
    'schemes',
    'plain HTTP is tried where the registry has no TLS, and never after a certificate error',
  ],
  'loopback-http': [
    'schemes',
    'the host is this machine, so plain HTTP may follow where it has no TLS',
  ],
  mirror: ['endpoint', 'requests go there, with the name of the registry in the query'],
  'mirror-alone': [
    'endpoint',
    'the registry itself is never asked, since mirror-fallback is not set',
  ],
  'mirror-fallback': [
    'endpoint',
    'the registry itself is tried where the mirror is out of reach or answers 404 or 5xx',
  ],
  'mirror-without-credentials': [
    'endpoint',
    "it gets none of the credentials, which are for the registry's own origin",
  ],
  'https-proxy': ['proxy', 'HTTPS_PROXY names it'],
  'http-proxy': ['proxy', 'HTTP_PROXY names it'],
  'proxy-credentials': ['proxy', 'it alone is sent the user name and password of its URL'],
  'no-proxy': ['proxy', 'an entry of NO_PROXY covers the host'],
  'not-configured': ['proxy', 'no proxy is set for the scheme'],
  loopback: ['proxy', 'the host is this machine, which is always reached directly'],
  undialable: ['proxy', 'URL parsers refuse the host, so nothing can dial it'],
}

/** The part of a decision that a note is about. */
export function aspectOf(code: ExplanationNoteCode): Aspect {
  return code === 'differs-from-puller' ? 'puller' : NOTES[code][0]
}

/** What follows from a resolution. */
export function notesOf(resolution: Resolution): readonly ExplanationNote[] {
  return [...codesOf(resolution)].map((code) => ({ code, message: NOTES[code][1] }))
}

function* codesOf(resolution: Resolution): Generator<OwnCode> {
  const { rule, bypassed, tls, credentials, proxy } = resolution
  if (rule === undefined) yield 'no-rule'
  if (bypassed) yield bypassed.code
  yield tls.kind
  if (tls.kind === 'deny-all') return
  if (rule !== undefined) yield credentials.kind
  const isSecret = credentials.kind !== 'anonymous'
  if (isSecret && tls.kind === 'skip-verify') yield 'credentials-without-tls'
  if (!resolution.schemes.includes('http')) yield 'https'
  else yield tls.kind === 'skip-verify' ? 'https-then-http' : 'loopback-http'
  yield* mirrorCodes(resolution)
  yield* proxyCodes(proxySummary(proxy))
}

function* proxyCodes(proxy: ProxySummary): Generator<OwnCode> {
  yield proxy.kind === 'undialable' ? 'undialable' : proxy.code
  if (proxy.kind === 'proxy' && proxy.authenticated) yield 'proxy-credentials'
}

/** What follows from the way to an endpoint, in sentences. */
export function proxyMessages(proxy: ProxySummary): readonly string[] {
  return [...proxyCodes(proxy)].map((code) => NOTES[code][1])
}

function* mirrorCodes(resolution: Resolution): Generator<OwnCode> {
  const { endpoint, credentials } = resolution
  if (endpoint.kind === 'registry') return
  yield 'mirror'
  yield endpoint.fallback ? 'mirror-fallback' : 'mirror-alone'
  if (credentials.kind === 'anonymous') return
  if (!isOwnOrigin(resolution, endpoint.origin)) yield 'mirror-without-credentials'
}
