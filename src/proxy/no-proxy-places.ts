// Places in the list of NO_PROXY, by what the entries cover and by their ports.

/** The place of the first entry for each key, which is a name or a network, with a port or without. */
export type Places = Map<string, number>

/** No place: behind all of them. */
export const NONE: number = Number.POSITIVE_INFINITY

export function setPlace(places: Places, covered: string, port: string, index: number): void {
  const key = keyOf(covered, port)
  if (!places.has(key)) places.set(key, index)
}

/** The place of the first entry that is for this port or for any. */
export function placeOf(places: Places, covered: string, port: string): number {
  if (places.size === 0) return NONE
  return Math.min(places.get(covered) ?? NONE, places.get(keyOf(covered, port)) ?? NONE)
}

/** Neither names nor networks have a colon. */
function keyOf(covered: string, port: string): string {
  return port === '' ? covered : `${covered}:${port}`
}
