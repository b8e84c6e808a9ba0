// Among which rules Contrast's puller picks. Where several are equal it takes the one that comes first
// in the order of a Go map, which is another one with each look.
import { withoutTrailingDot } from '../net/index.js'
import type { PullerRelease } from './version.js'

/**
 * Gives the names among which the puller picks for a registry, in the order of the document: none where
 * no rule covers it, one where the choice is certain, several where it is left to chance. The registry
 * is as go-containerregistry gives it, with its port and its case.
 */
export type PickNames = (registry: string) => readonly string[]

/**
 * Indexes the names of rules, as the document has them. A look costs the length of the registry, and
 * not the number of the rules, save for those of release 1.21 that have empty labels within.
 */
export function indexNames(names: readonly string[], { matching }: PullerRelease): PickNames {
  const index = INDEXES[matching](names)
  // Few documents have names of which the puller picks by chance.
  let order: ReadonlyMap<string, number> | undefined
  const orderOf = (name: string): number => {
    order ??= new Map(names.map((one, i) => [one, i]))
    return order.get(name) as number
  }
  return (registry) => {
    const found = index(withoutTrailingDot(registry))
    return found.length < 2 ? found : [...found].sort((a, b) => orderOf(a) - orderOf(b))
  }
}

const INDEXES: Readonly<
  Record<PullerRelease['matching'], (names: readonly string[]) => PickNames>
> = {
  suffix: indexSuffixes,
  'any-empty-label': indexLabels,
  'leading-empty-label': indexDomains,
}

/** Names by their texts without the trailing dot, which two may share, and the longest text. */
function byText(names: readonly string[]): {
  readonly texts: ReadonlyMap<string, readonly string[]>
  readonly longest: number
} {
  const texts = new Map<string, string[]>()
  let longest = 0
  for (const name of names) {
    const text = withoutTrailingDot(name)
    longest = Math.max(longest, text.length)
    const same = texts.get(text)
    if (same) same.push(name)
    else texts.set(text, [name])
  }
  return { texts, longest }
}

/** To 1.20: the end of the text, without regard for labels; the most dots win. */
function indexSuffixes(names: readonly string[]): PickNames {
  const { texts, longest } = byText(names)
  return (asked) => {
    const found = new Best()
    for (let i = Math.max(0, asked.length - longest); i <= asked.length; i++) {
      const text = asked.slice(i)
      const same = texts.get(text)
      if (same) found.add(text.split('.').length, same)
    }
    return found.names
  }
}

/**
 * Since 1.22: label by label from the right, where an empty label in first place stands for any label.
 * The most labels win, so that the first look that finds names ends the search.
 */
function indexDomains(names: readonly string[]): PickNames {
  const { texts, longest } = byText(names)
  return (asked) => {
    let start = startOfDomain(asked, longest)
    while (start >= 0) {
      const dot = asked.indexOf('.', start)
      const exact = texts.get(asked.slice(start)) ?? NO_NAMES
      // Behind the last dot, the empty label is the whole name: `.`, which covers everything.
      const below = texts.get(dot < 0 ? '' : asked.slice(dot)) ?? NO_NAMES
      const isEmpty = dot === start || start === asked.length
      const found = isEmpty || below.length === 0 ? exact : [...exact, ...below]
      if (found.length > 0) return found
      start = dot < 0 ? -1 : dot + 1
    }
    return NO_NAMES
  }
}

/** Where the first domain in a host begins that is no longer than any name, which may begin with a dot. */
function startOfDomain(asked: string, longest: number): number {
  const most = asked.length - longest
  return most <= 0 ? 0 : asked.lastIndexOf('.', most - 1) + 1
}

const NO_NAMES: readonly string[] = Object.freeze([])

/** A label of rules' names, from the right: the names that end (on the left) with it, and what follows. */
interface LabelNode {
  readonly names: string[]
  readonly below: Map<string, LabelNode>
}

/** In 1.21: label by label from the right; the most labels win. An empty one stands for any label. */
function indexLabels(names: readonly string[]): PickNames {
  const root: LabelNode = { names: [], below: new Map() }
  for (const name of names) {
    let node = root
    for (const label of withoutTrailingDot(name).split('.').reverse()) {
      const next = node.below.get(label) ?? { names: [], below: new Map() }
      node.below.set(label, next)
      node = next
    }
    node.names.push(name)
  }
  return (asked) => {
    const found = new Best()
    let nodes: readonly LabelNode[] = [root]
    for (const [i, label] of asked.split('.').reverse().entries()) {
      const exact = nodes.flatMap(({ below }) => below.get(label) ?? [])
      const any = label === '' ? [] : nodes.flatMap(({ below }) => below.get('') ?? [])
      nodes = [...exact, ...any]
      for (const node of nodes) found.add(i + 1, node.names)
      if (nodes.length === 0) break
    }
    return found.names
  }
}

/** The names of the highest rank so far. */
class Best {
  #rank = 0
  names: readonly string[] = []

  add(rank: number, names: readonly string[]): void {
    if (names.length === 0 || rank < this.#rank) return
    this.names = rank > this.#rank ? names : [...this.names, ...names]
    this.#rank = rank
  }
}
