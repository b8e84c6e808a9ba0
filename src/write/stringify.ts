// A configuration as the text that Contrast's puller and this library read: with all its secrets.
import {
  configurations,
  type ImagePullerConfig,
  writeExtraEnvKeys,
  writeRuleKeys,
} from '../config/index.js'
import { CATCH_ALL, normalForm } from '../names/index.js'
import { optionsOf } from '../options.js'
import { checkConsent, type RevealOptions, reveal } from './consent.js'
import { type RuleDocument, writeDocument } from './document.js'

/** Options of {@link stringifyConfig}. */
export interface StringifyConfigOptions extends RevealOptions {}

const readOptions = optionsOf('stringifyConfig', () => ({ revealSecrets: reveal() }))

/**
 * Writes a configuration as canonical TOML: the proxy variables first, then the rules in the order of
 * their names, certificates as literal multi-line strings. What `parseConfig` reads from it decides
 * as the configuration does; comments, and what is between the certificates, are not kept.
 *
 * The text is for Contrast's puller as much: names are in lower case with the trailing dot, as that
 * puller wants them, and a rule that trusts no server gets a sentence in the place of certificates,
 * since that puller takes the empty string for unset. A rule of the empty name is left out: here it
 * matches nothing, and that puller would take it for the catch-all.
 *
 * @param config - What `parseConfig` or `fromDockerConfig` gave.
 * @param options - `{ revealSecrets: true }`: the text holds the secrets, user info in names included.
 * @throws `TypeError` if an argument is of the wrong type, or an option is unknown.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 * import { stringifyConfig } from 'imagepuller-auth/write'
 *
 * const config = parseConfig("registries = { 'A.io' = { insecure-skip-verify = true } }")
 * const text = stringifyConfig(config, { revealSecrets: true })
 * console.log(text.split('\n')[0]) // [registries."a.io."]
 * ```
 */
export function stringifyConfig(
  config: ImagePullerConfig,
  options: StringifyConfigOptions,
): string {
  checkConsent('stringifyConfig', readOptions(options).revealSecrets)
  return writeConfig('stringifyConfig', config)
}

/** The text, for a caller that has consented. */
export function writeConfig(caller: string, config: ImagePullerConfig): string {
  const names = configurations.keptOf(config)?.names
  if (names === undefined) {
    throw new TypeError(`${caller}: expected a configuration from parseConfig or fromDockerConfig`)
  }
  const registries = new Map<string, RuleDocument>()
  for (const [i, rule] of config.rules.entries()) {
    const name = writtenName(names[i] as string)
    if (name !== undefined) registries.set(name, writeRuleKeys(rule))
  }
  return writeDocument({ extraEnv: writeExtraEnvKeys(config.extraEnv), registries })
}

/** A name that matches nothing here stands as it is: in lower case it might begin to match there. */
function writtenName(name: string): string | undefined {
  if (name === '') return undefined
  const normal = normalForm(name)
  return normal === undefined || normal === CATCH_ALL ? name : `${normal}.`
}
