// Whether a CA's name constraints (RFC 5280, section 4.2.1.10) let a certificate below it have its names,
// by Go's rules for domains and addresses. A mailbox or a URI under a constraint of its own kind is not
// judged here, and so never permitted: no server is reached by it.

import {
  type AlternativeNames,
  decodeAscii,
  isDomain,
  NAME_TAG,
  type NameConstraints,
  type Subtree,
} from '../certificates/index.js'

/**
 * The limit of Go's older releases, `MaxConstraintComparisions` by default: a server chooses how many names
 * it has.
 */
const MAX_COMPARISONS = 250_000

/** Whether the names of several certificates are all permitted, and none is excluded. */
export function arePermitted(
  certificates: readonly AlternativeNames[],
  constraints: NameConstraints,
): boolean {
  const subtrees = constraints.permitted.length + constraints.excluded.length
  let count = 0
  for (const { dns, ip, email, uri } of certificates) {
    count += dns.length + ip.length + email.length + uri.length
  }
  if (count * subtrees > MAX_COMPARISONS) return false
  return certificates.every((names) => isEachPermitted(names, constraints))
}

/** Go refuses a name that is no domain under constraints of any kind: none could be held against it. */
function isEachPermitted(names: AlternativeNames, constraints: NameConstraints): boolean {
  if (names.email.length > 0 && constrains(constraints, NAME_TAG.email)) return false
  if (names.uri.length > 0 && constrains(constraints, NAME_TAG.uri)) return false
  return (
    names.dns.every((name) => isDomain(name) && isDomainPermitted(constraints, name)) &&
    names.ip.every((octets) => isPermitted(constraints, NAME_TAG.ip, isInNetwork(octets)))
  )
}

function isDomainPermitted(constraints: NameConstraints, name: string): boolean {
  return isPermitted(constraints, NAME_TAG.dns, isInDomain(name), meetsDomain(name))
}

function constrains({ permitted, excluded }: NameConstraints, tag: number): boolean {
  return [...permitted, ...excluded].some((subtree) => subtree.tag === tag)
}

function isPermitted(
  { permitted, excluded }: NameConstraints,
  tag: number,
  isIn: (contents: Uint8Array) => boolean,
  meets = isIn,
): boolean {
  const ofKind = (subtrees: readonly Subtree[]) => subtrees.filter((subtree) => subtree.tag === tag)
  if (ofKind(excluded).some(({ contents }) => meets(contents))) return false
  const allowed = ofKind(permitted)
  return allowed.length === 0 || allowed.some(({ contents }) => isIn(contents))
}

/**
 * The empty constraint stands for every domain, a dot in front for subdomains only. A certificate with
 * a constraint that isn't ASCII is broken.
 */
function isInDomain(name: string): (contents: Uint8Array) => boolean {
  const domain = name.toLowerCase()
  return (contents) => {
    const constraint = domainOf(contents)
    if (constraint === '') return true
    if (constraint.startsWith('.')) return domain.endsWith(constraint)
    return domain === constraint || domain.endsWith(`.${constraint}`)
  }
}

/**
 * Whether a name, or one that its wildcard stands for, is in the domain of a constraint. `*.corp` stands
 * for `registry.corp`, and for none of the subdomains of that.
 */
function meetsDomain(name: string): (contents: Uint8Array) => boolean {
  const isIn = isInDomain(name)
  const siblings = name.startsWith('*') ? behindFirstLabel(name.toLowerCase()) : ''
  if (siblings === '') return isIn
  return (contents) => isIn(contents) || behindFirstLabel(domainOf(contents)) === siblings
}

function domainOf(contents: Uint8Array): string {
  return (decodeAscii(contents) as string).toLowerCase()
}

/** The dot behind the first label, and what follows; empty where there is one label. */
function behindFirstLabel(domain: string): string {
  const dot = domain.indexOf('.')
  return dot < 0 ? '' : domain.slice(dot)
}

function isInNetwork(address: Uint8Array): (contents: Uint8Array) => boolean {
  return (contents) => {
    const half = contents.length / 2
    if (half !== address.length) return false
    return address.every((octet, i) => {
      const mask = contents[half + i] as number
      return (octet & mask) === ((contents[i] as number) & mask)
    })
  }
}
