// What is wrong with an image reference.

/** The part of an image reference that is wrong; `reference` is the text as a whole. */
export type ImageReferencePart = 'reference' | 'registry' | 'repository' | 'tag' | 'digest'

/** The codes of what is wrong with a part of an image reference. */
export type ImageReferenceCode =
  | 'empty'
  | 'scheme'
  | 'user-info'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-character'
  | 'invalid-grammar'
  | 'too-long'
  | 'image-id'

/** What is wrong with an image reference. */
export interface ImageReferenceIssue {
  /** What is wrong. */
  readonly code: ImageReferenceCode
  /** The part that is wrong. */
  readonly part: ImageReferencePart
  /** What was expected, and what is probably meant. It repeats nothing of the reference. */
  readonly message: string
}

/** A text that is no image reference. The message never repeats the text. */
export class ImageReferenceError extends Error {
  /** Always `ImageReferenceError`. */
  override readonly name = 'ImageReferenceError'
  /** The code of this class, for programs that can't compare classes. */
  readonly code = 'ERR_IMAGE_REFERENCE_INVALID'
  /** What is wrong: the first fault found, since most others follow from it. */
  readonly issue: ImageReferenceIssue

  /** @param issue - What is wrong. */
  constructor(issue: ImageReferenceIssue) {
    const { code, part, message } = issue
    super(part === 'reference' ? message : `${part}: ${message}`)
    this.issue = Object.freeze({ code, part, message })
  }
}

/** Throws the error. */
export function fail(part: ImageReferencePart, code: ImageReferenceCode, message: string): never {
  throw new ImageReferenceError({ code, part, message })
}
