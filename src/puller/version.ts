// The releases of Contrast's puller whose behaviour is known, and what changed between them.

/** The oldest release that reads this configuration. */
const OLDEST = [1, 15] as const
/** The newest release that this library knows. */
export const NEWEST_VERSION = '1.26'

/** What a release of Contrast's puller does. */
export interface PullerRelease {
  /** The release, as `X.Y`. */
  readonly version: string
  /**
   * How a rule's name covers a registry: as a textual suffix (to 1.20), label by label with an empty
   * label standing for any label (1.21), or with one in first place alone.
   */
  readonly matching: 'suffix' | 'any-empty-label' | 'leading-empty-label'
  /** Whether go-containerregistry takes `*.local` and names with `127.0.0.1` in them for local ones. */
  readonly hasLenientLocalNames: boolean
  /** Whether names that aren't normalized may keep it from starting. */
  readonly mayRefuseNames: boolean
  /** Whether the release is newer than the newest known one, whose answers are given for it. */
  readonly isUnknown: boolean
}

/** `X.Y`, or `X.Y.Z`, as tags and manifests name a release. */
const FORM = /^(\d{1,4})\.(\d{1,4})(?:\.\d{1,4})?$/

/**
 * The release, or undefined for a text that names none from 1.15 on. All patch releases of a minor
 * version are known as that version.
 */
export function releaseOf(version: string): PullerRelease | undefined {
  const [, major = '', minor = ''] = FORM.exec(version) ?? []
  if (major === '' || isBefore(Number(major), Number(minor), OLDEST)) return undefined
  const until = (limit: number): boolean => isBefore(Number(major), Number(minor), [1, limit + 1])
  return Object.freeze({
    version: `${major}.${minor}`,
    matching: until(20) ? 'suffix' : until(21) ? 'any-empty-label' : 'leading-empty-label',
    hasLenientLocalNames: until(21),
    mayRefuseNames: !until(25),
    isUnknown: !until(26),
  })
}

function isBefore(
  major: number,
  minor: number,
  [limit, within]: readonly [number, number],
): boolean {
  return major < limit || (major === limit && minor < within)
}
