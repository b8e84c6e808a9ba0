// Regular expressions with Unicode's properties. V8 looks such a property up where the literal stands,
// used or not, and all of them together took an import more time than all other modules of this room.

/** The expression, made when it is first asked for. */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined
  return () => {
    pattern ??= new RegExp(source, flags)
    return pattern
  }
}
