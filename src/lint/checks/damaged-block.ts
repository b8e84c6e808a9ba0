// What was a PEM block beside certificates that are whole: without the five dashes on both of its lines
// it is text, which Go passes over, so that a CA is missing without a word.
import { isDamagedPem } from '../../config/index.js'
import type { Check } from '../check.js'

/** Whether text between the blocks of a bundle looks like a damaged one. */
export const damagedBlock: Check = function* ({ bundles }) {
  for (const { text, contents, path, use } of bundles) {
    const { certificates, broken } = contents
    // Elsewhere the configuration's findings say what is wrong.
    if (use !== 'anchors' || certificates.length === 0 || broken.length > 0) continue
    const line = lineOfDamage(text)
    if (line === undefined) continue
    yield {
      code: 'damaged-block',
      severity: 'warning',
      path,
      spot: { kind: 'line', line },
      message: 'has what looks like a damaged PEM block beside whole ones: it is taken for text',
      help: 'write the block as its issuer gave it, with five hyphens on each side of BEGIN CERTIFICATE and END CERTIFICATE',
    }
  }
}

/** The first line outside of blocks that looks like part of one, from 1. */
function lineOfDamage(text: string): number | undefined {
  let isInside = false
  for (const [i, line] of text.split('\n').entries()) {
    if (line.startsWith('-----BEGIN ')) isInside = true
    else if (line.startsWith('-----END ')) isInside = false
    else if (!isInside && isDamagedPem(line)) return i + 1
  }
  return undefined
}
