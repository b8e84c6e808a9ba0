// Places in a TOML document: of a key, of its value, of a line of its value's text.
import type { DocumentPlace } from '../findings.js'
import { lineStarts, locateOffsets, type Position } from '../text/index.js'
import type { KeyNode } from './skimmer.js'

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
  return {
    placeOf(path, spot) {
      if (spot.kind === 'range') return range(spot.start, spot.end)
      let node = root
      for (let i = 0; i < path.length; i++) node = childOf(node, path, i) ?? node
      if (spot.kind === 'line') {
        const { text } = node.value ?? {}
        if (text) {
          const first = positionOf(text.start).line
          const found = startOfLine(first + spot.line - 1)
          const start = Math.min(Math.max(text.start, found), text.end)
          return range(start, lineEnd(toml, start, text.end))
        }
      }
      return range(node.start, spot.kind === 'key' ? node.end : (node.value?.end ?? node.end))
    },
    exactPlaceOf(path) {
      let node: KeyNode | undefined = root
      for (let i = 0; i < path.length; i++) node = node && childOf(node, path, i)
      return node && range(node.start, node.end)
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

function childOf(node: KeyNode, path: readonly string[], index: number): KeyNode | undefined {
  const key = path[index] as string
  if (index === path.length - 1) return node.children?.get(key)
  // Many are asked for below one long name, which is compared with the document's own only once.
  const known = node.asked?.get(key)
  if (known) return known
  const child = node.children?.get(key)
  if (child) {
    node.asked ??= new Map()
    node.asked.set(key, child)
  }
  return child
}
