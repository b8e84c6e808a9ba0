// Image references, read as go-containerregistry reads them.
export { authorityOf } from './authority.js'
export { DOCKER_HUB, DOCKER_HUB_ALIAS, isOtherDockerHost, registryHost } from './docker-hub.js'
export {
  type ImageReferenceCode,
  ImageReferenceError,
  type ImageReferenceIssue,
  type ImageReferencePart,
} from './error.js'
export { type ImageReference, parseImageReference } from './reference.js'
