// The fault of a step, with a code as Node's errors have one: by that the client of the registry judges
// whether plain HTTP, or the registry behind a mirror, is tried next.

import type { Said } from '../step.js'

/** A step failed. */
export class StepFault extends Error {
  /**
   * As Node writes it, such as `ECONNREFUSED`, or `undiciFetch` for what a proxy answered; it begins with
   * `CHECK_` where they have none.
   */
  readonly code: string
  /** What the step says, without its outcome. */
  readonly said: Omit<Said, 'outcome'>

  constructor(code: string, message: string, more: Omit<Said, 'outcome' | 'message'> = {}) {
    super(message)
    this.code = code
    this.said = { message, ...more }
  }
}

/** The code that Node gives an error of a connection. */
export function codeOf(error: unknown): string {
  return String(Object(error).code)
}
