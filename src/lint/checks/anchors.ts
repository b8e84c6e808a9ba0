// The certificates of bundles that are, or will be, trust anchors, with their facts.
import {
  type Certificate,
  type CertificateFacts,
  certificateFacts,
} from '../../certificates/index.js'
import type { Hit } from '../finding.js'
import type { LintedBundle, Subject } from '../subject.js'

/** A certificate with its facts and its place. */
export interface Anchor extends Pick<Hit, 'path' | 'spot'> {
  readonly certificate: Certificate
  readonly facts: CertificateFacts
}

/** Those of all bundles, in the order of the document. */
export function* anchorsOf({ bundles }: Subject): Generator<Anchor> {
  for (const bundle of bundles) if (bundle.use !== 'none') yield* anchorsIn(bundle)
}

/** Those of one bundle, in its order. */
export function* anchorsIn({ contents, path }: LintedBundle): Generator<Anchor> {
  for (const [i, certificate] of contents.certificates.entries()) {
    // This library has read all of them, and the lines have their order.
    const facts = certificateFacts(certificate) as CertificateFacts
    const spot = { kind: 'line', line: contents.lines[i] as number } as const
    yield { certificate, facts, path, spot }
  }
}
