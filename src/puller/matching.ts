// Among which rules Contrast's puller picks. Where several are equal it takes the one that comes first
// in the order of a Go map, which is another one with each look.
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
  const index = matching === 'suffix' ? indexSuffixes(names) : indexLabels(names, matching)
  const order = new Map(names.map((name, i) => [name, i]))
  const orderOf = (name: string): number => order.get(name) as number
  return (registry) => {
    return [...index(withoutTrailingDot(registry))].sort((a, b) => orderOf(a) - orderOf(b))
  }
}

function withoutTrailingDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** To 1.20: the end of the text, without regard for labels; the most dots win. */
function indexSuffixes(names: readonly string[]): PickNames {
  const byText = new Map<string, string[]>()
  let longest = 0
  for (const name of names) {
    const text = withoutTrailingDot(name)
    longest = Math.max(longest, text.length)
    addTo(byText, text, name)
  }
  return (asked) => {
    const found = new Best()
    for (let i = Math.max(0, asked.length - longest); i <= asked.length; i++) {
      const text = asked.slice(i)
      found.add(text.split('.').length, byText.get(text))
    }
    return found.names
  }
}

/** A label of rules' names, from the right: the names that end (on the left) with it, and what follows. */
interface LabelNode {
  readonly names: string[]
  readonly below: Map<string, LabelNode>
}

/** Since 1.21: label by label from the right; the most labels win. An empty one stands for any label. */
function indexLabels(names: readonly string[], matching: PullerRelease['matching']): PickNames {
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
    const labels = asked.split('.').reverse()
    const found = new Best()
    let nodes: readonly LabelNode[] = [root]
    for (const [i, label] of labels.entries()) {
      const exact = nodes.flatMap(({ below }) => below.get(label) ?? [])
      const any = label === '' ? [] : nodes.flatMap(({ below }) => below.get('') ?? [])
      for (const node of [...exact, ...any]) found.add(i + 1, node.names)
      nodes = matching === 'any-empty-label' ? [...exact, ...any] : exact
      if (nodes.length === 0) break
    }
    return found.names
  }
}

/** The names of the highest rank so far. */
class Best {
  #rank = 0
  names: readonly string[] = []

  add(rank: number, names: readonly string[] | undefined): void {
    if (names === undefined || names.length === 0 || rank < this.#rank) return
    this.names = rank > this.#rank ? names : [...this.names, ...names]
    this.#rank = rank
  }
}

function addTo(index: Map<string, string[]>, key: string, name: string): void {
  const names = index.get(key)
  if (names) names.push(name)
  else index.set(key, [name])
}
