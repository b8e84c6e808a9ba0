// What is made when it is first asked for. An import runs every line that stands outside of functions, and
// a process that imports the library may never ask for a table of messages.

/** Gives what `make` makes, the same at each call. */
export function lazy<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => {
    made ??= make()
    return made
  }
}
