/** Something that a user is told in one line. */
export class PullError extends Error {
  /**
   * What broke off, in a line; a reason that is clear already stays as it is.
   *
   * @param {unknown} error - Of Node or undici: these name addresses, no secrets.
   * @param {string} what
   */
  static from(error, what) {
    if (error instanceof PullError) return error
    const { cause = error } = /** @type {Error} */ (error)
    return new PullError(`${what}: ${/** @type {Error} */ (cause).message}`)
  }
}
