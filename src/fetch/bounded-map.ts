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
    if (this.#entries.size >= MAX_ENTRIES) this.#dropOldest()
    this.#entries.set(key, value)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  #dropOldest(): void {
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
