/** What parseConfig finds in a document, whether it throws or not. */

import { type ParseConfigOptions, parseConfig } from '../../src/config/parse-config.js'
import { ConfigError, type ConfigFinding } from '../../src/findings.js'

/** The issues of the error, or none. */
export function issuesOf(
  input: string | Uint8Array,
  options?: ParseConfigOptions,
): readonly ConfigFinding[] {
  try {
    parseConfig(input, options)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
}

/** The issues of the error, or the findings of the configuration. */
export function findingsOf(
  input: string | Uint8Array,
  options?: ParseConfigOptions,
): readonly ConfigFinding[] {
  try {
    return parseConfig(input, options).findings
  } catch (error) {
    if (error instanceof ConfigError) return error.issues
    throw error
  }
}

/** A finding's code, path and place, as tables have them. */
export function brief({ code, path, place }: ConfigFinding): readonly unknown[] {
  if (place?.kind !== 'document') return [code, path.join(' '), place]
  return [code, path.join(' '), place.line, place.column]
}

/** From where to where a finding is. */
export function extentOf({ place }: ConfigFinding): string {
  if (place?.kind !== 'document') return 'nowhere'
  return `${place.line}:${place.column}-${place.endLine}:${place.endColumn}`
}
