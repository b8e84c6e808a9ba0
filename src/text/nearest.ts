// The word that a wrong one was probably meant to be.

/** How many edits away a key may be to be offered as what was meant. */
const MAX_DISTANCE = 2

/**
 * Finds the known key that a wrong one was probably meant to be: the same but for case, `-` and `_`,
 * or at most two edits away from it.
 */
export function nearestAmong(known: readonly string[]): (key: string) => string | undefined {
  // Most documents have no wrong key.
  let candidates: readonly { name: string; right: string }[] | undefined
  return (key) => {
    candidates ??= known.map((name) => ({ name, right: squeeze(name) }))
    const wrong = squeeze(key)
    let nearest: string | undefined
    let least = MAX_DISTANCE + 1
    for (const { name, right } of candidates) {
      if (leastEdits(wrong, right) >= least) continue
      // Short keys are within two edits of anything: at least half of a key must be right.
      const distance = editDistance(wrong, right)
      if (distance < least && distance * 2 <= right.length) {
        least = distance
        nearest = name
      }
    }
    return nearest
  }
}

/** A lower bound of the distance that costs little: most wrong keys are near no known one. */
function leastEdits(from: string, to: string): number {
  const longer = Math.abs(to.length - from.length)
  if (longer > MAX_DISTANCE) return longer
  let missing = 0
  for (const character of to) if (!from.includes(character)) missing++
  return Math.max(missing, longer)
}

/** A key without case, `-` and `_`. */
export function squeeze(key: string): string {
  return key.toLowerCase().replaceAll('-', '').replaceAll('_', '')
}

/** The Damerau-Levenshtein distance, for which two characters swapped are one edit. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + cost)
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      if (isSwapped) least = Math.min(least, at(beforeLast, j - 2) + 1)
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return at(last, to.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] as number
}
