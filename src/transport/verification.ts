// What every client of TLS is told of a route's trust, whatever it would do by default.
import { ownValue } from '../options.js'
import { refuseConstrainedAnchors } from './constrained-anchors.js'
import { TrustDeniedError } from './errors.js'
import { expectedRoute } from './own-route.js'

/** What every client of TLS is told, whatever it would do by default. */
export interface TlsVerification {
  /** Always given, since `NODE_TLS_REJECT_UNAUTHORIZED=0` changes the default. */
  readonly rejectUnauthorized: boolean
  /**
   * The only CAs that count, one PEM an element. Where the default ones count it is undefined, and
   * there, so that no `ca` from elsewhere does.
   */
  readonly ca: string[] | undefined
  /** An intermediate or the server's own certificate may be the anchor, as in crypto/x509. */
  readonly allowPartialTrustChain?: boolean
  /** A session that another trust opened would be resumed without asking this one. */
  readonly session: undefined
  /** A context that was made for another trust would count in place of `ca`. */
  readonly secureContext: undefined
}

/** What would come before the trust, wherever it is from: from a request, or a polluted prototype. */
const NOTHING_ELSE = { session: undefined, secureContext: undefined }

/**
 * The trust in the registry, as options. They are fresh with each call, since a list of CAs that two
 * clients share is one that either can change.
 *
 * @param caller - The function's name, with which the message of a `TypeError` begins.
 * @param route - A route, of which own properties alone count.
 */
export function verificationOf(caller: string, route: unknown): TlsVerification {
  const tls = ownValue(route, 'tls')
  switch (ownValue(tls, 'kind')) {
    case 'web-pki':
      return webPki()
    case 'ca-bundle':
      return bundleOf(caller, tls)
    case 'skip-verify':
      return { rejectUnauthorized: false, ca: undefined, ...NOTHING_ELSE }
    case 'deny-all':
      throw new TrustDeniedError()
    default:
      throw expectedRoute(caller)
  }
}

/**
 * The trust in a proxy that is reached by TLS. Go's net/http takes the rule's certificates for it,
 * where the rule has some. `insecure-skip-verify` speaks of the registry, and the proxy gets
 * credentials of its own, so there it is the web PKI.
 */
export function proxyVerificationOf(caller: string, route: unknown): TlsVerification {
  const verification = verificationOf(caller, route)
  return verification.rejectUnauthorized ? verification : webPki()
}

/** The trust in these certificates alone. */
export function pinned(ca: string[]): TlsVerification {
  return { rejectUnauthorized: true, ca, allowPartialTrustChain: true, ...NOTHING_ELSE }
}

function webPki(): TlsVerification {
  return { rejectUnauthorized: true, ca: undefined, ...NOTHING_ELSE }
}

function bundleOf(caller: string, tls: unknown): TlsVerification {
  const certificates = ownValue(tls, 'certificates')
  // Runtimes read an empty list as their default CAs.
  if (!Array.isArray(certificates) || certificates.length === 0) {
    throw new TypeError(`${caller}: expected the trust to have certificates`)
  }
  refuseConstrainedAnchors(caller, certificates)
  return pinned(certificates.map(({ pem }) => pem))
}
