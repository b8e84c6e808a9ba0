// Whether a rule's name covers a host, for one name at a time: the index answers for all at once.
import { CATCH_ALL } from './normal-form.js'
import type { Coverage } from './rule-index.js'

/** How a name in normal form covers a host, or undefined where it doesn't. */
export function coverageOf(normal: string, host: string): Coverage | undefined {
  if (normal === CATCH_ALL) return 'catch-all'
  if (normal === host) return 'exact'
  const suffix = normal.startsWith('.') ? normal : `.${normal}`
  return host.endsWith(suffix) ? 'subdomain' : undefined
}

/**
 * How specific a name in normal form is, among those that cover one host: these are suffixes of it, so
 * that the longest one wins.
 */
export function specificityOf(normal: string): number {
  return normal === CATCH_ALL ? 0 : normal.length
}
