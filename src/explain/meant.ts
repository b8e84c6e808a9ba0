// What a rule's name may have been meant to be, for a host that it doesn't cover.
import { DOCKER_HUB, DOCKER_HUB_ALIAS, isOtherDockerHost } from '../image/index.js'
import { normalForm, withoutLeadingDot } from '../names/index.js'
import { asciiHost } from '../net/index.js'
import { hasUserInfo, isOneEdit } from '../text/index.js'
import type { NearMissCode } from './near-miss.js'
import { readWrittenName, type WrittenName } from './written-name.js'

/** A name that may have been meant. */
export interface Meant {
  /** What differs. */
  readonly code: NearMissCode
  /** The name in normal form. */
  readonly normal: string
}

/** What the name may have been meant to be, the likeliest first. */
export function* meantInstead(name: string, host: string): Generator<Meant> {
  const written = readWrittenName(name)
  if (host === DOCKER_HUB && isDockerHub(written)) {
    yield { code: 'docker-hub-alias', normal: DOCKER_HUB_ALIAS }
  }
  const { fault } = written
  const ascii = toAscii(written.host)
  const normal = normalForm(ascii)
  if (normal !== undefined) {
    if (fault !== undefined) yield { code: fault, normal }
    else if (ascii !== written.host) yield { code: 'unicode', normal }
  }
  // User info is no slip of the keyboard.
  if (fault === undefined && !hasUserInfo(name)) yield* misspelt(name, host)
}

/** A server of Docker Hub, or the key under which Docker's own files hold its credentials. */
function isDockerHub({ host, path }: WrittenName): boolean {
  const normal = normalForm(host)
  if (normal === undefined) return false
  const domain = withoutLeadingDot(normal)
  return isOtherDockerHost(domain) || (domain === DOCKER_HUB && /^v[12](?:\/|$)/.test(path))
}

const NOT_ASCII = /[\u0080-\uffff]/

/** An international name as it is dialled, a leading dot kept; any other name, or none, as it is. */
function toAscii(host: string): string {
  if (!NOT_ASCII.test(host)) return host
  const ascii = asciiHost(withoutLeadingDot(host))
  return ascii === undefined ? host : `${host.startsWith('.') ? '.' : ''}${ascii}`
}

/** A name that holds nothing but itself, and still isn't the host's. */
function* misspelt(name: string, host: string): Generator<Meant> {
  const end = name.endsWith('.') ? name.length - 1 : name.length
  const start = name.startsWith('.') ? 1 : 0
  const lead = name.slice(0, start)
  // Of a longer name, only the end can be the host.
  const own = name.slice(start, end)
  if (own === '') return
  if (lead !== '' && own.length === host.length && own.toLowerCase() === host) {
    yield { code: 'leading-dot', normal: host }
  }
  if (own.length <= host.length + 1) {
    const domain = own.toLowerCase()
    const typo = correct(domain, host)
    if (typo !== undefined) yield { code: 'typo', normal: lead + typo }
    const whole = completeLabel(domain, host)
    if (whole !== undefined) yield { code: 'label-boundary', normal: whole }
  } else if (own.slice(-host.length - 1).toLowerCase() === `.${host}`) {
    yield { code: 'parent', normal: host }
  }
}

/** The end of the host of which one label differs from the domain's by one edit. */
function correct(domain: string, host: string): string | undefined {
  const own = domain.split('.')
  const labels = host.split('.')
  const meant = labels.slice(-own.length)
  if (meant.length < own.length) return undefined
  const wrong = own.findIndex((label, i) => label !== meant[i])
  const isRight = own.every((label, i) => i === wrong || label === meant[i])
  if (wrong < 0 || !isRight) return undefined
  if (!isOneEdit(own[wrong] as string, meant[wrong] as string)) return undefined
  return isTopLevel(meant, labels) ? undefined : meant.join('.')
}

/** The longest label of a top-level domain that is taken for one: `com` and `co`, but `corp`. */
const SHORT = 3

/** Not `com` for `co`: a rule for the one is hardly meant for all that is below the other. */
function isTopLevel(meant: readonly string[], labels: readonly string[]): boolean {
  return meant.length < labels.length && meant.length === 1 && meant.join('').length <= SHORT
}

/** The end of the host from the label on within which the domain begins. */
function completeLabel(domain: string, host: string): string | undefined {
  const at = host.length - domain.length
  if (at <= 0 || domain.startsWith('.') || !host.endsWith(domain)) return undefined
  const whole = host.slice(host.lastIndexOf('.', at - 1) + 1)
  // A whole top-level domain is not what is meant by its end.
  return whole.includes('.') || whole === host ? whole : undefined
}
