// What answered a request: the registry itself or its mirror, with what may be said to it.
import { ANONYMOUS, type Credentials } from '../credentials.js'
import { authorityOf } from '../image/index.js'
import { type HttpUrl, parseHttpUrl } from '../net/index.js'
import type { Resolution, Scheme } from '../resolve/index.js'

/** The registry, or its mirror. */
export interface Respondent {
  readonly kind: 'registry' | 'mirror'
  /** Its host, and its port if that isn't the scheme's own. */
  readonly authority: string
  /** The schemes that it may be reached by. */
  readonly schemes: readonly Scheme[]
  /** What it may be told. */
  readonly credentials: Credentials
}

/** The registry of an image, with the rule's credentials. */
export function registryOf({ image, schemes, credentials }: Resolution): Respondent {
  return { kind: 'registry', authority: authorityOf(image), schemes, credentials }
}

/**
 * The respondent at a URL, the registry with these credentials. The rule's credentials are for the
 * registry, not for its mirror: a mirror gets anonymous requests, unless it is on the registry's own
 * origin.
 */
export function respondentAt(
  resolution: Resolution,
  url: string,
  credentials: Credentials,
): Respondent {
  const registry = { ...registryOf(resolution), credentials }
  const { endpoint, schemes } = resolution
  if (endpoint.kind === 'registry') return registry
  const answered = parseHttpUrl(url)
  if (typeof answered === 'string' || answered.origin !== endpoint.origin) return registry
  if (ownUrl(registry, answered.scheme)?.origin === answered.origin) return registry
  const authority = answered.origin.slice(answered.scheme.length + '://'.length)
  return { kind: 'mirror', authority, schemes, credentials: ANONYMOUS }
}

/** The respondent's own URL with a scheme, where it may be reached by that. */
export function ownUrl({ authority, schemes }: Respondent, scheme: Scheme): HttpUrl | undefined {
  if (!schemes.includes(scheme)) return undefined
  const url = parseHttpUrl(`${scheme}://${authority}/`)
  return typeof url === 'string' ? undefined : url
}
