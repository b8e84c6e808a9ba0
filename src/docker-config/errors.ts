// What is wrong with a credentials file, a look-up in it, or a credential helper's answer.
import { expectedError } from '../expected-error.js'
import { type DocumentPlace, describePlace } from '../findings.js'

/** What is wrong with a credentials file, a look-up in it, or a credential helper's answer. */
export type DockerConfigCode =
  | 'too-large'
  | 'invalid-utf8'
  | 'invalid-json'
  | 'wrong-type'
  | 'broken-auth'
  | 'unknown-document'
  | 'unsupported-server'
  | 'invalid-helper-name'
  | 'helper-failed'
  | 'malformed-helper-response'

/** One thing that is wrong. No part of it ever holds a value of the document. */
export interface DockerConfigIssue {
  /** What is wrong. */
  readonly code: DockerConfigCode
  /** The members that lead there, from the document's root, without user info; empty for the whole. */
  readonly path: readonly string[]
  /** What was expected. */
  readonly message: string
  /** Where it stands; undefined where there is no text, as in data that a YAML parser gave. */
  readonly place: DocumentPlace | undefined
}

/**
 * A credentials file that can't be read, or a look-up that the program in question fails. It has no
 * `cause`, since parsers quote their input.
 */
export class DockerConfigError extends Error {
  /** Always `DockerConfigError`. */
  override readonly name = 'DockerConfigError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_DOCKER_CONFIG_INVALID'
  /** What is wrong. */
  readonly issue: DockerConfigIssue

  /** @param issue - What is wrong. */
  constructor(issue: DockerConfigIssue) {
    super(`${describePlace(issue.place)}${issue.message} (${issue.code})`)
    this.issue = freezeIssue(issue)
  }
}

/** An issue and everything in it, frozen. */
export function freezeIssue({ code, path, message, place }: DockerConfigIssue): DockerConfigIssue {
  return Object.freeze({
    code,
    path: Object.freeze([...path]),
    message,
    place: place && Object.freeze({ ...place }),
  })
}

/** Throws what is wrong with no document, or with a document as a whole. */
export function fail(code: DockerConfigCode, message: string, place?: DocumentPlace): never {
  throw new DockerConfigError({ code, path: [], message, place })
}

/** What a function gives, or that the program fails. */
export function attempt<Result>(run: () => Result): Result | DockerConfigError {
  try {
    return run()
  } catch (error) {
    return expectedError(error, DockerConfigError)
  }
}
