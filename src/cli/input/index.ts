// What commands are given: configurations, images, credentials files and certificates.

export { BUNDLE_OPTIONS, type Bundles, readBundles } from './bundle.js'
export {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  judgementOf,
  type LoadedConfiguration,
  loadConfiguration,
  readConfiguration,
} from './configuration.js'
export { readConfigurationFile } from './configuration-file.js'
export { askHelpers } from './credential-helpers.js'
export { dockerFailure, readDockerFile } from './docker-file.js'
export { IMAGE_OPTIONS, readImages } from './images.js'
export type { ListedImage, ListedPlace } from './listed-image.js'
export { type LocatedFinding, placeOf } from './located-finding.js'
export { nameOf } from './name.js'
export { PULLER_OPTIONS, readPrediction, readVersion } from './puller.js'
