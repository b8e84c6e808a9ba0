// Image references, and the names of Docker Hub.
export { authorityOf } from './authority.js'
export { DOCKER_HUB, DOCKER_HUB_ALIAS, isOtherDockerHost, registryHost } from './docker-hub.js'
export {
  type ImageReferenceCode,
  ImageReferenceError,
  type ImageReferenceIssue,
  type ImageReferencePart,
} from './error.js'
export { type ImageReference, parseImageReference } from './reference.js'
