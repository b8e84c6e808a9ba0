// What is wrong, in codes and in words, and where in a text it stands.
import { decodeUtf8 } from './encoding.js'

/** The codes of what makes a configuration invalid. */
export type ConfigErrorCode =
  | 'too-large'
  | 'invalid-utf8'
  | 'invalid-toml'
  | 'unknown-key'
  | 'wrong-type'
  | 'duplicate-name'
  | 'control-character'
  | 'incomplete-credentials'
  | 'broken-certificate'
  | 'invalid-proxy-url'
  | 'invalid-mirror-url'

/** The codes of what is legal in a configuration but probably a mistake. */
export type ConfigWarningCode =
  | 'unmatchable-name'
  | 'several-credentials'
  | 'ca-certs-ignored'
  | 'credentials-without-tls'
  | 'no-certificates'
  | 'certificate-skipped'
  | 'auth-not-basic'
  | 'no-proxy-trailing-dot'
  | 'credentials-on-catch-all'
  | 'mirror-without-credentials'

/**
 * One finding about a configuration. Its message names the place and what was expected there,
 * never a value.
 */
export interface ConfigIssue {
  /** What is wrong. `strict` reports warnings as issues, with the code that they have as warnings. */
  readonly code: ConfigErrorCode | ConfigWarningCode
  /** The keys that lead to the place, from the document's root; empty for the document as a whole. */
  readonly path: readonly string[]
  /** What was expected, in one sentence. */
  readonly message: string
  /** The line, from 1, in the text that was parsed. */
  readonly line: number
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number
}

/** A finding that doesn't keep the configuration from being used. */
export interface ConfigWarning extends ConfigIssue {
  /** What is probably wrong. */
  readonly code: ConfigWarningCode
}

/** How many issues an error's message spells out; `issues` always has all of them. */
const SPELLED_OUT = 10

/**
 * A configuration, or a CA bundle, that can't be used. It has no `cause`: the errors of the parsers
 * below quote their input.
 */
export class ConfigError extends Error {
  /** Always `ConfigError`. */
  override readonly name = 'ConfigError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_CONFIG_INVALID'
  /** Every issue of the document, in the order of their places. */
  readonly issues: readonly [ConfigIssue, ...ConfigIssue[]]

  /** @param issues - What was found. */
  constructor(issues: readonly [ConfigIssue, ...ConfigIssue[]]) {
    super(describe(issues))
    this.issues = Object.freeze(issues)
  }
}

function describe(issues: readonly ConfigIssue[]): string {
  const lines = issues.slice(0, SPELLED_OUT).map((issue) => {
    return `${issue.line}:${issue.column}: ${issue.message} (${issue.code})`
  })
  if (issues.length > SPELLED_OUT) lines.push(`and ${issues.length - SPELLED_OUT} more`)
  return lines.join('\n')
}

/** The part of an image reference that is wrong; `reference` is the text as a whole. */
export type ImageReferencePart = 'reference' | 'registry' | 'repository' | 'tag' | 'digest'

/** The codes of what is wrong with a part of an image reference. */
export type ImageReferenceReason =
  | 'empty'
  | 'scheme'
  | 'user-info'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-character'
  | 'invalid-grammar'
  | 'too-long'

/** A text that is no image reference. The message never repeats the text. */
export class ImageReferenceError extends Error {
  /** Always `ImageReferenceError`. */
  override readonly name = 'ImageReferenceError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_IMAGE_REFERENCE_INVALID'
  /** The part that is wrong. */
  readonly part: ImageReferencePart
  /** Why it is wrong. */
  readonly reason: ImageReferenceReason

  /**
   * @param part - The part that is wrong.
   * @param reason - Why it is wrong.
   * @param expectation - What was expected, in words.
   */
  constructor(part: ImageReferencePart, reason: ImageReferenceReason, expectation: string) {
    super(part === 'reference' ? expectation : `${part}: ${expectation}`)
    this.part = part
    this.reason = reason
  }
}

/** Nobody is trusted, so nothing is dialled. */
export class TrustDeniedError extends Error {
  /** Always `TrustDeniedError`. */
  override readonly name = 'TrustDeniedError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_TRUST_DENIED'

  /** It takes nothing: there is nothing to tell apart. */
  constructor() {
    super('nobody is trusted in TLS: the rule has "ca-certs", and no certificate in it')
  }
}

/** The part of a decision that a client can't be made to follow. */
export type UnsupportedPart = 'runtime' | 'trust' | 'proxy'

/** A decision that a client or a runtime can't be made to follow. */
export class UnsupportedDecisionError extends Error {
  /** Always `UnsupportedDecisionError`. */
  override readonly name = 'UnsupportedDecisionError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_DECISION_UNSUPPORTED'
  /** The part that the client doesn't follow; `runtime` where it follows nothing. */
  readonly part: UnsupportedPart

  /**
   * @param part - The part that the client doesn't follow.
   * @param reason - Why, in words.
   */
  constructor(part: UnsupportedPart, reason: string) {
    super(reason)
    this.part = part
  }
}

/** A name is no place for credentials, but who puts them there shouldn't find them in a log. */
export function withoutUserInfo(name: string): string {
  const at = name.lastIndexOf('@')
  return at < 0 ? name : `…${name.slice(at)}`
}

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
  let missing = 0
  for (const character of to) if (!from.includes(character)) missing++
  return Math.max(missing, Math.abs(to.length - from.length))
}

function squeeze(key: string): string {
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

const BYTE_ORDER_MARK = '\ufeff'
// With the flag "u" a pair of surrogates is one character, which isn't in the range.
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * Text that UTF-8 can hold, without a byte order mark, or the place where the input is something
 * else. Nothing is ever replaced.
 */
export function readUnicode(input: string | Uint8Array): string | Position {
  const marked = typeof input === 'string' ? input : (decodeUtf8(input) ?? firstInvalid(input))
  if (typeof marked !== 'string') return marked
  const text = withoutMark(marked)
  const surrogate = text.search(LONE_SURROGATE)
  return surrogate >= 0 ? locateOffsets(text)(surrogate) : text
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Whether the text takes more than that many bytes in UTF-8. */
export function isLargerThan(text: string, bytes: number): boolean {
  // A UTF-16 code unit takes one to three bytes.
  if (text.length > bytes) return true
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes
}

function firstInvalid(bytes: Uint8Array): Position {
  const lenient = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
  // What was replaced differs from the input when it is encoded again, first where it was invalid,
  // or within a sequence that begins like the replacement character's.
  const replaced = new TextEncoder().encode(lenient.decode(bytes))
  let offset = replaced.findIndex((byte, i) => byte !== bytes[i])
  while (offset > 0 && isContinuation(replaced[offset])) offset--
  const before = withoutMark(lenient.decode(bytes.subarray(0, offset)))
  return locateOffsets(before)(before.length)
}

/** Whether the byte goes on with a character of several bytes. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

/** A place in a text: both numbers count from 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

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

/** Turns offsets into positions; each costs the logarithm of the number of lines. */
export function locateOffsets(text: string): (offset: number) => Position {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return (offset) => {
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 }
  }
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
