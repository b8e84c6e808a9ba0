// What commands are given: configurations, images, credentials files and certificates.

export { BUNDLE_OPTIONS, type Bundles, readBundles } from './bundle.js'
export {
  CONFIGURATION_OPTIONS,
  failsOn,
  type LoadedConfiguration,
  type LocatedFinding,
  loadConfiguration,
  placeOf,
  readConfiguration,
} from './configuration.js'
export { type ConfigurationFile, readConfigurationFile } from './configuration-file.js'
export { askHelpers } from './credential-helpers.js'
export { dockerFailure, readDockerFile } from './docker-file.js'
export { IMAGE_OPTIONS, readImages } from './images.js'
export type { ListedImage, ListedPlace } from './listed-image.js'
export { nameOf } from './name.js'
export { PULLER_OPTIONS, readPrediction } from './puller.js'
