// Whether an anchor of a bundle vouches for the chain that a server sent, by the rules of Go's
// `Certificate.Verify`: every certificate of a bundle is an anchor, an intermediate or the server's own
// certificate too, and an anchor has to be valid like any other certificate. Revocation is not checked.

import { finite, number, pipe, string } from 'valibot'
import { areSameOctets, type CaBundle, type Certificate } from '../certificates/index.js'
import { option, optionsOf } from '../options.js'
import { isForHost } from './host-name.js'
import { candidates, linksOf } from './issuer.js'
import { judge, judgeIssuer, judgeSigner, type Link, type LinkFault } from './link.js'
import { type SignatureVerdict, verifySignature } from './signature.js'
import { showName, type UntrustedChain, type UntrustedCode, untrusted } from './untrusted.js'

/** For when and for what {@link verifyChain} verifies. */
export interface VerifyChainOptions {
  /** The time, in milliseconds since 1970: the library has no clock. */
  readonly now: number
  /** The host that was dialled: a name, or an IP address with or without brackets. No port. */
  readonly host: string
}

/** A chain that an anchor of the bundle vouches for. */
export interface TrustedChain {
  /** The union's tag. */
  readonly kind: 'trusted'
  /** The anchor, which is one of the bundle's certificates. */
  readonly anchor: Certificate
}

const readOptions = optionsOf('verifyChain', () => ({
  now: option(pipe(number(), finite()), 'a finite number of milliseconds since 1970'),
  host: option(string(), 'a string'),
}))

/** Go gives up after as many signatures, since a server chooses how many there are. */
const MAX_SIGNATURES = 100

/**
 * Says which anchor of a bundle vouches for a server's chain, or which link is missing or wrong.
 *
 * @param chain - What the server sent, its own certificate first, each read by `parseCertificate`.
 * @param bundle - The anchors, as `parseCaBundle` gives them.
 * @param options - The time and the host, both of which are needed.
 * @returns The anchor, or the fault that comes furthest from the server's certificate.
 * @throws `TypeError` for misuse, such as certificates that this library didn't read.
 *
 * @example
 *
 * ```ts
 * import { parseCaBundle } from 'imagepuller-auth'
 * import { verifyChain } from 'imagepuller-auth/certificates'
 *
 * const bundle = parseCaBundle('no PEM block, so no certificate')
 * const verdict = await verifyChain([], bundle, { now: Date.now(), host: 'registry.corp' })
 * console.log(verdict.kind === 'untrusted' && verdict.code) // empty-chain
 * ```
 */
export async function verifyChain(
  chain: readonly Certificate[],
  bundle: Pick<CaBundle, 'certificates'>,
  options: VerifyChainOptions,
): Promise<TrustedChain | UntrustedChain> {
  const { now, host } = readOptions(options)
  if (now === undefined || host === undefined) {
    throw new TypeError('verifyChain: expected now and host')
  }
  const links = linksOf(chain, 'verifyChain')
  const anchors = linksOf(anchorsOf(bundle), 'verifyChain')
  const [server, ...intermediates] = links
  if (server === undefined) return untrusted('empty-chain', 0, 'the server sent no certificate')
  const fault = judge(server, now)
  if (fault !== undefined) return toUntrusted(fault, server, 0)
  if (!isForHost(server.facts.alternativeNames, host)) return wrongName(server)
  const anchor = anchors.find((link) => isSameCertificate(link, server))
  if (anchor !== undefined) return trusted(anchor)
  return new Search(anchors, intermediates, links, now).from([server])
}

function anchorsOf(bundle: Pick<CaBundle, 'certificates'>): readonly Certificate[] {
  if (typeof bundle !== 'object' || bundle === null || !Object.hasOwn(bundle, 'certificates')) {
    throw new TypeError('verifyChain: expected a bundle as parseCaBundle gives it')
  }
  return bundle.certificates
}

function trusted({ certificate: anchor }: Link): TrustedChain {
  return Object.freeze({ kind: 'trusted', anchor })
}

function wrongName({ certificate, facts }: Link): UntrustedChain {
  const { dns, ip } = facts.alternativeNames ?? { dns: [], ip: [] }
  const detail =
    dns.length + ip.length === 0
      ? 'has no alternative names; its common name does not count'
      : 'is not for this host by its alternative names'
  return untrusted('wrong-name', 0, `${showName(certificate)} ${detail}`)
}

