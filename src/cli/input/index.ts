// What commands are given: configurations, images, credentials files and certificates.

export { BUNDLE_OPTIONS, type Bundles, readBundles } from './bundle.js'
export { CONFIGURATION_OPTIONS, nameOf, readConfiguration } from './configuration.js'
export { dockerFailure, readDockerFile } from './docker-file.js'
export { IMAGE_OPTIONS, readImages } from './images.js'
export type { ListedImage } from './listed-image.js'
export { PULLER_OPTIONS, readPrediction } from './puller.js'
