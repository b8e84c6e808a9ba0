// What an audit finds about one image's resolution: a row for each code, in the order in which the
// findings of an image are given, the grave ones first.
import type { Severity } from '../findings.js'
import { decideDestination } from '../handshake/index.js'
import { registryHost } from '../image/index.js'
import { normalForm, withoutLeadingDot } from '../names/index.js'
import { PULLER_SENTENCES } from '../puller/index.js'
import type { Resolution } from '../resolve/index.js'

/** The codes of what an audit finds. */
export type AuditFindingCode =
  | 'invalid-image'
  | 'denied'
  | 'undialable'
  | 'ca-expired'
  | 'rule-bypassed'
  | 'unverified'
  | 'plain-http'
  | 'credentials-exposed'
  | 'credentials-by-catch-all'
  | 'credentials-by-single-label'
  | 'puller-mirror-credentials'
  | 'puller-unpinned'
  | 'ca-partly-expired'
  | 'credentials-by-parent'
  | 'mirror-fallback'
  | 'loopback-http'
  | 'anonymous'

/** A code's meaning, and whether it is the case. */
export interface Check {
  readonly severity: Severity
  readonly message: string
  readonly help: string | undefined
  /** `now` is in milliseconds since 1970; without it nothing is held against a clock. */
  holds(resolution: Resolution, now: number | undefined): boolean
}

/** The checks by their codes. */
export const CHECKS: Readonly<Record<AuditFindingCode, Check>> = {
  'invalid-image': {
    severity: 'error',
    message: 'the text is no image reference',
    help: 'write it as HOST[:PORT]/REPOSITORY[:TAG][@DIGEST]',
    // What has a resolution is a reference.
    holds: () => false,
  },
  denied: {
    severity: 'warning',
    message: 'the image is never pulled: ca-certs of its rule is set and holds no certificate',
    help: 'if the image is needed, give its registry a rule of its own',
    holds: isDenied,
  },
  undialable: {
    severity: 'warning',
    message: 'nothing can dial the registry: programs disagree about what its host means',
    help: 'name the registry by a domain name, or by an address in its usual form',
    holds: ({ proxy }) => proxy.kind === 'undialable',
  },
  'ca-expired': {
    severity: 'warning',
    message: 'every certificate in ca-certs of the rule has expired, so that no server is trusted',
    help: "put the authority's present certificate into ca-certs",
    holds: (resolution, now) => {
      const { total, ended } = expiryOf(resolution, now)
      return total > 0 && ended === total
    },
  },
  'rule-bypassed': {
    severity: 'warning',
    message: "the rule for the registry's name doesn't apply, since the image names a port",
    help: 'leave out the port, or let the rule "." say what shall hold',
    holds: ({ bypassed }) => bypassed?.code === 'port' && bypassed.rule !== undefined,
  },
  unverified: {
    severity: 'warning',
    message: 'any server is taken for the registry: its certificate is not verified',
    help: "put the authority's certificate into ca-certs in place of insecure-skip-verify",
    holds: ({ tls }) => tls.kind === 'skip-verify',
  },
  'plain-http': {
    severity: 'warning',
    message: 'plain HTTP is allowed, by which everything can be read and changed on its way',
    help: 'serve the registry, or its mirror, by HTTPS, and leave out insecure-skip-verify',
    holds: (resolution) => isPlain(resolution) && resolution.tls.kind === 'skip-verify',
  },
  'credentials-exposed': {
    severity: 'warning',
    message: "the rule's credentials are given to whatever answers, by plain HTTP as well",
    help: 'put the certificate of the authority into ca-certs, or leave out the credentials',
    holds: (resolution) => resolution.tls.kind === 'skip-verify' && hasCredentials(resolution),
  },
  'credentials-by-catch-all': {
    severity: 'warning',
    message: 'the credentials are those of the rule ".", which every registry gets',
    help: 'give the registry a rule of its own, with credentials that are for it alone',
    holds: (resolution) => hasCredentials(resolution) && resolution.rule?.coverage === 'catch-all',
  },
  'credentials-by-single-label': {
    severity: 'warning',
    message: 'the credentials are those of a rule for a whole top-level domain',
    help: 'give the registry a rule of its own, with credentials that are for it alone',
    holds: (resolution) => hasCredentials(resolution) && parentOf(resolution) === 'single-label',
  },
  'puller-mirror-credentials': {
    ...PULLER_SENTENCES['puller-mirror-credentials'],
    holds: (resolution) => hasCredentials(resolution) && hasForeignMirror(resolution),
  },
  'puller-unpinned': {
    ...PULLER_SENTENCES['puller-unpinned'],
    holds: ({ image }) => image.digest === undefined,
  },
  'ca-partly-expired': {
    severity: 'info',
    message: 'some of the certificates in ca-certs of the rule have expired',
    help: undefined,
    holds: (resolution, now) => {
      const { total, ended } = expiryOf(resolution, now)
      return ended > 0 && ended < total
    },
  },
  'credentials-by-parent': {
    severity: 'info',
    message: 'the credentials are those of a rule for a domain above the registry',
    help: undefined,
    holds: (resolution) => hasCredentials(resolution) && parentOf(resolution) === 'domain',
  },
  'mirror-fallback': {
    severity: 'info',
    message: 'where the mirror fails or lacks the image, the registry itself is asked',
    help: undefined,
    holds: (resolution) => resolution.endpoint.kind === 'mirror' && resolution.endpoint.fallback,
  },
  'loopback-http': {
    severity: 'info',
    message: 'plain HTTP is allowed, since the registry is on this very machine',
    help: undefined,
    holds: (resolution) => isPlain(resolution) && resolution.tls.kind === 'web-pki',
  },
  anonymous: {
    severity: 'info',
    message: 'nothing authenticates: only a public image can be pulled',
    help: undefined,
    holds: (resolution) => !hasCredentials(resolution) && !isDenied(resolution),
  },
}

