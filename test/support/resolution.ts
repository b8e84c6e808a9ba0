import { parseConfig } from '../../src/config/index.js'
import {
  createResolver,
  type Resolution,
  type Resolver,
  type Scheme,
} from '../../src/resolve/index.js'

/** The keys of a rule as the configuration has them; an empty string is the same as unset. */
export interface Keys {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

const NAMES = ['username', 'password', 'auth', 'identitytoken', 'registrytoken'] as const

const resolvers = new Map<string, Resolver>()

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
  const document = `[registries."."]\n${[...linesOf(keys), ...trustFor(schemes)].join('\n')}`
  const resolver = resolvers.get(document) ?? createResolver(parseConfig(document))
  resolvers.set(document, resolver)
  return resolver.resolve(`${registry}/${repository}`)
}

/** What the resolver says where no rule applies. */
export function resolutionWithoutRule(image: string): Resolution {
  return createResolver(parseConfig('')).resolve(image)
}

function linesOf(keys: Keys): string[] {
  // Own keys only: suites also run with a polluted Object.prototype.
  return NAMES.flatMap((name) => {
    const value = Object.hasOwn(keys, name) ? keys[name] : undefined
    return value ? [`${name} = ${JSON.stringify(value)}`] : []
  })
}

/** The trust whose schemes these are. */
function trustFor(schemes: readonly Scheme[]): string[] {
  if (schemes.length === 0) return ['ca-certs = "nothing is trusted"']
  return schemes.includes('http') ? ['insecure-skip-verify = true'] : []
}
