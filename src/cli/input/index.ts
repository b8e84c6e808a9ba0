export { BUNDLE_OPTIONS, readBundles } from './bundle.js'
export { CONFIGURATION_OPTIONS, type Configuration, readConfiguration } from './configuration.js'
export { readDockerFile } from './docker-file.js'
export { IMAGE_OPTIONS, type ListedImage, readImages } from './images.js'
