/** What is wrong with a credentials file, a look-up in it, or a credential helper's answer. */
export type DockerConfigCode =
  | 'too-large'
  | 'invalid-utf8'
  | 'invalid-json'
  | 'wrong-type'
  | 'broken-auth'
  | 'unsupported-server'
  | 'invalid-helper-name'
  | 'helper-failed'
  | 'malformed-helper-response'

/** The place of a fault in a credentials file. */
export interface DockerConfigPlace {
  /** The members that lead there, from the document's root; empty for the document as a whole. */
  readonly path: readonly string[]
  /** The line, from 1. */
  readonly line: number
  /** The column, from 1, in UTF-16 code units. */
  readonly column: number
}

/** A fault that counts only for those who ask for what is there. */
export interface DockerConfigFault extends DockerConfigPlace {
  /** What is wrong. */
  readonly code: DockerConfigCode
  /** What was expected; never the value. */
  readonly message: string
}

/**
 * A credentials file that can't be read, or a look-up that the program in question fails. It has no
 * `cause`, since parsers quote their input.
 */
export class DockerConfigError extends Error {
  /** Always `DockerConfigError`. */
  override readonly name = 'DockerConfigError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_DOCKER_CONFIG_INVALID'
  /** What is wrong. */
  readonly reason: DockerConfigCode
  /** Where it is, in the document; undefined where the fault is in no document. */
  readonly place: DockerConfigPlace | undefined

  /**
   * @param reason - What is wrong.
   * @param expectation - What was expected, in words.
   * @param place - Where.
   */
  constructor(reason: DockerConfigCode, expectation: string, place?: DockerConfigPlace) {
    super(place ? `${place.line}:${place.column}: ${expectation} (${reason})` : expectation)
    this.reason = reason
    this.place =
      place && Object.freeze({ path: place.path, line: place.line, column: place.column })
  }
}

/** Throws a fault that turned out to count. */
export function throwFault({ code: reason, message, ...place }: DockerConfigFault): never {
  throw new DockerConfigError(reason, message, place)
}
