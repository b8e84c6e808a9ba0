import type { CaBundle } from '../certificates/index.js'
import type { CredentialKeys } from '../credentials.js'
import type { ConfigFinding } from '../findings.js'
import { createMembership, type Membership } from '../membership.js'
import type { ProxySettings } from '../proxy/index.js'

/** One table under `[registries]`, checked, with its keys as they stand. */
export interface RegistryRule extends CredentialKeys {
  /** The table's name, as the configuration has it. */
  readonly name: string
  /** `ca-certs`, parsed; undefined where the key is absent, but not where it holds no certificate. */
  readonly caBundle: CaBundle | undefined
  /** `insecure-skip-verify` */
  readonly insecureSkipVerify: boolean
  /** `mirror`, as the configuration has it; undefined where it is absent or empty. */
  readonly mirror: string | undefined
  /** `mirror-fallback`: after the mirror, the registry itself is tried. */
  readonly mirrorFallback: boolean
}

/** A configuration that was parsed and found valid. */
export interface ImagePullerConfig {
  /** The rules, in the order of the document, which has no meaning. */
  readonly rules: readonly RegistryRule[]
  /** The proxy variables. */
  readonly extraEnv: ProxySettings
  /** What is legal but probably a mistake, in the order of the document. */
  readonly findings: readonly ConfigFinding[]
}

/** What is a configuration: only `parseConfig` makes one, also for `fromDockerConfig`. */
export const configurations: Membership<ImagePullerConfig, { readonly names: readonly string[] }> = createMembership()
