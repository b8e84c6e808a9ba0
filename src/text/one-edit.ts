// Labels that differ as by a slip of the fingers.

/**
 * Whether one insertion, deletion or substitution of a character, or a swap of two neighbours, makes
 * one text of the other. Linear in their lengths.
 */
export function isOneEdit(from: string, to: string): boolean {
  if (from.length > to.length) return isOneEdit(to, from)
  if (to.length - from.length > 1) return false
  let at = 0
  while (at < from.length && from[at] === to[at]) at++
  if (from.length < to.length) return from.slice(at) === to.slice(at + 1)
  if (at === from.length) return false
  const isSwap = from[at] === to[at + 1] && from[at + 1] === to[at]
  return (
    from.slice(at + 1) === to.slice(at + 1) || (isSwap && from.slice(at + 2) === to.slice(at + 2))
  )
}
