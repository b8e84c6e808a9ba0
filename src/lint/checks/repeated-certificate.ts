// A certificate that stands in a bundle more than once, as after two files were put together.
import type { Check } from '../check.js'

/** Whether bundles have each certificate once. */
export const repeatedCertificate: Check = function* ({ bundles }) {
  for (const { contents, path, use } of bundles) {
    if (use !== 'anchors') continue
    for (const line of contents.repeatedLines) {
      yield {
        code: 'repeated-certificate',
        severity: 'info',
        path,
        spot: { kind: 'line', line },
        message: 'has a certificate that stands above already; it counts once',
        help: undefined,
      }
    }
  }
}
