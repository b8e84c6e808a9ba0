// Places in a TOML document: of a key, of its value, of a line of its value's text.
import type { DocumentPlace } from '../findings.js'
import { lineStarts, locateOffsets, type Position } from '../text/index.js'
import { type KeyNode, textOf } from './skimmer.js'

/** What of a key a finding is about. Each begins at the key, save for a line and for a range. */
export type Spot =
  | { readonly kind: 'key' }
  /** Up to the end of its value. */
  | { readonly kind: 'value' }
  /** A line of its value's text, from 1, where the text stands in the document as it is. */
  | { readonly kind: 'line'; readonly line: number }
  /** Offsets in the document. */
  | { readonly kind: 'range'; readonly start: number; readonly end: number }

export interface Places {
  placeOf(path: readonly string[], spot: Spot): DocumentPlace
  exactPlaceOf(path: readonly string[]): DocumentPlace | undefined
}

export function placesIn(toml: string, root: KeyNode): Places {
  const positionOf = locateOffsets(toml)
  let starts: readonly number[] | undefined
  const startOfLine = (line: number) => {
    starts ??= lineStarts(toml)
    return starts[line - 1] ?? toml.length
  }
  const range = (start: number, end: number) => placeBetween(positionOf(start), positionOf(end))
  const placeOfKey = (node: KeyNode) => {
    node.place ??= range(node.start, node.end)
    return node.place
  }
  const nodeOf = nodesBelow(root)
  return {
    placeOf(path, spot) {
      if (spot.kind === 'range') return range(spot.start, spot.end)
      const node = nodeOf(path)
      if (spot.kind === 'key') return placeOfKey(node)
      const text = spot.kind === 'line' ? node.value && textOf(toml, node.value) : undefined
      if (spot.kind !== 'line' || text === undefined) {
        return range(node.start, node.value?.end ?? node.end)
      }
      const first = positionOf(text.start).line
      const found = startOfLine(first + spot.line - 1)
      const start = Math.min(Math.max(text.start, found), text.end)
      return range(start, lineEnd(toml, start, text.end))
    },
    exactPlaceOf(path) {
      const node = nodeOf(path)
      return node.depth === path.length ? placeOfKey(node) : undefined
    },
  }
}

/** A place between two positions. */
export function placeBetween(from: Position, to: Position): DocumentPlace {
  return Object.freeze({
    kind: 'document',
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  })
}

/** Where the line ends, without its line end, and at the string's end at the latest. */
function lineEnd(toml: string, start: number, most: number): number {
  const newline = toml.indexOf('\n', start)
  const end = newline < 0 ? most : Math.min(newline, most)
  return end > start && toml[end - 1] === '\r' ? end - 1 : end
}

/**
 * Finds the node of a path, or of as much of it as the document has. The way to the one before is kept:
 * many are asked for below one long name, which is then compared with the document's own only once.
 */
function nodesBelow(root: KeyNode): (path: readonly string[]) => KeyNode {
  const keys: string[] = []
  const nodes: KeyNode[] = [root]
  return (path) => {
    let depth = 0
    while (depth < path.length && depth < keys.length && path[depth] === keys[depth]) depth++
    keys.length = depth
    nodes.length = depth + 1
    for (; depth < path.length; depth++) {
      const key = path[depth] as string
      const child = nodes[depth]?.children?.get(key)
      if (child === undefined) break
      keys.push(key)
      nodes.push(child)
    }
    return nodes[depth] as KeyNode
  }
}
