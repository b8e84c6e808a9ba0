// Whether a CA's name constraints (RFC 5280, section 4.2.1.10) let a certificate below it have its names,
// by Go's rules for domains and addresses. A mailbox or a URI under a constraint of its own kind is not
// judged here, and so never permitted: no server is reached by it.

import {
  type AlternativeNames,
  decodeAscii,
  NAME_TAG,
  type NameConstraints,
  type Subtree,
} from '../certificates/index.js'

/** Go gives up on a certificate that asks for more comparisons. */
const MAX_COMPARISONS = 250_000

/** Whether all names are permitted and none is excluded. */
export function arePermitted(names: AlternativeNames, constraints: NameConstraints): boolean {
  const { permitted, excluded } = constraints
  const count = names.dns.length + names.ip.length + names.email.length + names.uri.length
  if (count * (permitted.length + excluded.length) > MAX_COMPARISONS) return false
  if (names.email.length > 0 && constrains(constraints, NAME_TAG.email)) return false
  if (names.uri.length > 0 && constrains(constraints, NAME_TAG.uri)) return false
  return (
    names.dns.every((name) => isPermitted(constraints, NAME_TAG.dns, isInDomain(name))) &&
    names.ip.every((octets) => isPermitted(constraints, NAME_TAG.ip, isInNetwork(octets)))
  )
}

function constrains({ permitted, excluded }: NameConstraints, tag: number): boolean {
  return [...permitted, ...excluded].some((subtree) => subtree.tag === tag)
}

function isPermitted(
  { permitted, excluded }: NameConstraints,
  tag: number,
  isIn: (contents: Uint8Array) => boolean,
): boolean {
  const ofKind = (subtrees: readonly Subtree[]) => subtrees.filter((subtree) => subtree.tag === tag)
  if (ofKind(excluded).some(({ contents }) => isIn(contents))) return false
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
    const constraint = (decodeAscii(contents) as string).toLowerCase()
    if (constraint === '') return true
    if (constraint.startsWith('.')) return domain.endsWith(constraint)
    return domain === constraint || domain.endsWith(`.${constraint}`)
  }
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
