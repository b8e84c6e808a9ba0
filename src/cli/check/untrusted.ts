// What a chain that isn't trusted has to do with the rule: which of both is at fault, and what to write.
// @peculiar/x509 is loaded here alone, by an import that waits until a chain is to be judged.

import { rootCertificates } from 'node:tls'
import { type Certificate, parseCaBundle, type TlsTrust } from 'imagepuller-auth'
import type { UntrustedChain, UntrustedCode } from 'imagepuller-auth/certificates'
import type { Said, ShownCertificate } from '../step.js'
import { show } from './shown-certificate.js'

/** What is to be judged. */
export interface Suspect {
  /** What the look saw, the server's own certificate first. */
  readonly chain: readonly Certificate[]
  /** The host that was dialled. */
  readonly host: string
  readonly tls: TlsTrust
  readonly now: number
  /** Why Node refused the chain. */
  readonly code: string
  /** Whether it is another server than the registry. */
  readonly isElsewhere: boolean
}

/** What to say of it: the fault, the chain, and what would have to be trusted. */
export async function judge(suspect: Suspect): Promise<Omit<Said, 'outcome'>> {
  const { chain, host, tls, now, code } = suspect
  if (chain.length === 0) {
    return {
      message: `the server's certificate isn't trusted (${code}), and can't be looked at`,
      help: 'try again; if it stays so, give the server a certificate that Go and OpenSSL read alike',
    }
  }
  const { inspectCertificate, verifyChain } = await import('imagepuller-auth/certificates')
  const certificates = anchorsOf(tls)
  const verdict = await verifyChain(chain, { certificates }, { now, host })
  const inspected = inspectCertificate(chain[0] as Certificate)
  const names =
    inspected.kind === 'inspected' ? inspected.alternativeNames.map(({ value }) => value) : []
  const shown = chain.map((one, i) => show(one, tls, i === 0 ? names : undefined))
  const compared = { certificates: shown, ...trustedBy(tls) }
  if (verdict.kind === 'trusted') {
    return {
      message: `the trust has an anchor for this chain, and Node refuses it (${code})`,
      help: "this machine's Node and Contrast's puller judge it differently; compare both certificates with their rules",
      ...compared,
    }
  }
  return { ...explain(verdict, shown, suspect), ...compared }
}

/** The rule's certificates, to compare the chain with. */
function trustedBy(tls: TlsTrust): Pick<Said, 'trusted'> {
  if (tls.kind !== 'ca-bundle') return {}
  return { trusted: tls.certificates.map((one) => show(one, tls)) }
}

/** The rule's certificates, or the roots that Node has. */
function anchorsOf(tls: TlsTrust): readonly Certificate[] {
  if (tls.kind === 'ca-bundle') return tls.certificates
  const { certificates } = parseCaBundle(rootCertificates.join('\n'), {
    brokenCertificates: 'skip',
  })
  return certificates
}

function explain(
  { code, index, message }: UntrustedChain,
  shown: readonly ShownCertificate[],
  { host, tls, isElsewhere, now }: Suspect,
): Omit<Said, 'outcome'> {
  const anchors = tls.kind === 'ca-bundle' ? "the rule's certificates" : "this machine's roots"
  const top = shown[index] as ShownCertificate
  if (code === 'unknown-issuer') {
    const said = unknownIssuer(top, anchors)
    const isPinned = tls.kind === 'ca-bundle'
    return isElsewhere && isPinned ? { ...said, help: helpElsewhere(host, top) } : said
  }
  if (code === 'bad-signature') {
    return { message, help: OTHER_KEY, missing: top }
  }
  // Of two that would have to be valid, the index is of the one below.
  if (code === 'expired' && Date.parse(top.notAfter) >= now) {
    return { message, help: "the rule is at fault: write the CA's present certificate in ca-certs" }
  }
  const help = HELP[code]?.replaceAll('HOST', host)
  return {
    message,
    help: help ?? 'the server is at fault: ask its administrator for another chain',
  }
}

function unknownIssuer(top: ShownCertificate, anchors: string): Omit<Said, 'outcome'> {
  if (top.subject === top.issuer) {
    return {
      message: `the chain ends in ${top.subject}, which is not among ${anchors}`,
      help: `the rule is at fault if ${top.subject} is the registry's CA: then write its PEM in ca-certs; if it isn't, something else answers in the registry's place`,
      missing: top,
    }
  }
  return {
    message: `the issuer of ${top.subject} is neither among ${anchors} nor sent by the server: ${top.issuer}`,
    help: `let the server send the certificate of ${top.issuer} with its own, or write that in ca-certs`,
    missing: top,
  }
}

/** Contrast's puller trusts the rule's certificates alone for storage and token services, too. */
function helpElsewhere(host: string, { subject, issuer }: ShownCertificate): string {
  const root = subject === issuer ? subject : `${subject}, or of its issuer ${issuer},`
  return `the rule's certificates alone are trusted for ${host} too, where the registry or the proxy settings lead: write the PEM of ${root} in ca-certs besides`
}

const OTHER_KEY =
  'a certificate of the same name with another key is trusted: the CA may have been renewed, or another one took its name; ask for its present certificate'

const HELP: Readonly<Partial<Record<UntrustedCode, string>>> = {
  expired: 'the server is at fault: its chain has to be renewed there; no rule changes that',
  'not-yet-valid':
    "the server's chain begins in the future, unless this machine's clock is wrong: check both",
  'wrong-name':
    'the server is at fault: give it a certificate with HOST among its alternative names, or ask for the image by a name that it has',
  'not-a-ca': 'a certificate that signed another one is no CA: ask for a chain by a CA',
  'weak-signature': 'the server is at fault: have its chain signed anew, by SHA-256 at least',
  'name-constraints': 'the CA may not vouch for this name: ask for a certificate by another CA',
}
