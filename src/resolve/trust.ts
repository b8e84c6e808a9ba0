// Whom to trust in TLS.
import type { Certificate } from '../certificates/index.js'
import type { RegistryRule } from '../config/index.js'

/** Trust what the host trusts by default. */
export interface WebPkiTrust {
  /** The union's tag. */
  readonly kind: 'web-pki'
}

/** Trust these certificates and no others. */
export interface CaBundleTrust {
  /** The union's tag. */
  readonly kind: 'ca-bundle'
  /** The trust anchors, each once. */
  readonly certificates: readonly [Certificate, ...Certificate[]]
}

/** No certificate is trusted: no TLS handshake may succeed. */
export interface DenyAllTrust {
  /** The union's tag. */
  readonly kind: 'deny-all'
}

/** Trust anybody, and plain HTTP too. */
export interface SkipVerifyTrust {
  /** The union's tag. */
  readonly kind: 'skip-verify'
}

/** Whom to trust in TLS. It is never an optional or empty list: runtimes read these as web PKI. */
export type TlsTrust = WebPkiTrust | CaBundleTrust | DenyAllTrust | SkipVerifyTrust

export const WEB_PKI: WebPkiTrust = Object.freeze({ kind: 'web-pki' })

export const DENY_ALL: DenyAllTrust = Object.freeze({ kind: 'deny-all' })

const SKIP_VERIFY: SkipVerifyTrust = Object.freeze({ kind: 'skip-verify' })

/** A rule's trust: `insecure-skip-verify` wins over `ca-certs`, which denies all if it is empty. */
export function trustOf({
  insecureSkipVerify,
  caBundle,
}: Pick<RegistryRule, 'insecureSkipVerify' | 'caBundle'>): TlsTrust {
  if (insecureSkipVerify) return SKIP_VERIFY
  if (caBundle === undefined) return WEB_PKI
  const [first, ...others] = caBundle.certificates
  if (first === undefined) return DENY_ALL
  const certificates: CaBundleTrust['certificates'] = [first, ...others]
  return Object.freeze({ kind: 'ca-bundle', certificates: Object.freeze(certificates) })
}
