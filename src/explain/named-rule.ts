// A rule as an explanation needs it: its name in every form, and where it stands.
import {
  configurations,
  type ImagePullerConfig,
  type KeptConfig,
  type RegistryRule,
} from '../config/index.js'
import type { DocumentPlace } from '../findings.js'
import { normalForm } from '../names/index.js'

/** A rule with its name in every form. */
export interface NamedRule {
  /** The name as it may be shown: without user info. */
  readonly name: string
  /** The name as the document has it. It may hold user info, and is never shown. */
  readonly written: string
  /** The normal form; undefined for a name that matches nothing. */
  readonly normal: string | undefined
  /** What stands below the name. */
  readonly rule: RegistryRule
  /** Where the name stands. The document is skimmed only when this is asked for. */
  place(): DocumentPlace
}

/** The rules of a configuration, in the order of the document. */
export function namedRules(config: ImagePullerConfig): readonly NamedRule[] {
  const { names, placeOf } = configurations.keptOf(config) as KeptConfig
  return names.map((written, index) => ({
    name: (config.rules[index] as RegistryRule).name,
    written,
    normal: normalForm(written),
    rule: config.rules[index] as RegistryRule,
    // Each rule stands in the document that it was read from.
    place: () => placeOf(['registries', written]) as DocumentPlace,
  }))
}
