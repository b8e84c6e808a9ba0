/** What an image's manifest says, checked: a registry's word counts for nothing before that. */

import { PullError } from './errors.js'

/**
 * @typedef {object} Descriptor
 * @property {string} mediaType
 * @property {string} digest
 * @property {number} size
 */
/** @typedef {{ os?: unknown, architecture?: unknown, variant?: unknown }} Platform */
/** @typedef {Descriptor & { platform?: Platform }} PlatformDescriptor */
/** @typedef {{ kind: 'index', mediaType: string, manifests: PlatformDescriptor[] }} Index */
/** @typedef {{ kind: 'manifest', mediaType: string, blobs: Descriptor[] }} Manifest */

const INDEXES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
]
const MANIFESTS = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
export const ACCEPT = [...INDEXES, ...MANIFESTS].join(', ')

/**
 * @param {Buffer} bytes
 * @param {string} contentType - Counts where the manifest itself says nothing.
 * @returns {Index | Manifest}
 */
export function parseManifest(bytes, contentType) {
  const value = parseObject(bytes)
  const mediaType = String(value['mediaType'] ?? contentType.split(';')[0]?.trim())
  const { manifests, config, layers } = value
  // One document that is both would be one image here and another one elsewhere.
  if (manifests !== undefined && (config !== undefined || layers !== undefined)) {
    throw new PullError('the manifest is an index as well')
  }
  if (INDEXES.includes(mediaType) && Array.isArray(manifests)) {
    return { kind: 'index', mediaType, manifests: manifests.map(checkDescriptor) }
  }
  if (MANIFESTS.includes(mediaType) && Array.isArray(layers)) {
    return { kind: 'manifest', mediaType, blobs: [config, ...layers].map(checkDescriptor) }
  }
  throw new PullError('the registry sent no manifest of a type that is known here')
}

/**
 * @param {readonly PlatformDescriptor[]} manifests
 * @param {string} wanted - Such as `linux/arm64` or `linux/arm/v7`.
 * @returns {Descriptor}
 */
export function pickPlatform(manifests, wanted) {
  const [os, architecture, variant] = wanted.split('/')
  const found = manifests.find(
    ({ platform }) =>
      platform?.os === os &&
      platform?.architecture === architecture &&
      (variant === undefined || platform?.variant === variant),
  )
  if (found === undefined) throw new PullError(`the image isn't there for ${wanted}`)
  return found
}

/**
 * @param {Buffer} bytes
 * @returns {Record<string, unknown>}
 */
function parseObject(bytes) {
  try {
    return fieldsOf(JSON.parse(bytes.toString()))
  } catch {
    // The parser's message quotes the document, so it is left out.
    throw new PullError('the manifest is no JSON object')
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, unknown>}
 */
function fieldsOf(value) {
  if (typeof value === 'object' && value !== null) return { ...value }
  throw new PullError('the manifest has something else where an object belongs')
}

/**
 * @param {unknown} value
 * @returns {PlatformDescriptor}
 */
function checkDescriptor(value) {
  const { mediaType, digest, size, platform } = fieldsOf(value)
  // The digest becomes a file's name and a part of URLs, so its form is a matter of safety.
  if (typeof digest !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new PullError('the manifest names something by no sha256 digest')
  }
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new PullError(`the manifest doesn't say how long ${digest} is`)
  }
  if (typeof mediaType !== 'string' || !/^[\w.+/-]{1,255}$/.test(mediaType)) {
    throw new PullError(`the manifest doesn't say what ${digest} is`)
  }
  return { mediaType, digest, size, ...(platform ? { platform: fieldsOf(platform) } : {}) }
}
