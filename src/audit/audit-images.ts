// Images times a configuration: what each of them gets, and what is to be known about that.

import { custom } from 'valibot'
import { expectedError } from '../expected-error.js'
import { frozen, type ResolutionSummary, summaryOf } from '../explain/index.js'
import { type Finding, freezeFinding, type ImagePlace } from '../findings.js'
import { ImageReferenceError } from '../image/index.js'
import { option, optionsOf } from '../options.js'
import type { Resolution, Resolver } from '../resolve/index.js'
import { imageWithoutUserInfo } from '../text/index.js'
import { type AuditFindingCode, CHECKED_CODES, CHECKS } from './checks.js'
import { checkImages, resolveBy } from './inputs.js'

/** A finding about an image. */
export type AuditFinding = Finding<AuditFindingCode>

/** What an image gets of a configuration. */
export interface ImageAudit {
  /** The image as it was given; without user info where it is no reference. */
  readonly image: string
  /** The decision in short; null where the text is no image reference. */
  readonly resolution: ResolutionSummary | null
  /** What is to be known about it, the grave first. Empty where nothing is. */
  readonly findings: readonly AuditFinding[]
}

/** Options of {@link auditImages}. */
export interface AuditImagesOptions {
  /**
   * The time to hold certificates against, in milliseconds since 1970. Default: none, and no
   * certificate is found to be old.
   */
  readonly now?: number | undefined
}

const readOptions = /* @__PURE__ */ optionsOf('auditImages', () => ({
  now: option(custom<number>(Number.isFinite), 'a time in milliseconds since 1970'),
}))

/**
 * Says for each image which rule, trust, credentials, endpoint and proxy it gets, with a finding where
 * it is denied, anonymous or unverified, may go by plain HTTP, isn't pinned by a digest, or where its
 * credentials go beyond its own domain, as far as that can be told without asking the registry. A
 * token service in another domain, which the registry names itself, can't be told.
 *
 * @param resolver - What `createResolver` gave.
 * @param images - Image references. What is none becomes a finding.
 * @param options - See {@link AuditImagesOptions}.
 * @returns One entry for each image, sorted by the image, and of equal ones by their place in the
 *   list, which each finding has. Frozen; it survives JSON and holds no secret.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { auditImages } from 'imagepuller-auth/audit'
 *
 * const resolver = createResolver(parseConfig(`
 * [registries."registry.corp."]
 * insecure-skip-verify = true
 * `))
 * for (const { image, findings } of auditImages(resolver, ['registry.corp/app:1'])) {
 *   console.log(image, findings.map(({ code }) => code).join(', '))
 *   // registry.corp/app:1 unverified, plain-http, puller-unpinned, anonymous
 * }
 * ```
 */
export function auditImages(
  resolver: Resolver,
  images: readonly string[],
  options?: AuditImagesOptions,
): readonly ImageAudit[] {
  const now = readOptions(options).now
  const resolve = resolveBy('auditImages', resolver)
  const audits = checkImages('auditImages', images).map((image, index) =>
    auditImage(image, index, resolve, now),
  )
  // The sort is stable, so that equal images stay in the order of the list.
  return Object.freeze(audits.sort((a, b) => (a.image < b.image ? -1 : a.image > b.image ? 1 : 0)))
}

function auditImage(
  text: string,
  index: number,
  resolve: (image: string) => Resolution,
  now: number | undefined,
): ImageAudit {
  try {
    const resolution = resolve(text)
    const place: ImagePlace = { kind: 'image', index, image: text }
    const path = resolution.rule ? ['registries', resolution.rule.name] : []
    const codes = CHECKED_CODES.filter((code) => CHECKS[code].holds(resolution, now))
    const findings = codes.map((code) => findingOf(code, path, place, CHECKS[code].message))
    return auditOf(text, frozen(summaryOf(resolution)), findings)
  } catch (error) {
    const refused = expectedError(error, ImageReferenceError)
    const image = imageWithoutUserInfo(text)
    const message = `${CHECKS['invalid-image'].message}: ${refused.message}`
    const place: ImagePlace = { kind: 'image', index, image }
    return auditOf(image, null, [findingOf('invalid-image', [], place, message)])
  }
}

function auditOf(
  image: string,
  resolution: ResolutionSummary | null,
  findings: readonly AuditFinding[],
): ImageAudit {
  return Object.freeze({ image, resolution, findings: Object.freeze(findings) })
}

function findingOf(
  code: AuditFindingCode,
  path: readonly string[],
  place: ImagePlace,
  message: string,
): AuditFinding {
  const { severity, help } = CHECKS[code]
  return freezeFinding({ code, severity, path, message, help, place })
}
