// The origins of a registry itself: a mirror on one of them gets the registry's credentials.
import { authorityOf } from '../image/index.js'
import { parseHttpUrl } from '../net/index.js'
import type { Resolution } from './resolution.js'

/** Whether an origin is the registry's own, by one of the schemes that it may be asked by. */
export function isOwnOrigin({ image, schemes }: Resolution, origin: string): boolean {
  return schemes.some((scheme) => {
    const url = parseHttpUrl(`${scheme}://${authorityOf(image)}/`)
    return typeof url !== 'string' && url.origin === origin
  })
}