/** The codes in the order of the checks. */
export const CHECKED_CODES: readonly AuditFindingCode[] = Object.freeze(
  Object.keys(CHECKS) as AuditFindingCode[],
)

function sentenceOf(code: AuditFindingCode): string {
  const { message } = CHECKS[code]
  return `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`
}

/**
 * What each code of an audit means, in a sentence: for lists of codes, and for those that ask for one
 * by its name.
 *
 * @example
 *
 * ```ts
 * import { AUDIT_CODES } from 'imagepuller-auth/audit'
 *
 * console.log(AUDIT_CODES.anonymous)
 * // Nothing authenticates: only a public image can be pulled.
 * ```
 */
export const AUDIT_CODES: Readonly<Record<AuditFindingCode, string>> = Object.freeze(
  Object.fromEntries(CHECKED_CODES.map((code) => [code, sentenceOf(code)])) as Record<
    AuditFindingCode,
    string
  >,
)

function isDenied({ tls }: Resolution): boolean {
  return tls.kind === 'deny-all'
}

function hasCredentials({ credentials }: Resolution): boolean {
  return credentials.kind !== 'anonymous'
}

/** A mirror by http is for rules with skip-verify, which allow the registry plain HTTP as well. */
function isPlain({ schemes }: Resolution): boolean {
  return schemes.includes('http')
}

/** What the rule names above the registry, if that is another name than the registry's own. */
function parentOf({ rule, image }: Resolution): 'single-label' | 'domain' | undefined {
  if (rule?.coverage !== 'subdomain') return undefined
  const domain = withoutLeadingDot(normalForm(rule.name) as string)
  // A rule for docker.io is Docker Hub's own, whose host is index.docker.io.
  if (registryHost(domain) === image.host) return undefined
  // `localhost` is this machine, and what is below it as well (RFC 6761, section 6.3).
  return domain.includes('.') || domain === 'localhost' ? 'domain' : 'single-label'
}

/** A mirror that this library gives no credentials, and Contrast's puller all the same. */
function hasForeignMirror(resolution: Resolution): boolean {
  const { endpoint } = resolution
  if (endpoint.kind !== 'mirror') return false
  return decideDestination(resolution, endpoint.url, 'registry').kind === 'refused'
}

/** How many trust anchors there are, and how many of them have expired. */
function expiryOf({ tls }: Resolution, now: number | undefined): { total: number; ended: number } {
  if (tls.kind !== 'ca-bundle' || now === undefined) return { total: 0, ended: 0 }
  const ended = tls.certificates.filter(({ notAfter }) => notAfter.getTime() < now).length
  return { total: tls.certificates.length, ended }
}
