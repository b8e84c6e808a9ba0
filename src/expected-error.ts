// What is caught and was to be expected, such as a ConfigError of a parser, told from a fault of the
// library, which must not pass for a document's.

/** The error, if it is of the class that was to be expected; any other goes on, as it is. */
export function expectedError<Expected extends Error>(
  error: unknown,
  kind: abstract new (...args: never[]) => Expected,
): Expected {
  if (error instanceof kind) return error
  throw error
}