function toUntrusted(
  [code, clause]: LinkFault,
  { certificate }: Link,
  index: number,
): UntrustedChain {
  return untrusted(code, index, `${showName(certificate)} ${clause}`)
}

/** A look for a way from the server's certificate to an anchor, depth first, anchors first. */
class Search {
  readonly #anchors: readonly Link[]
  readonly #intermediates: readonly Link[]
  readonly #sent: readonly Link[]
  readonly #now: number
  #signatures = 0

  constructor(
    anchors: readonly Link[],
    intermediates: readonly Link[],
    sent: readonly Link[],
    now: number,
  ) {
    this.#anchors = anchors
    this.#intermediates = intermediates
    this.#sent = sent
    this.#now = now
  }

  /** @param below - The way so far, the server's certificate first. */
  async from(below: readonly [Link, ...Link[]]): Promise<TrustedChain | UntrustedChain> {
    const top = below.at(-1) as Link
    const index = this.#sent.indexOf(top)
    let best: UntrustedChain | undefined
    for (const [issuer, role] of this.#issuersOf(top)) {
      if (below.some((link) => isSameHolder(link, issuer))) continue
      if (++this.#signatures > MAX_SIGNATURES) return tooMany(index)
      const fault = await this.#judge(issuer, below, role)
      if (fault === undefined && role === 'anchor') return trusted(issuer)
      const place = role === 'anchor' ? index : this.#sent.indexOf(issuer)
      const verdict = fault
        ? toUntrusted(fault, issuer, place)
        : await this.from([...below, issuer])
      if (verdict.kind === 'trusted' || verdict.code === 'too-many-signatures') return verdict
      best = moreTelling(best, verdict)
    }
    return best ?? unknownIssuer(top, index)
  }

  *#issuersOf(top: Link): Generator<[Link, 'anchor' | 'intermediate']> {
    for (const link of candidates(top, this.#anchors)) yield [link, 'anchor']
    for (const link of candidates(top, this.#intermediates)) yield [link, 'intermediate']
  }

  async #judge(
    issuer: Link,
    below: readonly [Link, ...Link[]],
    role: 'anchor' | 'intermediate',
  ): Promise<LinkFault | undefined> {
    const top = below.at(-1) as Link
    const verdict = await verifySignature(top.facts, issuer.facts)
    if (verdict !== 'good') return [verdict, SIGNATURES[verdict]]
    return judgeSigner(issuer) ?? judge(issuer, this.#now) ?? judgeIssuer(issuer, below, role)
  }
}

const SIGNATURES: Readonly<Record<Exclude<SignatureVerdict, 'good'>, string>> = {
  'bad-signature': 'has the name of the issuer, but its key did not make the signature',
  'weak-signature': 'would vouch by MD5, SHA-1 or an RSA key below 1,024 bits, which Go refuses',
  'unsupported-algorithm':
    'would vouch by an algorithm or a key that Go or WebCrypto does not take',
}

function unknownIssuer({ certificate, facts }: Link, index: number): UntrustedChain {
  const name = showName(certificate)
  const message = facts.selfIssued
    ? `the chain ends in ${name}, which is not among the anchors`
    : `the issuer of ${name} is neither among the anchors nor sent by the server`
  return untrusted('unknown-issuer', index, message)
}

function tooMany(index: number): UntrustedChain {
  const message = `the chain asks for more than ${MAX_SIGNATURES} signatures to be verified`
  return untrusted('too-many-signatures', index, message)
}

/** The fault that is further up; of two at one place, one behind a signature that is good. */
function moreTelling(best: UntrustedChain | undefined, other: UntrustedChain): UntrustedChain {
  if (best === undefined || other.index > best.index) return other
  if (other.index < best.index) return best
  return rank(other.code) > rank(best.code) ? other : best
}

function rank(code: UntrustedCode): number {
  if (code === 'bad-signature') return 0
  return code === 'unknown-issuer' ? 1 : 2
}

function isSameCertificate(a: Link, b: Link): boolean {
  return a.certificate.fingerprint === b.certificate.fingerprint
}

/**
 * The same name and key: certificates that vouch for each other would lead nowhere. Go passes over such an
 * issuer only where the alternative names are the same, too.
 */
function isSameHolder(a: Link, b: Link): boolean {
  const { encoded } = a.facts
  return (
    areSameOctets(encoded.subject, b.facts.encoded.subject) &&
    areSameOctets(encoded.publicKey, b.facts.encoded.publicKey)
  )
}
