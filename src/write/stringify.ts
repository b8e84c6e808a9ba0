import { configurations, type ImagePullerConfig, type RegistryRule } from '../config/index.js'
import { type RuleDocument, writeDocument } from './document.js'

/** What shows that the caller knows what the text will hold. */
export interface StringifyConfigOptions {
  /** The text holds every password and token of the configuration. */
  readonly revealSecrets: true
}

/**
 * Writes a configuration as canonical TOML: the proxy variables first, then the rules in the order of
 * their names, certificates as literal multi-line strings. What `parseConfig` reads from it decides
 * as the configuration does; comments, and what is between the certificates, are not kept.
 *
 * @param config - What `parseConfig` or `fromDockerConfig` gave.
 * @param options - `{ revealSecrets: true }`: the text holds the secrets.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 * import { stringifyConfig } from 'imagepuller-auth/write'
 *
 * const config = parseConfig("registries = { 'a.io.' = { insecure-skip-verify = true } }")
 * const text = stringifyConfig(config, { revealSecrets: true })
 * console.log(text.split('\n')[0]) // [registries."a.io."]
 * ```
 */
export function stringifyConfig(
  config: ImagePullerConfig,
  options: StringifyConfigOptions,
): string {
  checkConsent(options, 'stringifyConfig')
  if (!configurations.has(config)) {
    throw new TypeError('stringifyConfig: expected a configuration from parseConfig')
  }
  const { httpProxy: HTTP_PROXY, httpsProxy: HTTPS_PROXY, noProxy: NO_PROXY } = config.extraEnv
  const extraEnv = presentOf([
    ['HTTP_PROXY', HTTP_PROXY?.reveal()],
    ['HTTPS_PROXY', HTTPS_PROXY?.reveal()],
    ['NO_PROXY', NO_PROXY?.reveal()],
  ])
  const registries = new Map(config.rules.map((rule) => [rule.name, documentOf(rule)]))
  return writeDocument({ extraEnv, registries })
}

/** Throws unless the caller says that it knows about the secrets. */
export function checkConsent(options: StringifyConfigOptions, caller: string): void {
  const isObject = typeof options === 'object' && options !== null
  if (!isObject || !Object.hasOwn(options, 'revealSecrets') || options.revealSecrets !== true) {
    throw new TypeError(`${caller}: expected { revealSecrets: true }, since the text holds secrets`)
  }
}

function documentOf(rule: RegistryRule): RuleDocument {
  return presentOf<string | boolean>([
    ['insecure-skip-verify', rule.insecureSkipVerify || undefined],
    ['username', rule.username?.reveal()],
    ['password', rule.password?.reveal()],
    ['auth', rule.auth?.reveal()],
    ['identitytoken', rule.identityToken?.reveal()],
    ['registrytoken', rule.registryToken?.reveal()],
    ['mirror', rule.mirror],
    ['ca-certs', rule.caBundle?.certificates.map(({ pem }) => pem).join('')],
  ])
}

function presentOf<Value>(
  entries: readonly (readonly [string, Value | undefined])[],
): ReadonlyMap<string, Value> {
  const present = new Map<string, Value>()
  for (const [key, value] of entries) if (value !== undefined) present.set(key, value)
  return present
}
