import { locateOffsets, type Position } from '../text/index.js'

/** The deepest key that gets a position: `registries."NAME".key`. */
const MAX_DEPTH = 3

interface Node {
  readonly offset: number
  readonly depth: number
  readonly children: Map<string, Node>
  /** Children by the strings that they were asked for with: comparing these again costs nothing. */
  readonly asked: Map<string, Node>
  /** Where the value's text begins, if it is a string without escapes, which stands there as it is. */
  text: number | undefined
}

function newNode(offset: number, depth: number): Node {
  return { offset, depth, children: new Map(), asked: new Map(), text: undefined }
}

/**
 * Tells where the keys of a TOML document stand, since smol-toml keeps no positions.
 *
 * This is no parser: it only knows how far strings, comments, brackets and keys reach, and it relies
 * on smol-toml having found the document valid; of any other text it would give some places, and end.
 * It reads the document once, however many keys are asked for.
 *
 * @param toml - A valid TOML document.
 * @param unquote - Reads a basic string with escapes, quotes included, as a key.
 * @returns A function from a path to the place where its last key is first written; the beginning of
 *   the document for the empty path. With a line of the value's text, counted from 1, it gives the
 *   place of that line, if the text stands in the document as it is.
 */
export function locateKeys(
  toml: string,
  unquote: (quoted: string) => string,
): (path: readonly string[], line?: number) => Position {
  const root = newNode(0, 0)
  new Skimmer(toml, unquote, root).skimDocument()
  const positionOf = locateOffsets(toml)
  return (path, line) => {
    let node = root
    for (const key of path) node = childOf(node, key) ?? node
    if (line === undefined || node.text === undefined) return positionOf(node.offset)
    const first = positionOf(node.text)
    return line === 1 ? first : { line: first.line + line - 1, column: 1 }
  }
}

/** Many are asked for below one long name, which is compared with the document's own only once. */
function childOf(node: Node, key: string): Node | undefined {
  const known = node.asked.get(key)
  if (known) return known
  const child = node.children.get(key)
  if (child) node.asked.set(key, child)
  return child
}

class Skimmer {
  #at = 0
  readonly #toml: string
  readonly #unquote: (quoted: string) => string
  readonly #root: Node

  constructor(toml: string, unquote: (quoted: string) => string, root: Node) {
    this.#toml = toml
    this.#unquote = unquote
    this.#root = root
  }

  skimDocument(): void {
    let table = this.#root
    for (this.#skipVoid(); this.#at < this.#toml.length; this.#skipVoid()) {
      if (this.#toml[this.#at] === '[') table = this.#skimHeader()
      else this.#skimPair(table)
    }
  }

  /** `[a.b]` or `[[a.b]]` */
  #skimHeader(): Node {
    while (this.#toml[this.#at] === '[') this.#at++
    const table = this.#skimKey(this.#root)
    while (this.#toml[this.#at] === ']') this.#at++
    return table
  }

  /** `a.b = value` */
  #skimPair(table: Node): void {
    const node = this.#skimKey(table)
    this.#at++
    this.#skipBlanks()
    const start = this.#at
    if (this.#toml[start] === '{') this.#skimInlineTable(node)
    else this.#skipValue()
    node.text = textStart(this.#toml, start, this.#at)
  }

  /** `{ a = 1, b.c = 2 }`; line ends, comments and a last comma are TOML 1.1. */
  #skimInlineTable(table: Node): void {
    this.#at++
    for (this.#skipVoid(); this.#at < this.#toml.length; this.#skipVoid()) {
      const character = this.#toml.charAt(this.#at)
      if (character === ',' || character === '}') this.#at++
      if (character === '}') return
      if (character !== ',') this.#skimPair(table)
    }
  }

  /** A key of one or more parts; stops at what follows it, `=` or `]`. */
  #skimKey(table: Node): Node {
    let node = table
    for (;;) {
      this.#skipBlanks()
      const offset = this.#at
      node = this.#enter(node, this.#skimKeyPart(), offset)
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

  /** The child of that name; made at its first mention, so that it keeps that mention's offset. */
  #enter(node: Node, key: string, offset: number): Node {
    if (node.depth === MAX_DEPTH) return node
    const known = node.children.get(key)
    if (known) return known
    const child = newNode(offset, node.depth + 1)
    node.children.set(key, child)
    return child
  }

  #skipValue(): void {
    let depth = 0
    do {
      const character = this.#toml.charAt(this.#at)
      if (character === '"' || character === "'") this.#skipString()
      else {
        if (character === '[' || character === '{') depth++
        else if (character === ']' || character === '}') depth--
        this.#at++
        if (depth === 0 && !']}'.includes(character)) this.#skipLiteral()
      }
      if (depth > 0) this.#skipVoid()
    } while (depth > 0 && this.#at < this.#toml.length)
  }

  /** The rest of a number, a boolean or a date. */
  #skipLiteral(): void {
    while (this.#at < this.#toml.length && !',]}#\n'.includes(this.#toml.charAt(this.#at))) {
      this.#at++
    }
  }

  #skipString(): void {
    const quote = this.#toml.charAt(this.#at)
    const delimiter = this.#toml.startsWith(quote.repeat(3), this.#at) ? quote.repeat(3) : quote
    this.#at += delimiter.length
    while (this.#at < this.#toml.length && !this.#toml.startsWith(delimiter, this.#at)) {
      this.#at += quote === '"' && this.#toml[this.#at] === '\\' ? 2 : 1
    }
    this.#at += delimiter.length
    // One or two quotes may stand before the delimiter of a multi-line string.
    while (delimiter.length === 3 && this.#toml[this.#at] === quote) this.#at++
  }

  #skipBlanks(): void {
    while (this.#toml[this.#at] === ' ' || this.#toml[this.#at] === '\t') this.#at++
  }

  /** White space, line ends and comments. */
  #skipVoid(): void {
    for (;;) {
      const character = this.#toml.charAt(this.#at)
      if (character === '#') {
        const end = this.#toml.indexOf('\n', this.#at)
        this.#at = end < 0 ? this.#toml.length : end
      } else if (character !== '' && ' \t\r\n'.includes(character)) this.#at++
      else return
    }
  }
}

/** Where the text of a string begins that is written without escapes; undefined for other values. */
function textStart(toml: string, start: number, end: number): number | undefined {
  const quote = toml.charAt(start)
  if (quote !== '"' && quote !== "'") return undefined
  if (quote === '"' && toml.slice(start, end).includes('\\')) return undefined
  if (!toml.startsWith(quote.repeat(3), start)) return start + 1
  // A line end right behind the delimiter is no part of the text.
  const open = start + 3
  if (toml.startsWith('\r\n', open)) return open + 2
  return toml.startsWith('\n', open) ? open + 1 : open
}
