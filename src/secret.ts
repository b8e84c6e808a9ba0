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
