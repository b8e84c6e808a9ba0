/** What the tests of conversions have in common. */

import { parse } from 'smol-toml'
import { parseDockerConfig } from '../../src/docker-config.js'
import type { ImagePullerConfig } from '../../src/index.js'
import {
  type ConversionNote,
  type ConversionResult,
  type FromDockerConfigOptions,
  fromDockerConfig,
  stringifyConfig,
} from '../../src/write.js'

/** Converts a file that is given as data. */
export function convertFile(
  file: unknown,
  options: FromDockerConfigOptions = {},
): ConversionResult {
  return fromDockerConfig(parseDockerConfig(JSON.stringify(file)), options)
}

/** Converts a file with these `auths`. */
export function convert(auths: unknown, more: object = {}): ConversionResult {
  return convertFile({ auths, ...more })
}

/** The rules of a configuration, as the written text has them. */
export function rulesOf(config: ImagePullerConfig): unknown {
  return parse(stringifyConfig(config, { revealSecrets: true }))['registries'] ?? {}
}

/** Code and key of each note, a line for each key. */
export function linesOf(notes: readonly ConversionNote[]): readonly string[] {
  return notes.flatMap(({ code, keys }) => keys.map((key) => `${code} ${key}`))
}
