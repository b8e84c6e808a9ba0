// Where the keys of a TOML document stand, since smol-toml keeps no positions, and what of it only
// TOML 1.1 has, which smol-toml takes and Contrast's parser, go-toml, doesn't.
//
// This is no parser: it only knows how far strings, comments, brackets and keys reach, and it relies on
// smol-toml having found the document valid; of any other text it would give some places, and end. It
// reads the document once, however many keys are asked for.
import type { DocumentPlace } from '../findings.js'
import { type DateFault, dateFault, LONGEST_DATE } from './date.js'
import { type Remark, RemarkCollector } from './remarks.js'
import type { Stretch } from './stretch.js'

/** The deepest key that gets a position: `registries."NAME".key`. */
const MAX_DEPTH = 3

/** A key, where it is first mentioned, and the keys below it. */
export interface KeyNode extends Stretch {
  readonly depth: number
  /** Undefined where there are none, as below most keys. */
  children: Map<string, KeyNode> | undefined
  value: Stretch | undefined
  /** Made when it is first asked for, and then kept: a key may have several findings. */
  place: DocumentPlace | undefined
}

/** What go-toml refuses, though smol-toml takes it. */
export type NoveltyKind = 'line-end-in-inline-table' | 'last-comma' | 'escape' | DateFault

/** The first of its kind in the document. */
export interface Novelty extends Stretch {
  readonly kind: NoveltyKind
}

export interface Skimmed {
  readonly root: KeyNode
  readonly novelties: readonly Novelty[]
  readonly remarks: readonly Remark[]
}

/**
 * @param toml - A valid TOML document.
 * @param unquote - Reads a basic string with escapes, quotes included, as a key.
 */
export function skim(toml: string, unquote: (quoted: string) => string): Skimmed {
  return new Skimmer(toml, unquote).skimDocument()
}

function newNode(start: number, end: number, depth: number): KeyNode {
  return { start, end, depth, children: undefined, value: undefined, place: undefined }
}

class Skimmer {
  #at = 0
  readonly #toml: string
  readonly #unquote: (quoted: string) => string
  readonly #root = newNode(0, 0, 0)
  readonly #novelties = new Map<NoveltyKind, Novelty>()
  readonly #remarks: RemarkCollector

  constructor(toml: string, unquote: (quoted: string) => string) {
    this.#toml = toml
    this.#unquote = unquote
    this.#remarks = new RemarkCollector(toml)
  }

