// Among which rules Contrast's puller picks. Where several are equal it takes the one that comes first
// in the order of a Go map, which is another one with each look.
import type { PullerRelease } from './version.js'

/**
 * The names among which the puller picks for a registry: none where no rule covers it, one where the
 * choice is certain, several where it is left to chance.
 *
 * @param names - The rules' names, as the document has them.
 * @param registry - The registry as go-containerregistry gives it, with its port and its case.
 */
export function pickedNames(
  names: readonly string[],
  registry: string,
  { matching }: PullerRelease,
): readonly string[] {
  const rankOf = matching === 'suffix' ? suffixRank : labelRank
  const asked = withoutTrailingDot(registry)
  let highest = -1
  let picked: string[] = []
  for (const name of names) {
    const rank = rankOf(withoutTrailingDot(name), asked, matching)
    if (rank === undefined || rank < highest) continue
    if (rank > highest) picked = []
    highest = rank
    picked.push(name)
  }
  return picked
}

function withoutTrailingDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}

/** To 1.20: the end of the text, without regard for labels; the most dots win. */
function suffixRank(name: string, asked: string): number | undefined {
  return asked.endsWith(name) ? name.split('.').length : undefined
}

/** Since 1.21: label by label from the right; the most labels win. */
function labelRank(
  name: string,
  asked: string,
  matching: PullerRelease['matching'],
): number | undefined {
  const labels = name.split('.').reverse()
  const present = asked.split('.').reverse()
  if (labels.length > present.length) return undefined
  const isCovered = labels.every((label, i) => {
    if (label === present[i]) return true
    return label === '' && (matching === 'any-empty-label' || i === labels.length - 1)
  })
  return isCovered ? labels.length : undefined
}
