// A configuration, compiled.
import { custom } from 'valibot'
import { configurations, type ImagePullerConfig } from '../config/index.js'
import { type ImageReference, parseImageReference } from '../image/index.js'
import { createMembership, type Membership, resolutions } from '../membership.js'
import { indexRules } from '../names/index.js'
import { option, optionsOf } from '../options.js'
import {
  compileSettings,
  type Environment,
  effectiveProxySettings,
  type ProxyDecision,
} from '../proxy/index.js'
import { applyRule, compileRule } from './decision.js'
import type { Resolution } from './resolution.js'
import { type Compiled, resolve } from './resolve.js'
import type { Route } from './route.js'

/** A compiled configuration. */
export interface Resolver {
  /**
   * Decides how to reach an image's registry. It costs the labels of the host, not the number of
   * rules.
   *
   * @param imageRef - The image reference.
   * @throws `ImageReferenceError` if the text is no image reference.
   * @throws `TypeError` if the argument is not a string.
   */
  resolve(imageRef: string): Resolution
  /**
   * Decides whether a URL, such as a realm's or a redirect's, is reached by a proxy. It answers for
   * every string that a server can send: a URL that nothing can dial is `undialable`.
   *
   * @param url - A URL.
   * @throws `TypeError` if the argument is not a string.
   */
  proxyFor(url: string): ProxyDecision
  /**
   * The way to a URL to which an image's registry has led, a redirect's or a realm's: the trust of the
   * image's rule, as in Contrast's puller, and the proxy for that URL. `decideDestination` says whether
   * credentials may go there.
   *
   * @param resolution - What a resolver says about the image.
   * @param url - The URL.
   * @throws `TypeError` if the first argument is no resolution, or the second no string.
   */
  routeTo(resolution: Resolution, url: string): Route
}

/** Options of {@link createResolver}. */
export interface CreateResolverOptions {
  /**
   * The process's environment, where its proxy variables shall count; `extra-env` overrides them.
   * Default: none.
   */
  readonly env?: Environment | undefined
}

/** What is a resolver, and the configuration that it was made of. */
export const resolvers: Membership<Resolver, ImagePullerConfig> = /* @__PURE__ */ createMembership()

const readOptions = /* @__PURE__ */ optionsOf('createResolver', () => ({
  env: option(
    custom<Environment>((value) => typeof value === 'object' && value !== null),
    'an object of variables, such as process.env',
  ),
}))

/**
 * Compiles a configuration: rules are indexed, trust and credentials built once and shared by all
 * resolutions.
 *
 * @param config - What `parseConfig` or `fromDockerConfig` gave; a copy of it is none.
 * @param options - See {@link CreateResolverOptions}; only own properties count.
 * @throws `ConfigError` if a proxy variable of `env` holds no URL.
 * @throws `TypeError` if the first argument is no configuration, or an option is unknown or of a wrong
 *   type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 *
 * const resolver = createResolver(parseConfig(`
 * [registries.".corp."]
 * insecure-skip-verify = true
 * `))
 * const resolution = resolver.resolve('registry.corp/acme/app')
 * console.log(resolution.rule?.coverage, resolution.tls.kind) // subdomain skip-verify
 * const route = resolver.routeTo(resolution, 'https://storage.corp/blob')
 * console.log(route.tls.kind, route.proxy.kind) // skip-verify direct
 * ```
 */
export function createResolver(
  config: ImagePullerConfig,
  options: CreateResolverOptions = {},
): Resolver {
  if (!configurations.has(config)) {
    throw new TypeError('createResolver: expected a configuration from parseConfig, not a copy')
  }
  const compiled = compile(config, readOptions(options).env)
  const { proxyFor } = compiled
  const resolver: Resolver = {
    resolve: (imageRef) => resolve(parseImageReference(imageRef), compiled),
    proxyFor,
    routeTo: (resolution, url) => {
      if (!resolutions.has(resolution)) throw new TypeError('routeTo: expected a resolution')
      return Object.freeze({ tls: resolution.tls, proxy: proxyFor(url) })
    },
  }
  return Object.freeze(resolvers.add(resolver, config))
}

/** Decides for an image that is read already. */
export type Decider = (image: ImageReference) => Resolution

/** What of a configuration decides. */
type Decided = Pick<ImagePullerConfig, 'extraEnv' | 'rules'>

/** What a resolver without an environment decides. */
export function createDecider(config: Decided): Decider {
  const compiled = compile(config, undefined)
  return (image) => resolve(image, compiled)
}

function compile({ extraEnv, rules }: Decided, env: Environment | undefined): Compiled {
  const settings = effectiveProxySettings(extraEnv, env)
  const proxyFor = compileSettings(settings)
  const isProxied = [settings.httpProxy, settings.httpsProxy].some(({ value }) => value?.reveal())
  return { index: indexRules(rules.map(compileRule), applyRule), proxyFor, isProxied }
}
