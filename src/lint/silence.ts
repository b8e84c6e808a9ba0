// The comments of a document applied to findings that were made elsewhere.
import { examineConfig } from '../config/index.js'
import type { Finding } from '../findings.js'
import { readIgnores } from './ignores.js'

/**
 * Leaves out the findings that a document's own comments silence, as {@link lintConfig} does: for
 * whatever shows the findings of a configuration.
 *
 * @param text - The document, as text or as UTF-8 bytes.
 * @param findings - Findings about it, such as `config.findings`.
 * @returns The others, in their order.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 * import { withoutIgnored } from 'imagepuller-auth/lint'
 *
 * const document = `
 * # imagepuller-auth: ignore skip-verify-on-catch-all a lab without secrets
 * [registries."."]
 * insecure-skip-verify = true
 * `
 * const { findings } = parseConfig(document)
 * console.log(findings.length, withoutIgnored(document, findings).length) // 1 0
 * ```
 */
export function withoutIgnored<Found extends Finding>(
  text: string | Uint8Array,
  findings: readonly Found[],
): readonly Found[] {
  if (typeof text !== 'string' && !(text instanceof Uint8Array)) {
    throw new TypeError('withoutIgnored: expected a string or a Uint8Array')
  }
  if (!Array.isArray(findings)) throw new TypeError('withoutIgnored: expected an array of findings')
  const source = findings.length > 0 ? examineConfig(text).document?.source : undefined
  if (source === undefined) return Object.freeze([...findings])
  const ignores = readIgnores(source)
  return Object.freeze(findings.filter((finding) => !ignores.silences(finding)))
}
