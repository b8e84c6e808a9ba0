// Comments that speak to this library, and what of the document each of them is about: the key, or the
// header of a table with all that follows it, below which line the comment stands.
import type { Stretch } from './stretch.js'

/** What such a comment begins with, behind its `#` and blanks. */
const MARK = 'imagepuller-auth:'

/** A comment that begins with `imagepuller-auth:`. */
export interface Remark {
  /** The comment, from its `#` to the end of its line. */
  readonly comment: Stretch
  /** What follows the mark. */
  readonly text: string
  /** Undefined for a comment behind something on its line, within a value or at the document's end. */
  readonly target: RemarkTarget | undefined
  /** Whether it stands on a line of its own above all keys and headers. */
  readonly isAtTop: boolean
}

/** A key with its value, or a table's header up to the next one. */
export interface RemarkTarget extends Stretch {
  readonly kind: 'key' | 'table'
}

interface OpenRemark extends Remark {
  target: RemarkTarget | undefined
}

/** Collects remarks while a document is skimmed from its beginning to its end. */
export class RemarkCollector {
  readonly #toml: string
  readonly #all: OpenRemark[] = []
  /** Those whose key or header hasn't come yet. */
  #waiting: OpenRemark[] = []
  /** Those of the table that is being skimmed, and where its header begins. */
  #open: OpenRemark[] = []
  #header = 0
  /** Whether no key and no header has come yet. */
  #isAtTop = true

  constructor(toml: string) {
    this.#toml = toml
  }

  /** A comment, from its `#` to the end of its line. */
  addComment(start: number, end: number): void {
    const at = startOfMark(this.#toml, start + 1)
    if (!this.#toml.startsWith(MARK, at)) return
    const text = this.#toml.slice(at + MARK.length, end).trim()
    const isAlone = isFirstOfLine(this.#toml, start)
    const isAtTop = isAlone && this.#isAtTop
    const remark: OpenRemark = { comment: { start, end }, text, target: undefined, isAtTop }
    this.#all.push(remark)
    if (isAlone) this.#waiting.push(remark)
  }

  /** A header begins, which ends the table before it. */
  beginTable(start: number): void {
    this.#closeTable(start)
    this.#isAtTop = false
    this.#header = start
    this.#open = this.#waiting
    this.#waiting = []
  }

  /** A key and its value begin: what waits is about them. */
  beginPair(): (start: number, end: number) => void {
    const above = this.#waiting
    this.#waiting = []
    this.#isAtTop = false
    return (start, end) => {
      for (const remark of above) remark.target = { kind: 'key', start, end }
      // Comments within the value are above nothing.
      this.#waiting = []
    }
  }

  /** All remarks, in the order of the document. */
  finish(): readonly Remark[] {
    this.#closeTable(this.#toml.length)
    return this.#all
  }

  #closeTable(end: number): void {
    for (const remark of this.#open) remark.target = { kind: 'table', start: this.#header, end }
    this.#open = []
  }
}

function startOfMark(toml: string, from: number): number {
  let at = from
  while (toml[at] === ' ' || toml[at] === '\t') at++
  return at
}

function isFirstOfLine(toml: string, start: number): boolean {
  let at = start
  while (at > 0 && (toml[at - 1] === ' ' || toml[at - 1] === '\t')) at--
  return at === 0 || toml[at - 1] === '\n'
}
