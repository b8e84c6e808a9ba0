import { createResolver, parseConfig, type Resolution, type Scheme } from 'imagepuller-auth'
import { type Keys, resolveWith } from './resolve-with.js'

export type { Keys } from './resolve-with.js'

const known = new Map<string, Resolution>()

/**
 * What the resolver says about an image of a registry, where the one rule is the catch-all: it holds
 * for registries with a port and for addresses, too.
 */
export function resolutionOf(
  registry: string,
  keys: Keys = {},
  schemes: readonly Scheme[] = ['https'],
  repository = 'acme/app',
): Resolution {
  const image = `${registry}/${repository}`
  const rule = { ...keys, ...trustFor(schemes) }
  const name = `${image} ${JSON.stringify(rule)}`
  const resolution = known.get(name) ?? resolveWith(rule, image)
  known.set(name, resolution)
  return resolution
}

/** What the resolver says where no rule applies. */
export function resolutionWithoutRule(image: string): Resolution {
  return createResolver(parseConfig('')).resolve(image)
}

/** The trust whose schemes these are. */
function trustFor(schemes: readonly Scheme[]): object {
  if (schemes.length === 0) return { 'ca-certs': 'nothing is trusted' }
  return schemes.includes('http') ? { 'insecure-skip-verify': true } : {}
}
