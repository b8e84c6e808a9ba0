// A configuration that was read and found valid, and what is kept of it beside what it shows.
import type { CaBundle } from '../certificates/index.js'
import type { CredentialKeys } from '../credentials.js'
import type { ConfigFinding, DocumentPlace } from '../findings.js'
import { createMembership, type Membership } from '../membership.js'
import type { ProxySettings } from '../proxy/index.js'

/** The keys of a table under `[registries]`, checked. */
export interface RegistryKeys extends CredentialKeys {
  /** `ca-certs`, parsed; undefined where the key is absent, but not where it holds no certificate. */
  readonly caBundle: CaBundle | undefined
  /** `insecure-skip-verify` */
  readonly insecureSkipVerify: boolean
  /** `mirror`, as the configuration has it; undefined where it is absent or empty. */
  readonly mirror: string | undefined
  /** `mirror-fallback`: after the mirror, the registry itself is tried. */
  readonly mirrorFallback: boolean
}

/** One table under `[registries]`, with its name. */
export interface RegistryRule extends RegistryKeys {
  /** The table's name, as the configuration has it, save that user info is left out (`…@ghcr.io`). */
  readonly name: string
}

/** A configuration that was parsed and found valid. */
export interface ImagePullerConfig {
  /** The rules, in the order of the document, which has no meaning. */
  readonly rules: readonly RegistryRule[]
  /** The proxy variables. */
  readonly extraEnv: ProxySettings
  /** What is legal but probably a mistake, or worth knowing, in the order of the document. */
  readonly findings: readonly ConfigFinding[]
}

/** What a configuration keeps to itself. */
export interface KeptConfig {
  /** The names of `rules`, in their order, with their user info. */
  readonly names: readonly string[]
  /** Where a path's last key stands; undefined if the document doesn't have it. */
  placeOf(path: readonly string[]): DocumentPlace | undefined
}

/** What is a configuration: only `parseConfig` makes one, also for `fromDockerConfig`. */
export const configurations: Membership<ImagePullerConfig, KeptConfig> = createMembership()
