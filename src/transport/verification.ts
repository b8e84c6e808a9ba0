import { addressOfHost, endsInNumber, withoutTrailingDot } from '../net/index.js'
import type { TlsTrust } from '../resolve/index.js'
import { TrustDeniedError } from './errors.js'

/** What every client of TLS is told, whatever it would do by default. */
export interface TlsVerification {
  /** Always given, since `NODE_TLS_REJECT_UNAUTHORIZED=0` changes the default. */
  readonly rejectUnauthorized: boolean
  /**
   * The only CAs that count, one PEM an element. Where the default ones count it is undefined, and
   * there, so that no `ca` from elsewhere does.
   */
  readonly ca: string[] | undefined
  /** An intermediate or the server's own certificate may be the anchor, as in Go. */
  readonly allowPartialTrustChain?: boolean
  /** A session that another trust opened would be resumed without asking this one. */
  readonly session: undefined
  /** A context that was made for another trust would count in place of `ca`. */
  readonly secureContext: undefined
}

/** What would come before the trust, wherever it is from: from a request, or a polluted prototype. */
const NOTHING_ELSE = { session: undefined, secureContext: undefined }

/** Fresh with each call, since a list of CAs that two clients share is one that either can change. */
export function verificationOf(tls: TlsTrust): TlsVerification {
  switch (tls?.kind) {
    case 'web-pki':
      return { rejectUnauthorized: true, ca: undefined, ...NOTHING_ELSE }
    case 'ca-bundle':
      return pinned(tls.certificates.map(({ pem }) => pem))
    case 'skip-verify':
      return { rejectUnauthorized: false, ca: undefined, ...NOTHING_ELSE }
    case 'deny-all':
      throw new TrustDeniedError()
    default:
      throw new TypeError('expected resolution.tls')
  }
}

export function pinned(ca: string[]): TlsVerification {
  // Runtimes read an empty list as their default CAs.
  if (ca.length === 0) throw new TypeError('expected certificates')
  return { rejectUnauthorized: true, ca, allowPartialTrustChain: true, ...NOTHING_ELSE }
}

/** RFC 6066, section 3: the name has no trailing dot, and an address is no name. */
export function servernameOf(host: string): string | undefined {
  if (typeof host !== 'string') throw new TypeError('expected the host to be a string')
  const name = withoutTrailingDot(host)
  if (addressOfHost(name) !== undefined || endsInNumber(name)) return undefined
  if (name !== '' && !name.endsWith('.') && !name.includes(':')) return name
  throw new TypeError('expected a host without a port')
}
