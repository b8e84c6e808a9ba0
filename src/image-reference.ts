/**
 * Reading image references alone, with nothing of the configuration loaded.
 *
 * @module
 */

export {
  type ImageReference,
  type ImageReferenceCode,
  ImageReferenceError,
  type ImageReferenceIssue,
  type ImageReferencePart,
  parseImageReference,
} from './image/index.js'
