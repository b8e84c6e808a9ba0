// A step of `check`: what was tried, how long it took, and what came of it. Data alone, for renderers.

/** The steps in the order of a pull. Some are made again for each further host. */
export type StepName =
  | 'reference'
  | 'rule'
  | 'look-up'
  | 'connection'
  | 'tunnel'
  | 'tls'
  | '/v2/'
  | 'challenge'
  | 'token'
  | 'manifest'
  | 'layer'

/** What came of a step: `passed-over` where it failed and the pull goes on by another way. */
export type StepOutcome = 'ok' | 'passed-over' | 'failed'

/** A certificate of a chain that a server showed, or of a rule. */
export interface ShownCertificate {
  readonly subject: string
  readonly issuer: string
  /** The alternative names of the server's own certificate. */
  readonly names?: readonly string[]
  /** In ISO 8601. */
  readonly notBefore: string
  readonly notAfter: string
  /** The SHA-256 digest of the DER form in lower-case hexadecimal. */
  readonly fingerprint: string
  /** Whether the rule's `ca-certs` has it. */
  readonly isInRule: boolean
  readonly pem: string
}

/** What an image's manifest holds. */
export interface ShownManifest {
  readonly digest: string
  /** The document's own `mediaType`, which OCI's manifests may leave out. */
  readonly mediaType: string | undefined
  /** Such as `linux/amd64`; empty for an image of one platform, which its manifest doesn't name. */
  readonly platforms: readonly string[]
}

/** What a step says. */
export interface Said {
  readonly outcome: StepOutcome
  /** What came of it, in a sentence without secrets. */
  readonly message: string
  /** What to do about a step that failed. */
  readonly help?: string
  /** What the server showed, its own certificate first. */
  readonly certificates?: readonly ShownCertificate[]
  /** What the rule trusts instead of them. */
  readonly trusted?: readonly ShownCertificate[]
  /** What would have to stand in `ca-certs` for the chain to be trusted. */
  readonly missing?: ShownCertificate
  readonly manifest?: ShownManifest
}

/** A step that has ended. */
export interface Step extends Said {
  readonly name: StepName
  readonly milliseconds: number
}

/** An image, and the steps that were made for it. */
export interface CheckedImage {
  readonly image: string
  readonly isFine: boolean
  readonly steps: readonly Step[]
}
