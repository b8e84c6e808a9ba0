// What only this library makes (configurations, resolutions) is known by a private field, not by its
// shape: a copy, or an object that merely looks alike, has lost what was checked. The field holds
// what is not for the public, such as a rule's name with its user info.

/** The members of one kind, and what is kept of each. */
export interface Membership<Member extends object, Kept> {
  /** Marks an object as one of them, before it is frozen. */
  add<Made extends Member>(made: Made, kept: Kept): Made
  /** Whether a value was marked. */
  has(value: unknown): value is Member
  /** What was kept of a value; undefined for one that was not marked. */
  keptOf(value: unknown): Kept | undefined
}

class Returned {
  constructor(made: object) {
    // biome-ignore lint/correctness/noConstructorReturn: a subclass's private field goes to this object.
    return made
  }
}

/** A kind of its own: what another one marked is no member. A look costs nanoseconds. */
export function createMembership<Member extends object, Kept>(): Membership<Member, Kept> {
  class Mark extends Returned {
    readonly #kept: Kept
    constructor(made: object, kept: Kept) {
      super(made)
      this.#kept = kept
    }
    static has(value: unknown): value is Member {
      return typeof value === 'object' && value !== null && #kept in value
    }
    static keptOf(value: unknown): Kept | undefined {
      return typeof value === 'object' && value !== null && #kept in value ? value.#kept : undefined
    }
  }
  return Object.freeze({
    add: <Made extends Member>(made: Made, kept: Kept): Made => {
      new Mark(made, kept)
      return made
    },
    has: Mark.has,
    keptOf: Mark.keptOf,
  })
}

/**
 * What is a resolution. Its place is here and not beside the type, which is `Resolution` of the room
 * `resolve`: the handshake asks for it, and would load the parser of configurations with that room.
 */
export const resolutions: Membership<object, undefined> = /* @__PURE__ */ createMembership()
