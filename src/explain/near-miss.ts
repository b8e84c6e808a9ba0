// A rule that doesn't apply but was probably meant to: the kinds of reasons, and their sentences.
import type { DocumentPlace } from '../findings.js'

/** Why a rule that was probably meant to apply doesn't. */
export type NearMissCode =
  | 'leading-dot'
  | 'wildcard'
  | 'scheme'
  | 'path'
  | 'port'
  | 'docker-hub-alias'
  | 'unicode'
  | 'typo'
  | 'label-boundary'
  | 'parent'

/** A rule that doesn't apply but was probably meant to. */
export interface NearMiss {
  /** The rule's name, as the configuration has it, without user info. */
  readonly name: string
  /** Why it doesn't apply. */
  readonly code: NearMissCode
  /** What the suggestion is written in place of: the rule's name, or the image reference. */
  readonly replaces: 'rule' | 'image'
  /** What to write instead. With it, the rule applies. */
  readonly suggestion: string
  /** The reason in a sentence. */
  readonly message: string
  /** Where the rule stands. */
  readonly place: DocumentPlace
}

/** What each code means; `docs/findings.md` has the same sentences. */
export const NEAR_MISS_SENTENCES: Readonly<Record<NearMissCode, string>> = {
  'leading-dot': 'a name with a leading dot covers subdomains alone, not the domain itself',
  wildcard: '"*" stands for nothing; a leading dot covers every subdomain, and "." every registry',
  scheme: 'the name is a URL; a rule is named by its registry alone',
  path: 'the name has a path; a rule is for a registry, not for a repository',
  port: 'this library never applies a name with a port; rules name domains',
  'docker-hub-alias':
    'the name is a server of Docker Hub; a rule for its images is named docker.io',
  unicode: 'a name is matched in ASCII, in which other letters are written as "xn--" (Punycode)',
  typo: 'one label differs from the host by one character, or by two that are swapped; the image may be what is misspelt, so write it only if that host is meant',
  'label-boundary':
    'the host ends in the name, but not behind a dot, so it is another domain; write it only if that one is meant',
  parent:
    'the name is a subdomain of the host, and covers neither the host nor its other subdomains',
}

/** The sentence where the port is in the reference. */
export const PORT_OF_IMAGE =
  'the reference has a port, which rules for domain names pass by; leave it out if the registry answers on port 443 as well'

/** The sentence where both have the same port. */
export const PORT_OF_BOTH =
  'a registry with a port is covered by "." alone, which every other registry without a rule gets then, too; or serve this one on port 443 and leave the port out of both'
