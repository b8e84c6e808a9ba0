// A resolution as plain data: what can be logged, stored as JSON and compared, without any secret.
import type { Certificate } from '../certificates/index.js'
import type { ImageReference } from '../image/index.js'
import type { AppliedRule } from '../names/index.js'
import type { DirectDecision, ProxyDecision, UndialableDecision } from '../proxy/index.js'
import type {
  Bypassed,
  DenyAllTrust,
  Endpoint,
  Resolution,
  Scheme,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from '../resolve/index.js'

/** An image reference, as `parseImageReference` gives it. Null where there is no such part. */
export interface ImageSummary {
  /** The registry as go-containerregistry gives it. */
  readonly registry: string
  /** The registry without port, in lower case: what is matched and dialled. */
  readonly host: string
  /** The port. */
  readonly port: number | null
  /** The repository. */
  readonly repository: string
  /** The tag. */
  readonly tag: string | null
  /** The digest. */
  readonly digest: string | null
  /** What a manifest's URL ends in. */
  readonly identifier: string
  /** The full name. */
  readonly name: string
}

/** A rule's name, and how it covers the registry. */
export type RuleSummary = AppliedRule

/** Why rules for domain names don't apply. */
export interface BypassedSummary {
  /** What the registry has that only the rule `.` covers. */
  readonly code: 'port' | 'ip-address'
  /** The rule that would apply without the port; null for `ip-address`, or where there is none. */
  readonly rule: RuleSummary | null
  /** The same in a sentence. */
  readonly message: string
}

/** A trust anchor. */
export interface CertificateSummary {
  /** The subject. */
  readonly subject: string
  /** SHA-256 of the DER, in lower-case hexadecimal digits. */
  readonly fingerprint: string
  /** Since when it is valid, in ISO 8601. */
  readonly notBefore: string
  /** Until when it is valid, in ISO 8601. */
  readonly notAfter: string
}

/** Trust these certificates and no others. */
export interface CaBundleSummary {
  /** The union's tag. */
  readonly kind: 'ca-bundle'
  /** The trust anchors. */
  readonly certificates: readonly CertificateSummary[]
}

/** Whom to trust in TLS. */
export type TrustSummary = WebPkiTrust | CaBundleSummary | DenyAllTrust | SkipVerifyTrust

/** What there is to authenticate with; its secrets are left out. */
export interface CredentialsSummary {
  /** The kind of credentials. */
  readonly kind: 'anonymous' | 'basic' | 'identity-token' | 'registry-token'
}

/** How the endpoint is reached by a proxy. */
export interface ProxiedSummary {
  /** The union's tag. */
  readonly kind: 'proxy'
  /** The variable that decided. */
  readonly code: 'https-proxy' | 'http-proxy'
  /** The proxy's URL, without user info. */
  readonly url: string
  /** Whether the variable holds user info, which the proxy is sent. */
  readonly authenticated: boolean
}

/** How the endpoint is reached. */
export type ProxySummary = DirectDecision | UndialableDecision | ProxiedSummary

/** What `resolve` gives, as plain data. Null where the resolution has undefined, which JSON lacks. */
export interface ResolutionSummary {
  /** The image. */
  readonly image: ImageSummary
  /** The rule that applies. */
  readonly rule: RuleSummary | null
  /**
   * Why rules for domain names don't apply, for a registry with a port, an IP address or a name that ends in
   * a number.
   */
  readonly bypassed: BypassedSummary | null
  /** Whom to trust in TLS. */
  readonly tls: TrustSummary
  /** What there is to authenticate with. */
  readonly credentials: CredentialsSummary
  /** The schemes to try, in this order. */
  readonly schemes: readonly Scheme[]
  /** Where requests go. */
  readonly endpoint: Endpoint
  /** How to reach the endpoint. */
  readonly proxy: ProxySummary
}

/** The summary: a pure function of the resolution. */
export function summaryOf(resolution: Resolution): ResolutionSummary {
  const { image, rule, bypassed, tls, credentials, schemes, endpoint, proxy } = resolution
  return {
    image: imageSummary(image),
    rule: rule ? { ...rule } : null,
    bypassed: bypassed ? bypassedSummary(bypassed) : null,
    tls: trustSummary(tls),
    credentials: { kind: credentials.kind },
    schemes: [...schemes],
    endpoint: { ...endpoint },
    proxy: proxySummary(proxy),
  }
}

function imageSummary(image: ImageReference): ImageSummary {
  const { port = null, tag = null, digest = null } = image
  return { ...image, port, tag, digest }
}

function bypassedSummary(bypassed: Bypassed): BypassedSummary {
  const { code, message } = bypassed
  const rule = bypassed.code === 'port' ? bypassed.rule : undefined
  return { code, rule: rule ? { ...rule } : null, message }
}

function trustSummary(tls: TlsTrust): TrustSummary {
  if (tls.kind !== 'ca-bundle') return { kind: tls.kind }
  return { kind: 'ca-bundle', certificates: tls.certificates.map(certificateSummary) }
}

function certificateSummary(certificate: Certificate): CertificateSummary {
  const { subject, fingerprint, notBefore, notAfter } = certificate
  return {
    subject,
    fingerprint,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
  }
}

/** A proxy decision without its secret. */
export function proxySummary(proxy: ProxyDecision): ProxySummary {
  if (proxy.kind !== 'proxy') return { ...proxy }
  const { kind, code, url, authorization } = proxy
  return { kind, code, url, authenticated: authorization !== undefined }
}
