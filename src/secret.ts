// A value that only reveal() shows: every other way to print or copy it gives nothing away.

const HIDDEN = '[secret]'

/**
 * A value that only {@link Secret.reveal | reveal()} shows.
 *
 * Everything that turns an object into text or copies it (`String()`, template literals,
 * `JSON.stringify`, `console.log`, `util.inspect` with any option, `structuredClone`, spreading,
 * error messages) gives `[secret]` or an empty object, on Node, Bun, Deno and in browsers.
 *
 * @example
 *
 * ```ts
 * import { Secret } from 'imagepuller-auth'
 *
 * const password = new Secret('correct horse')
 * console.log(`${password}`) // [secret]
 * console.log(password.reveal() === 'correct horse') // true
 * console.log(password.equals(new Secret('correct horse'))) // true
 * ```
 */
export class Secret {
  // The value sits in a closure, not in the field: developer tools print private fields.
  readonly #reveal: () => string

  /**
   * @param value - The text to keep.
   * @throws `TypeError` if the value is not a string.
   */
  constructor(value: string) {
    if (typeof value !== 'string') throw new TypeError('Secret: expected a string')
    this.#reveal = () => value
    Object.freeze(this)
  }

  /** The value itself. Call it where the value is sent, and keep the result in no other object. */
  reveal(): string {
    return this.#reveal()
  }

  /**
   * Whether another secret keeps the same text. All characters are looked at, so the time it takes
   * tells the length at most, never how much of a guess is right.
   *
   * @param other - The other secret.
   * @throws `TypeError` if it is none.
   */
  equals(other: Secret): boolean {
    if (typeof other !== 'object' || other === null || !(#reveal in other)) {
      throw new TypeError('equals: expected a Secret')
    }
    const [mine, theirs] = [this.#reveal(), other.#reveal()]
    let difference = mine.length ^ theirs.length
    for (let i = 0; i < mine.length; i++) difference |= mine.charCodeAt(i) ^ theirs.charCodeAt(i)
    return difference === 0
  }

  /** Always `[secret]`. */
  toString(): string {
    return HIDDEN
  }

  /** Always `[secret]`. */
  toJSON(): string {
    return HIDDEN
  }
}

// Node and Bun ask the first symbol how to print an object, Deno the second.
for (const symbol of ['nodejs.util.inspect.custom', 'Deno.customInspect']) {
  Reflect.set(Secret.prototype, Symbol.for(symbol), () => HIDDEN)
}

Object.freeze(Secret.prototype)