  skimDocument(): Skimmed {
    let table = this.#root
    for (this.#skipVoid(); this.#at < this.#toml.length; this.#skipVoid()) {
      const start = this.#at
      if (this.#toml[start] === '[') {
        this.#remarks.beginTable(start)
        table = this.#skimHeader()
        continue
      }
      const endPair = this.#remarks.beginPair()
      this.#skimPair(table)
      endPair(start, this.#at)
    }
    const remarks = this.#remarks.finish()
    return { root: this.#root, novelties: [...this.#novelties.values()], remarks }
  }

  /** `[a.b]` or `[[a.b]]` */
  #skimHeader(): KeyNode {
    while (this.#toml[this.#at] === '[') this.#at++
    const table = this.#skimKey(this.#root)
    while (this.#toml[this.#at] === ']') this.#at++
    return table
  }

  /** `a.b = value` */
  #skimPair(table: KeyNode): void {
    const node = this.#skimKey(table)
    this.#at++
    this.#skipBlanks()
    const start = this.#at
    this.#skimValue(node)
    node.value = { start, end: endOfValue(this.#toml, start, this.#at) }
  }

  #skimValue(node: KeyNode): void {
    const character = this.#toml[this.#at]
    if (character === '{') this.#skimInlineTable(node)
    else if (character === '[') this.#skimArray()
    else if (character === '"' || character === "'") this.#skipString()
    else this.#skipLiteral()
  }

  /** `{ a = 1, b.c = 2 }`; line ends, comments and a last comma are TOML 1.1. */
  #skimInlineTable(table: KeyNode): void {
    let comma = -1
    this.#at++
    for (this.#skipTableVoid(); this.#at < this.#toml.length; this.#skipTableVoid()) {
      const character = this.#toml.charAt(this.#at)
      if (character === '}') {
        if (comma >= 0) this.#note('last-comma', comma, comma + 1)
        this.#at++
        return
      }
      if (character === ',') comma = this.#at++
      else {
        comma = -1
        this.#skimPair(table)
      }
    }
  }

  /** Nothing in an array is a known key, so what it holds has no places of its own. */
  #skimArray(): void {
    this.#at++
    for (this.#skipVoid(); this.#at < this.#toml.length; this.#skipVoid()) {
      const character = this.#toml.charAt(this.#at)
      if (character === ',' || character === ']') this.#at++
      if (character === ']') return
      if (character !== ',') this.#skimValue(newNode(0, 0, MAX_DEPTH))
    }
  }

  /** A key of one or more parts; stops at what follows it, `=` or `]`. */
  #skimKey(table: KeyNode): KeyNode {
    let node = table
    for (;;) {
      this.#skipBlanks()
      const start = this.#at
      const key = this.#skimKeyPart()
      node = this.#enter(node, key, start)
      this.#skipBlanks()
      if (this.#toml[this.#at] !== '.') return node
      this.#at++
    }
  }

  #skimKeyPart(): string {
    const start = this.#at
    const quote = this.#toml[start]
    if (quote === '"' || quote === "'") {
      this.#skipString()
      const raw = this.#toml.slice(start + 1, this.#at - 1)
      const isPlain = quote === "'" || !raw.includes('\\')
      return isPlain ? raw : this.#unquote(this.#toml.slice(start, this.#at))
    }
    while (this.#at < this.#toml.length && !' \t.=]'.includes(this.#toml.charAt(this.#at)))
      this.#at++
    return this.#toml.slice(start, this.#at)
  }

  /** The child of that name; made at its first mention, so that it keeps that mention's place. */
  #enter(node: KeyNode, key: string, start: number): KeyNode {
    if (node.depth === MAX_DEPTH) return newNode(0, 0, MAX_DEPTH)
    node.children ??= new Map()
    const known = node.children.get(key)
    if (known) return known
    const child = newNode(start, this.#at, node.depth + 1)
    node.children.set(key, child)
    return child
  }

  /** A number, a boolean or a date. */
  #skipLiteral(): void {
    const start = this.#at
    while (this.#at < this.#toml.length && !',]}#\n'.includes(this.#toml.charAt(this.#at))) {
      this.#at++
    }
    const kind = dateFault(this.#toml.slice(start, Math.min(this.#at, start + LONGEST_DATE)))
    if (kind) this.#note(kind, start, endOfValue(this.#toml, start, this.#at))
    // Of a text that isn't valid: so that the skimmer ends.
    if (this.#at === start) this.#at++
  }

  #skipString(): void {
    const quote = this.#toml.charAt(this.#at)
    const delimiter = this.#toml.startsWith(quote.repeat(3), this.#at) ? quote.repeat(3) : quote
    this.#at += delimiter.length
    while (this.#at < this.#toml.length && !this.#toml.startsWith(delimiter, this.#at)) {
      if (quote === '"' && this.#toml[this.#at] === '\\') this.#skipEscape()
      else this.#at++
    }
    this.#at += delimiter.length
    // One or two quotes may stand before the delimiter of a multi-line string.
    while (delimiter.length === 3 && this.#toml[this.#at] === quote) this.#at++
  }

  #skipEscape(): void {
    // go-toml knows the other escape of TOML 1.1, \e.
    if (this.#toml[this.#at + 1] === 'x') this.#note('escape', this.#at, this.#at + 2)
    this.#at += 2
  }

  #skipBlanks(): void {
    while (this.#toml[this.#at] === ' ' || this.#toml[this.#at] === '\t') this.#at++
  }

  /** White space, line ends and comments. */
  #skipVoid(): void {
    for (;;) {
      const character = this.#toml.charAt(this.#at)
      if (character === '#') {
        const start = this.#at
        const newline = this.#toml.indexOf('\n', start)
        this.#at = newline < 0 ? this.#toml.length : newline
        this.#remarks.addComment(start, this.#at)
      } else if (character !== '' && ' \t\r\n'.includes(character)) this.#at++
      else return
    }
  }

  #skipTableVoid(): void {
    this.#skipBlanks()
    const start = this.#at
    this.#skipVoid()
    if (this.#at > start) this.#note('line-end-in-inline-table', start, start)
  }

  #note(kind: NoveltyKind, start: number, end: number): void {
    if (!this.#novelties.has(kind)) this.#novelties.set(kind, { kind, start, end })
  }
}

/** The value's end without the blanks that follow a number, a boolean or a date. */
function endOfValue(toml: string, start: number, at: number): number {
  let end = Math.min(at, toml.length)
  while (end > start && ' \t\r'.includes(toml.charAt(end - 1))) end--
  return end
}

/** The text of a string that is written without escapes, and so stands there as it is; undefined for other values. */
export function textOf(toml: string, { start, end }: Stretch): Stretch | undefined {
  const quote = toml.charAt(start)
  if (quote !== '"' && quote !== "'") return undefined
  if (quote === '"' && toml.slice(start, end).includes('\\')) return undefined
  if (!toml.startsWith(quote.repeat(3), start)) return { start: start + 1, end: end - 1 }
  // A line end right behind the delimiter is no part of the text.
  const open = start + 3
  const first = toml.startsWith('\r\n', open) ? open + 2 : toml[open] === '\n' ? open + 1 : open
  return { start: first, end: end - 3 }
}
