// A map with room for so many: servers decide how many origins, realms and scopes there are.

/** How many entries there are at most; the oldest give way. */
const MAX_ENTRIES = 256

/** Values by key. Whatever is forgotten costs a request more, and nothing else. */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>()

  get(key: string): Value | undefined {
    return this.#entries.get(key)
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key)
    this.#entries.set(key, value)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES) break
      this.#entries.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
