// What ends a command early: a sentence for standard error and the exit status.

/** The exit statuses: all well; something is wrong with what was given; it could not be begun. */
export type Status = 0 | 1 | 2

/** The command ends, after its message was printed. */
export class Failure extends Error {
  /** The exit status. */
  readonly status: Status

  /**
   * @param message - One line, safe for a terminal, without any secret.
   * @param status - 1 where something is wrong with a document, 2 where it could not be opened.
   */
  constructor(message: string, status: Status = 1) {
    super(message)
    this.status = status
  }
}

/** Wrong usage. Where to read about the right one is printed with it. */
export class Misuse extends Failure {
  /** @param message - What was expected, and what to write instead. */
  constructor(message: string) {
    super(message, 2)
  }
}

/** The error, if it is of the class that was to be expected; any other is a fault of the program, and goes on. */
export function expectedError<Expected extends Error>(
  error: unknown,
  kind: abstract new (...args: never[]) => Expected,
): Expected {
  if (error instanceof kind) return error
  throw error
}
