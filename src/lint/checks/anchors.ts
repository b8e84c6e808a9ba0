// The certificates of all bundles that are, or will be, trust anchors, with their facts.
import { type CertificateFacts, certificateFacts } from '../../certificates/index.js'
import type { Hit } from '../finding.js'
import type { Subject } from '../subject.js'

/** A certificate's facts and its place. */
export interface Anchor extends Pick<Hit, 'path' | 'spot'> {
  readonly facts: CertificateFacts
}

/** In the order of the document. */
export function* anchorsOf({ bundles }: Subject): Generator<Anchor> {
  for (const { contents, path, use } of bundles) {
    if (use === 'none') continue
    for (const [i, certificate] of contents.certificates.entries()) {
      // This library has read all of them, and the lines have their order.
      const facts = certificateFacts(certificate) as CertificateFacts
      yield { facts, path, spot: { kind: 'line', line: contents.lines[i] as number } }
    }
  }
}
