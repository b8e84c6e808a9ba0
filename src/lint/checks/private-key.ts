// A private key where certificates belong. In a bundle that counts, the configuration's own findings
// (`block-left-out`, `no-certificates`) tell of it; this is for those that it doesn't look into.
import type { Check } from '../check.js'

/** Whether a bundle without use, or a document that isn't TOML, has a private key. */
export const privateKey: Check = function* ({ bundles }) {
  for (const { contents, path, use } of bundles) {
    if (use === 'anchors') continue
    for (const { label, line } of contents.skipped) {
      if (label?.endsWith('PRIVATE KEY') !== true) continue
      yield {
        code: 'private-key',
        severity: 'warning',
        path,
        spot: { kind: 'line', line },
        message: 'has a private key, which belongs to no part of this file',
        help: 'leave it out, and replace the key: whoever reads the Secret has read it',
      }
    }
  }
}
