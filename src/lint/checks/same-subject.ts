// Several anchors of one subject. Go tries each; OpenSSL, and so Node, takes the first whose name and key
// identifier fit, and no other where that one's key turns out to be wrong.
import { encodeHex } from '../../text/index.js'
import type { Check } from '../check.js'
import type { Hit } from '../finding.js'
import type { LintedBundle } from '../subject.js'
import { anchorsIn } from './anchors.js'

/** Whether anchors of one rule can be told apart. */
export const sameSubject: Check = function* ({ bundles }) {
  for (const bundle of bundles) if (bundle.use === 'anchors') yield* inBundle(bundle)
}

interface Seen {
  readonly identifiers: Set<string>
}

function* inBundle(bundle: LintedBundle): Generator<Hit> {
  const bySubject = new Map<string, Seen>()
  for (const { facts, path, spot } of anchorsIn(bundle)) {
    const subject = encodeHex(facts.encoded.subject)
    const identifier = encodeHex(facts.subjectKeyIdentifier ?? new Uint8Array())
    const seen = bySubject.get(subject)
    if (seen === undefined) {
      bySubject.set(subject, { identifiers: new Set([identifier]) })
      continue
    }
    const isApart =
      identifier !== '' && !seen.identifiers.has('') && !seen.identifiers.has(identifier)
    seen.identifiers.add(identifier)
    yield { path, spot, ...sentence(isApart) }
  }
}

function sentence(isApart: boolean): Pick<Hit, 'code' | 'severity' | 'message' | 'help'> {
  const code = 'same-subject'
  if (isApart) {
    const message =
      "has a certificate whose subject another one above has too: they are told apart by their key identifiers, where the server's certificate names its issuer's"
    return { code, severity: 'info', message, help: undefined }
  }
  const message =
    'has a certificate whose subject another one above has too, and no key identifier tells them apart: Go tries both, OpenSSL, and so Node, the first alone'
  const help = 'leave out the one that is no longer in use, or give them different names'
  return { code, severity: 'warning', message, help }
}
