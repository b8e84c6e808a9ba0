// A rule's mirror: its URL, and what it gets of the rule.

import {
  type HttpUrl,
  type HttpUrlFault,
  parseHttpUrl,
  withoutTrailingSlashes,
} from '../net/index.js'
import type { RegistryKeys } from './config.js'
import type { Path } from './path.js'
import { hasPlaceholder, warnAboutPlaceholder } from './placeholder.js'
import type { Report } from './report.js'

/** A rule's mirror, checked. */
export interface Mirror extends HttpUrl {
  /** The URL without a slash at the end. */
  readonly url: string
}

/** What keeps a text from being a mirror's URL. */
export type MirrorFault = HttpUrlFault | 'query'

/** Reads the value of `mirror`. Plain HTTP is allowed only beside `insecure-skip-verify`. */
export function parseMirror(value: string, allowsHttp: boolean): Mirror | MirrorFault {
  const url = parseHttpUrl(value)
  if (typeof url === 'string') return url
  if (url.scheme === 'http' && !allowsHttp) return 'invalid-scheme'
  if (value.includes('?') || value.includes('#')) return 'query'
  return Object.freeze({ ...url, url: withoutTrailingSlashes(url.href) })
}

/**
 * Reports what is wrong with a rule's mirror, or with its fallback.
 *
 * @param normal - The normal form of the rule's name; undefined for one that matches nothing.
 */
export function checkMirror(
  keys: RegistryKeys,
  held: number,
  normal: string | undefined,
  path: Path,
  report: Report,
): void {
  const { mirror: url, mirrorFallback, insecureSkipVerify } = keys
  if (url === undefined) {
    if (mirrorFallback) {
      const message = 'is set without mirror, so there is nothing to fall back from'
      const help = 'write mirror with its URL, or leave this key out'
      report.warn('mirror-fallback-without-mirror', [...path, 'mirror-fallback'], message, help)
    }
    return
  }
  const at = [...path, 'mirror']
  if (hasPlaceholder(url)) warnAboutPlaceholder(at, report)
  const mirror = parseMirror(url, insecureSkipVerify)
  if (typeof mirror === 'string') {
    const [message, help] = FAULTS[mirror]
    report.error('invalid-mirror-url', at, message, help, { kind: 'value' })
  } else if (held > 0 && mirror.origin !== `${mirror.scheme}://${normal}`) {
    const message =
      "this library gives it none of the rule's credentials, unless it is on the registry's own origin"
    const help =
      "use a mirror that needs no credentials, or leave these out if they are the mirror's"
    report.warn('mirror-without-credentials', at, message, help, { kind: 'value' })
  }
}

const FAULTS: Readonly<Record<MirrorFault, readonly [message: string, help: string]>> = {
  'not-a-url': [
    "isn't a URL that every client reads alike",
    'write a URL such as https://mirror.corp, in printable ASCII',
  ],
  'invalid-scheme': [
    "has a scheme that isn't https, or is http without insecure-skip-verify",
    'write a URL that begins with https://',
  ],
  'user-info': ['has user info, which is not for a mirror', 'leave out what stands before the "@"'],
  'invalid-host': [
    'has a host that is neither a domain name nor an IP address',
    'write a URL such as https://mirror.corp',
  ],
  'invalid-port': [
    'has a port that is no number from 1 to 65535',
    'write a URL such as https://mirror.corp:8443',
  ],
  query: [
    'has a query or a fragment, which would be lost',
    'leave out "?" or "#" and what follows it',
  ],
}
