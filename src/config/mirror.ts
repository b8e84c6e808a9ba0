import {
  type HttpUrl,
  type HttpUrlFault,
  parseHttpUrl,
  withoutTrailingSlashes,
} from '../net/index.js'

/** A rule's mirror, checked. */
export interface Mirror extends HttpUrl {
  /** The URL without a slash at the end. */
  readonly url: string
}

/** What keeps a text from being a mirror's URL. */
export type MirrorFault = HttpUrlFault | 'query'

const MIRROR_EXPECTATIONS: Readonly<Record<MirrorFault, string>> = {
  'not-a-url': 'expected a URL such as https://mirror.corp, in printable ASCII',
  'invalid-scheme':
    'expected a URL that begins with https://, or http:// beside insecure-skip-verify',
  'user-info': 'expected a URL without user info: credentials are not for the mirror',
  'invalid-host': 'expected the host to be a domain name or an IP address',
  'invalid-port': 'expected a port from 1 to 65535, or none',
  query: 'expected a URL without query and fragment',
}

/** What was expected in place of the fault, in words that quote nothing. */
export function describeMirrorFault(fault: MirrorFault): string {
  return MIRROR_EXPECTATIONS[fault]
}

/** Reads the value of `mirror`. Plain HTTP is for those who also skip the verification of TLS. */
export function parseMirror(value: string, allowsHttp: boolean): Mirror | MirrorFault {
  const url = parseHttpUrl(value)
  if (typeof url === 'string') return url
  if (url.scheme === 'http' && !allowsHttp) return 'invalid-scheme'
  if (value.includes('?') || value.includes('#')) return 'query'
  return Object.freeze({ ...url, url: withoutTrailingSlashes(url.href) })
}
