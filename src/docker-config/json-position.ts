// Where the members of a JSON text stand: JSON.parse keeps no places.
import type { DocumentPlace } from '../findings.js'
import { locateOffsets } from '../text/index.js'

/** Deeper members need no place: `items`, a Secret, its `data`, a file; or `auths`, a server, a member. */
const MAX_DEPTH = 4

/** A member: where it stands, and its own members. A tree, since a path for each costs its length. */
interface Node {
  readonly offset: number
  /** Where its name ends. */
  readonly end: number
  /** None before its first member: most have none. */
  members: Map<string, Node> | undefined
  /** Made when it is first asked for, and then kept: each program asks for the same ones. */
  place: DocumentPlace | undefined
}

interface Level {
  readonly isObject: boolean
  /** What the members of this level belong to; undefined below those that get a place. */
  readonly node: Node | undefined
  /** The member that is being read. */
  member: Node | undefined
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'end'

/** The places of a JSON text's members, or of what keeps it from being JSON. */
export interface JsonPlaces {
  /** The first fault; undefined for JSON. */
  readonly fault: DocumentPlace | undefined
  /** The place of the last member with that path, or of the nearest one around it. */
  locate(path: readonly string[]): DocumentPlace
}

/**
 * Reads a JSON text (RFC 8259) for its places alone: JSON.parse keeps none, and where it fails, each
 * engine says something else, with a piece of the text.
 */
export function skimJson(text: string): JsonPlaces {
  const skimmer = new JsonSkimmer(text)
  const fault = skimmer.skim()
  const positionOf = locateOffsets(text)
  const placeOf = (start: number, end: number): DocumentPlace => {
    const { line: endLine, column: endColumn } = positionOf(end)
    return Object.freeze({ kind: 'document', ...positionOf(start), endLine, endColumn })
  }
  return {
    fault: fault === undefined ? undefined : placeOf(fault, fault),
    locate: (path) => {
      let node = skimmer.root
      for (const key of path) {
        const member = node.members?.get(key)
        if (member === undefined) break
        node = member
      }
      node.place ??= placeOf(node.offset, node.end)
      return node.place
    },
  }
}

class JsonSkimmer {
  readonly root = newNode(0, 0)
  readonly #text: string
  readonly #levels: Level[] = []
  #at = 0
  #expected: Expected = 'value'

  constructor(text: string) {
    this.#text = text
  }

  /** The offset of the first fault, or undefined. */
  skim(): number | undefined {
    for (;;) {
      this.#skipWhiteSpace()
      if (this.#at >= this.#text.length) return this.#expected === 'end' ? undefined : this.#at
      const start = this.#at
      if (!this.#readToken(this.#text.charAt(start))) return start
    }
  }

  #skipWhiteSpace(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++
  }

  #readToken(character: string): boolean {
    switch (this.#expected) {
      case 'end':
        return false
      case 'colon':
        return character === ':' && this.#advance('value')
      case 'comma-or-end':
        if (character !== ',') return this.#close(character)
        return this.#advance(this.#levels.at(-1)?.isObject ? 'key' : 'value')
      case 'key':
        return this.#readKey()
      case 'key-or-end':
        return character === '}' ? this.#close(character) : this.#readKey()
      case 'value-or-end':
        return character === ']' ? this.#close(character) : this.#readValue(character)
      case 'value':
        return this.#readValue(character)
    }
  }

  #advance(expected: Expected): true {
    this.#at++
    this.#expected = expected
    return true
  }

  #close(character: string): boolean {
    const level = this.#levels.pop()
    if (level === undefined || character !== (level.isObject ? '}' : ']')) return false
    return this.#advance(this.#levels.length === 0 ? 'end' : 'comma-or-end')
  }

  #readKey(): boolean {
    const start = this.#at
    if (!this.#skipString()) return false
    const level = this.#levels.at(-1) as Level
    if (level.node) {
      level.member = newNode(start, this.#at)
      level.node.members ??= new Map()
      level.node.members.set(JSON.parse(this.#text.slice(start, this.#at)), level.member)
    }
    this.#expected = 'colon'
    return true
  }

  #readValue(character: string): boolean {
    if (character === '{' || character === '[') {
      const isObject = character === '{'
      const around = this.#levels.at(-1)
      const isPlaced = this.#levels.length < MAX_DEPTH
      const node = isPlaced ? (around ? around.member : this.root) : undefined
      this.#levels.push({ isObject, node, member: undefined })
      return this.#advance(isObject ? 'key-or-end' : 'value-or-end')
    }
    const isRead = character === '"' ? this.#skipString() : this.#skipScalar()
    this.#expected = this.#levels.length === 0 ? 'end' : 'comma-or-end'
    return isRead
  }

  #skipString(): boolean {
    if (this.#text[this.#at] !== '"') return false
    for (let i = this.#at + 1; i < this.#text.length; i++) {
      const character = this.#text.charAt(i)
      if (character < ' ') return false
      if (character === '\\') {
        const escaped = this.#text.charAt(++i)
        if (escaped === 'u' && isHexadecimal(this.#text.slice(i + 1, i + 5))) i += 4
        else if (escaped === '' || !'"\\/bfnrt'.includes(escaped)) return false
      } else if (character === '"') {
        this.#at = i + 1
        return true
      }
    }
    return false
  }

  #skipScalar(): boolean {
    let end = this.#at
    while (end < this.#text.length && !' \t\n\r,:]}'.includes(this.#text.charAt(end))) end++
    const word = this.#text.slice(this.#at, end)
    this.#at = end
    return ['true', 'false', 'null'].includes(word) || isNumber(word)
  }
}

function newNode(offset: number, end: number): Node {
  return { offset, end, members: undefined, place: undefined }
}

function isHexadecimal(text: string): boolean {
  return text.length === 4 && [...text].every((character) => /[\da-fA-F]/.test(character))
}

/** Each part stands for itself, so the expression reads every character once. */
function isNumber(word: string): boolean {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)
}
