// What Contrast's puller does for an image under one of its rules.

import { readCaBundle } from '../certificates/index.js'
import { type Mirror, parseMirror } from '../config/index.js'
import { ANONYMOUS, type Credentials, credentialsOf } from '../credentials.js'
import type { ImageReference } from '../image/index.js'
import { isIpAddress, withoutTrailingSlashes } from '../net/index.js'
import type { ProxyDecision } from '../proxy/index.js'
import {
  type MirrorEndpoint,
  mirrorEndpoint,
  REGISTRY,
  type RegistryEndpoint,
  type Scheme,
  type TlsTrust,
  trustOf,
} from '../resolve/index.js'
import type { PullerDocument, PullerRule } from './document.js'
import { pullerSchemes } from './schemes.js'
import type { PullerRelease } from './version.js'
import { decideWay, mirrorWritten, type UnclearProxy, waysOf } from './way.js'

/** A mirror that Go's URL parser may read otherwise than others do, or not at all. */
export interface UnclearMirror {
  /** The union's tag. */
  readonly kind: 'unclear-mirror'
  /** What that means, in a sentence. */
  readonly message: string
}

/** What Contrast's puller does for an image, if it picks this rule. */
export interface PullerOutcome {
  /** The rule's name as the document has it, without user info; undefined where none applies. */
  readonly rule: string | undefined
  /** Whom it trusts in TLS. */
  readonly tls: TlsTrust
  /** What it authenticates with. A mirror gets it too. */
  readonly credentials: Credentials
  /**
   * The schemes that it may use, in no order: plain HTTP is asked 300 ms after HTTPS at the latest,
   * and the first that answers wins.
   */
  readonly schemes: readonly Scheme[]
  /** Where its requests go. */
  readonly endpoint: RegistryEndpoint | MirrorEndpoint | UnclearMirror
  /** How it reaches the endpoint, as far as the document says. */
  readonly proxy: ProxyDecision | UnclearProxy
}

const UNCLEAR_MIRROR: UnclearMirror = Object.freeze({
  kind: 'unclear-mirror',
  message: "the mirror is no URL that Go's parser and others read alike",
})

/** Gives the outcome for an image and a rule's name; what a rule says is read once. */
export type OutcomeOf = (image: ImageReference, name: string | undefined) => PullerOutcome

/** Compiles a document for a release of the puller. */
export function compileOutcomes(
  { rules, extraEnv }: PullerDocument,
  release: PullerRelease,
  shownName: (name: string) => string,
): OutcomeOf {
  const said = new Map<string, Said>()
  const ways = waysOf(extraEnv)
  const saidBy = (rule: PullerRule): Said => {
    const known = said.get(rule.name)
    if (known) return known
    const read = saidIn(rule, shownName)
    said.set(rule.name, read)
    return read
  }
  return (image, name) => {
    const rule = name === undefined ? undefined : rules.get(name)
    const endpoint = rule ? endpointOf(rule, image) : REGISTRY
    const { shown, tls, credentials } = rule ? saidBy(rule) : NO_RULE
    return Object.freeze({
      rule: shown,
      tls,
      credentials,
      schemes: pullerSchemes(image.registry, release),
      endpoint,
      proxy: decideWay(endpoint, rule?.mirror ?? '', image, ways),
    })
  }
}

/** What a rule says whatever the image is. */
interface Said extends Pick<PullerOutcome, 'tls' | 'credentials'> {
  /** Its name without user info. */
  readonly shown: string | undefined
}

function saidIn(rule: PullerRule, shownName: (name: string) => string): Said {
  return {
    shown: shownName(rule.name),
    tls: pullerTrust(rule),
    credentials: credentialsOf(rule),
  }
}

const NO_RULE: Said = {
  shown: undefined,
  tls: trustOf({ insecureSkipVerify: false, caBundle: undefined }),
  credentials: ANONYMOUS,
}

/** The empty string is Go's zero value, thus unset; a broken block is passed over silently. */
function pullerTrust({ caCerts, insecureSkipVerify }: PullerRule): TlsTrust {
  const caBundle = caCerts === '' ? undefined : readCaBundle(caCerts)
  return trustOf({ insecureSkipVerify, caBundle })
}

function endpointOf({ mirror }: PullerRule, image: ImageReference): PullerOutcome['endpoint'] {
  if (mirror === '') return REGISTRY
  const parsed = parseMirror(mirror, true)
  if (typeof parsed === 'string' || !isReadAlike(mirror, parsed)) return UNCLEAR_MIRROR
  return mirrorEndpoint(parsed, image)
}

/** An empty component of the path, or a slash that is escaped: Go's `path.Join` makes one slash of it. */
const MERGED_SLASHES = /\/\/|%2f/i

/** Not so a short address such as `127.1`, which Go looks up as a name. */
function isReadAlike(written: string, { host }: Mirror): boolean {
  const path = withoutTrailingSlashes(written).slice(written.indexOf('://') + 3)
  if (MERGED_SLASHES.test(path)) return false
  return host.startsWith('[') || !isIpAddress(host) || mirrorWritten(written).host === host
}
