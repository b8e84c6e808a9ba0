// The rules that were probably meant to apply: one pass over them, each looked at in a time linear in
// its name. A suggestion is given only where the rule would win with it.
import { credentialsOf } from '../credentials.js'
import { DOCKER_HUB, registryHost } from '../image/index.js'
import { coverageOf, normalForm, specificityOf } from '../names/index.js'
import type { Resolution } from '../resolve/index.js'
import { meantInstead } from './meant.js'
import type { NamedRule } from './named-rule.js'
import {
  NEAR_MISS_SENTENCES,
  type NearMiss,
  type NearMissCode,
  PORT_OF_BOTH,
  PORT_OF_IMAGE,
} from './near-miss.js'
import { readWrittenName } from './written-name.js'

/** The likeliest come first. */
const RANKS: readonly string[] = Object.keys(NEAR_MISS_SENTENCES)

/**
 * The near misses, the likeliest kind first, within a kind in the order of the document.
 *
 * @param imageRef - The reference that was resolved.
 */
export function nearMissesOf(
  rules: readonly NamedRule[],
  imageRef: string,
  resolution: Resolution,
): readonly NearMiss[] {
  const { host } = resolution.image
  const misses = rules.flatMap((rule) => {
    if (rule.normal !== undefined && coverageOf(rule.normal, host)) return []
    return portOfBoth(rule, resolution) ?? missOf(rule, resolution) ?? []
  })
  const ofImage = portOfImage(rules, imageRef, resolution)
  if (ofImage) misses.push(ofImage)
  return misses.sort((a, b) => RANKS.indexOf(a.code) - RANKS.indexOf(b.code))
}

/** The first meaning of the name with which the rule would apply. */
function missOf({ written, name, place }: NamedRule, resolution: Resolution): NearMiss | undefined {
  for (const { code, normal } of meantInstead(written, resolution.image.host)) {
    if (!wouldWin(normal, resolution)) continue
    return miss(name, code, place, normal === '.' ? normal : `${normal}.`)
  }
  return undefined
}

/** Whether a rule with the name would be the most specific one of the host's. */
function wouldWin(normal: string, { rule, bypassed, image }: Resolution): boolean {
  const covers = bypassed ? normal === '.' : coverageOf(normal, image.host) !== undefined
  const applied = rule && normalForm(rule.name)
  return covers && (applied === undefined || specificityOf(normal) > specificityOf(applied))
}

function miss(
  name: string,
  code: NearMissCode,
  place: NamedRule['place'],
  suggestion: string,
  message: string = NEAR_MISS_SENTENCES[code],
): NearMiss {
  return { name, code, replaces: 'rule', suggestion, message, place: place() }
}

/**
 * A rule for the registry with its very port: the catch-all is what covers it. Not where that would
 * spread credentials, or skip-verify, to every registry.
 */
function portOfBoth(named: NamedRule, resolution: Resolution): NearMiss | undefined {
  const { rule, written, name, place } = named
  const { bypassed, image } = resolution
  if (bypassed?.code !== 'port' || !wouldWin('.', resolution)) return undefined
  const { fault, host } = readWrittenName(written)
  if (fault !== 'port' || normalForm(host) !== image.host) return undefined
  if (Number.parseInt(written.slice(host.length + 1), 10) !== image.port) return undefined
  const isHarmless = credentialsOf(rule).kind === 'anonymous' && !rule.insecureSkipVerify
  return isHarmless ? miss(name, 'port', place, '.', PORT_OF_BOTH) : undefined
}

/** The rule that would apply without the reference's port. */
function portOfImage(
  rules: readonly NamedRule[],
  imageRef: string,
  { bypassed, image }: Resolution,
): NearMiss | undefined {
  const name = bypassed?.code === 'port' ? bypassed.rule?.name : undefined
  const rule = rules.find((one) => one.name === name)
  if (rule === undefined) return undefined
  // Without its port, Docker Hub would look for the image in "library/".
  if (registryHost(image.host) === DOCKER_HUB && !image.repository.includes('/')) return undefined
  const slash = imageRef.indexOf('/')
  const host = imageRef.slice(0, imageRef.lastIndexOf(':', slash))
  // Without a dot, the first component of a reference would be a repository of Docker Hub.
  const isNamed = host.includes('.') || host === 'localhost'
  const suggestion = `${host}${isNamed ? '' : '.'}${imageRef.slice(slash)}`
  return { ...miss(rule.name, 'port', rule.place, suggestion, PORT_OF_IMAGE), replaces: 'image' }
}
