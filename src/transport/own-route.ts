// A route of the caller's, read once: own properties alone. A getter may answer differently each time, and
// an array that isn't the caller's alone may shrink: what was checked as one trust must not be used, or
// keep its connections, as another.
import { ownValue } from '../options.js'
import type { Route } from '../resolve/index.js'

/** A copy of what is used of a route, each part of which may be anything, and stays what it is. */
export function ownRoute(route: unknown): Route {
  const tls = copyOf(ownValue(route, 'tls'), ['kind', 'certificates'])
  const proxy = copyOf(ownValue(route, 'proxy'), [
    'kind',
    'code',
    'message',
    'url',
    'authorization',
  ])
  return { tls, proxy } as object as Route
}

/** The error for something else than a route, with the caller's name. */
export function expectedRoute(caller: string): TypeError {
  return new TypeError(
    `${caller}: expected a route { tls, proxy }, such as a resolution or what routeTo gives`,
  )
}

/** Without a prototype, from which a reader would take what isn't there. */
function copyOf(value: unknown, names: readonly string[]): object {
  const copy: Record<string, unknown> = Object.create(null)
  for (const name of names) {
    const own = ownValue(value, name)
    copy[name] = Array.isArray(own) ? [...own] : own
  }
  return copy
}
