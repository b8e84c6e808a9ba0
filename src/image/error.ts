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

/** A text that is no image reference. The message never repeats the text. */
export class ImageReferenceError extends Error {
  /** Always `ImageReferenceError`. */
  override readonly name = 'ImageReferenceError'
  /** The code of this class, for those who can't compare classes. */
  readonly code = 'ERR_IMAGE_REFERENCE_INVALID'
  /** The part that is wrong. */
  readonly part: ImageReferencePart
  /** Why it is wrong. */
  readonly reason: ImageReferenceCode

  /**
   * @param part - The part that is wrong.
   * @param reason - Why it is wrong.
   * @param expectation - What was expected, in words.
   */
  constructor(part: ImageReferencePart, reason: ImageReferenceCode, expectation: string) {
    super(part === 'reference' ? expectation : `${part}: ${expectation}`)
    this.part = part
    this.reason = reason
  }
}

export function fail(
  part: ImageReferencePart,
  reason: ConstructorParameters<typeof ImageReferenceError>[1],
  expectation: string,
): never {
  throw new ImageReferenceError(part, reason, expectation)
}
