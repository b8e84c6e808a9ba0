// The arguments of an audit and of a comparison: what isn't as expected is a TypeError.
import { resolutions } from '../membership.js'
import { endpointsOf, type Resolution, type Resolver } from '../resolve/index.js'
import type { Decided } from './aspects.js'

/** A copy of the images, all of them strings. */
export function checkImages(caller: string, images: readonly string[]): string[] {
  // The copy is checked: it has no holes, which `every` would pass over.
  const copy: unknown[] = Array.isArray(images) ? [...images] : [undefined]
  if (!copy.every((image): image is string => typeof image === 'string')) {
    throw new TypeError(`${caller}: expected an array of images, each a string`)
  }
  return copy
}

/** Resolves by a resolver, whose answers have to be this library's own. */
export function resolveBy(caller: string, resolver: Resolver): (image: string) => Resolution {
  const misuse = new TypeError(`${caller}: expected a resolver from createResolver`)
  if (typeof resolver?.resolve !== 'function') throw misuse
  return (image) => {
    const resolution = resolver.resolve(image)
    if (!resolutions.has(resolution)) throw misuse
    return resolution
  }
}

/** Decides by a resolver, for the mirror and the registry too. */
export function decideBy(caller: string, resolver: Resolver): (image: string) => Decided {
  const resolve = resolveBy(caller, resolver)
  return (image) => {
    const resolution = resolve(image)
    return { resolution, endpoints: endpointsOf(resolution, (url) => resolver.proxyFor(url)) }
  }
}
