import { ImageReferenceError } from '../../src/image/error.js'
import { parseImageReference } from '../../src/image/reference.js'

/** What is wrong with a text that is no image reference. */
export function issueOf(text: string): ImageReferenceError['issue'] {
  try {
    parseImageReference(text)
  } catch (error) {
    if (error instanceof ImageReferenceError) return error.issue
    throw error
  }
  throw new Error('expected a text that is refused')
}
