/**
 * A small model of Contrast's puller, written from the facts that the documentation states about its
 * releases, and from nothing of this library. Go picks among equals in the order of a map: the model
 * gives all of them.
 */

import { parse } from 'smol-toml'

export const PULLER_VERSIONS = ['1.15', '1.21', 'newest'] as const

export type PullerVersion = (typeof PULLER_VERSIONS)[number]

const withoutDot = (name: string) => (name.endsWith('.') ? name.slice(0, -1) : name)

/** The puller up to 1.20 compares texts, the later ones labels from the right. */
function covers(name: string, registry: string, version: PullerVersion): boolean {
  const [rule, host] = [withoutDot(name), withoutDot(registry)]
  if (version === '1.15') return host.endsWith(rule)
  const labels = rule.split('.').reverse()
  const parts = host.split('.').reverse()
  if (labels.length > parts.length) return false
  return labels.every((label, i) => {
    const isAny = label === '' && (version === '1.21' || i === labels.length - 1)
    return isAny || label === parts[i]
  })
}

/** What the longest name has most of: dots up to 1.20, labels since, one more than its dots. */
function weightOf(name: string): number {
  return withoutDot(name).split('.').length
}

/** The names among which a release picks for a registry, which may have a port; none for no rule. */
export function pickedNames(
  names: readonly string[],
  registry: string,
  version: PullerVersion,
): readonly string[] {
  const matching = names.filter((name) => covers(name, registry, version))
  const most = Math.max(...matching.map((name) => weightOf(name)))
  return matching.filter((name) => weightOf(name) === most)
}

/**
 * The names that a release picks over all orders of Go's map: it goes through the rules, and keeps the
 * first of those that nothing before is as heavy as. Every name that can be first of its weight is
 * tried in that place.
 */
export function pickedOverOrders(
  names: readonly string[],
  registry: string,
  version: PullerVersion,
): ReadonlySet<string> {
  const orders = names.map((first) => [first, ...names.filter((name) => name !== first)])
  return new Set(orders.flatMap((order) => pickedInOrder(order, registry, version) ?? []))
}

function pickedInOrder(
  names: readonly string[],
  registry: string,
  version: PullerVersion,
): string | undefined {
  let picked: string | undefined
  for (const name of names) {
    if (!covers(name, registry, version)) continue
    if (picked === undefined || weightOf(name) > weightOf(picked)) picked = name
  }
  return picked
}

const isPrivate = (host: string) =>
  /^10\.\d+\.\d+\.\d+$|^192\.168\.\d+\.\d+$|^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$/.test(host)

/** The schemes that go-containerregistry tries for a registry, by the release that the puller has. */
export function triedSchemes(
  registry: string,
  version: PullerVersion,
): readonly ('https' | 'http')[] {
  const host = registry.replace(/:\d+$/, '')
  const isOld = version !== 'newest'
  const isLocal =
    isPrivate(host) ||
    registry.startsWith('localhost:') ||
    host === '127.0.0.1' ||
    host === '[::1]' ||
    host.endsWith('.localhost') ||
    (isOld && (host.endsWith('.local') || host.includes('127.0.0.1') || host.includes('::1')))
  return isLocal ? ['https', 'http'] : ['https']
}

/** Whom the puller trusts for a registry. */
export type PullerTrust = 'web-pki' | 'deny-all' | 'skip-verify' | readonly string[]

/** What the puller does for a registry, where it picks a certain rule. */
export interface PullerOutcome {
  readonly rule: string | undefined
  readonly trust: PullerTrust
  /** The kind of credentials and their value; undefined for none. */
  readonly credentials: readonly [kind: string, value: string] | undefined
  readonly mirror: string | undefined
}

type Table = Readonly<Record<string, unknown>>

/** go-toml: a key counts in any case, and the last of several. */
function member(table: Table, key: string): unknown {
  return Object.entries(table).findLast(([written]) => written.toLowerCase() === key)?.[1]
}

const TYPES = Object.entries({
  'ca-certs': 'string',
  'insecure-skip-verify': 'boolean',
  mirror: 'string',
  username: 'string',
  password: 'string',
  auth: 'string',
  identitytoken: 'string',
  registrytoken: 'string',
})

/** Whether the values of a document's rules have the types of the puller's structs. */
export function hasRightTypes(toml: string): boolean {
  const registries = (member(parse(toml), 'registries') ?? {}) as Readonly<Record<string, Table>>
  return Object.values(registries).every((table) =>
    TYPES.every(([key, type]) => {
      const value = member(table, key)
      return value === undefined || typeof value === type
    }),
  )
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----\n[\s\S]*?\n-----END CERTIFICATE-----/g

function trustOf(table: Table): PullerTrust {
  if (member(table, 'insecure-skip-verify') === true) return 'skip-verify'
  const text = String(member(table, 'ca-certs') ?? '')
  // The empty string is Go's zero value: unset.
  if (text === '') return 'web-pki'
  return text.match(CERTIFICATE) ?? 'deny-all'
}

function credentialsOf(table: Table): PullerOutcome['credentials'] {
  const text = (key: string) => String(member(table, key) ?? '')
  if (text('registrytoken')) return ['registry-token', text('registrytoken')]
  if (text('identitytoken')) return ['identity-token', text('identitytoken')]
  // go-containerregistry: half a pair is none.
  if (text('username') && text('password')) {
    const pair = `${text('username')}:${text('password')}`
    return ['basic', Buffer.from(pair).toString('base64')]
  }
  return text('auth') ? ['basic', text('auth')] : undefined
}

/** What a release may do for a registry with a document: one outcome for each rule that it may pick. */
export function pullerOutcomes(
  toml: string,
  registry: string,
  version: PullerVersion,
): readonly PullerOutcome[] {
  const registries = (member(parse(toml), 'registries') ?? {}) as Readonly<Record<string, Table>>
  const picked = pickedNames(Object.keys(registries), registry, version)
  if (picked.length === 0) {
    return [{ rule: undefined, trust: 'web-pki', credentials: undefined, mirror: undefined }]
  }
  return picked.map((rule) => {
    const table = registries[rule] ?? {}
    const mirror = String(member(table, 'mirror') ?? '')
    return {
      rule,
      trust: trustOf(table),
      credentials: credentialsOf(table),
      mirror: mirror === '' ? undefined : mirror,
    }
  })
}
