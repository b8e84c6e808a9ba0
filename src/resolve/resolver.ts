import { configurations, type ImagePullerConfig } from '../config/index.js'
import { parseImageReference } from '../image/index.js'
import { indexRules } from '../names/index.js'
import {
  compileProxy,
  type Environment,
  effectiveProxySettings,
  type ProxyDecision,
} from '../proxy/index.js'
import { applyRule, compileRule } from './decision.js'
import { type Resolution, resolve } from './resolution.js'

/** A compiled configuration. */
export interface Resolver {
  /**
   * Decides how to reach an image's registry.
   *
   * @param imageRef - The image reference.
   * @throws `ImageReferenceError` if the text is no image reference.
   * @throws `TypeError` if the argument is not a string.
   */
  resolve(imageRef: string): Resolution
  /**
   * Decides whether a URL, such as a realm's or a redirect's, is reached by a proxy.
   *
   * @param url - An absolute URL.
   * @throws `TypeError` if the argument is no URL.
   */
  proxyFor(url: string): ProxyDecision
}

/** Options of {@link createResolver}. */
export interface CreateResolverOptions {
  /**
   * The process's environment, where its proxy variables shall count; `extra-env` overrides them.
   * Default: none.
   */
  readonly env?: Environment
}

/**
 * Compiles a configuration: rules are indexed, trust and credentials built once and shared by all
 * resolutions.
 *
 * @param config - What `parseConfig` gave.
 * @param options - See {@link CreateResolverOptions}; only own properties count.
 * @throws `ConfigError` if a proxy variable of `env` holds no URL.
 * @throws `TypeError` if the argument is no configuration.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 *
 * const config = parseConfig(`
 * [registries.".corp."]
 * insecure-skip-verify = true
 * `)
 * const resolution = createResolver(config).resolve('registry.corp/acme/app')
 * console.log(resolution.rule?.coverage, resolution.tls.trust) // subdomain skip-verify
 * ```
 */
export function createResolver(
  config: ImagePullerConfig,
  options: CreateResolverOptions = {},
): Resolver {
  if (!configurations.has(config)) {
    throw misuse('a configuration from parseConfig')
  }
  const env = environmentOf(options)
  const settings = effectiveProxySettings(config.extraEnv, env)
  const proxyFor = compileProxy(settings)
  const isProxied = Boolean(settings.httpProxy?.reveal() || settings.httpsProxy?.reveal())
  const index = indexRules(config.rules.map(compileRule), applyRule)
  return Object.freeze({
    resolve: (imageRef: string) =>
      resolve(parseImageReference(imageRef), index, isProxied ? proxyFor : undefined),
    proxyFor,
  })
}

function environmentOf(options: CreateResolverOptions): Environment | undefined {
  if (typeof options !== 'object' || options === null) throw misuse('options to be an object')
  const env = Object.hasOwn(options, 'env') ? options.env : undefined
  if (env === undefined || (typeof env === 'object' && env !== null)) return env
  throw misuse('env to be an object')
}

export function misuse(expectation: string): TypeError {
  return new TypeError(`createResolver: expected ${expectation}`)
}
