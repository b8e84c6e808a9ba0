/** What an image's manifest says, checked: a registry's word counts for nothing before that. */

import * as v from 'valibot'
import { PullError } from './errors.js'

const OCI = 'application/vnd.oci.image'
const DOCKER = 'application/vnd.docker.distribution.manifest'
const INDEXES = [`${OCI}.index.v1+json`, `${DOCKER}.list.v2+json`]
const MANIFESTS = [`${OCI}.manifest.v1+json`, `${DOCKER}.v2+json`]
export const ACCEPT = [...INDEXES, ...MANIFESTS].join(', ')

/** @typedef {v.InferOutput<typeof Descriptor>} Descriptor */
const Descriptor = v.object({
  mediaType: v.pipe(v.string(), v.regex(/^[\w.+/-]{1,255}$/)),
  // The digest becomes a file's name and a part of URLs, so its form is a matter of safety.
  digest: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/)),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
const platform = v.optional(v.record(v.string(), v.unknown()))
const absent = v.optional(v.undefined())

// What is both an index and a manifest would be one image here and another one elsewhere.
const Index = v.object({
  mediaType: v.picklist(INDEXES),
  manifests: v.array(v.object({ ...Descriptor.entries, platform })),
  config: absent,
  layers: absent,
})
const Manifest = v.object({
  mediaType: v.picklist(MANIFESTS),
  manifests: absent,
  config: Descriptor,
  layers: v.array(Descriptor),
})
const Document = v.variant('mediaType', [Index, Manifest])

/**
 * @param {Buffer} bytes
 * @param {unknown} contentType - Counts where the document itself says nothing.
 */
export function parseManifest(bytes, contentType) {
  const mediaType = String(contentType).split(';')[0]?.trim()
  try {
    // Only the first issue: a manifest can hold millions of them.
    const value = { mediaType, ...JSON.parse(bytes.toString()) }
    return v.parse(Document, value, { abortEarly: true })
  } catch (error) {
    // Its place alone: the messages of both parsers quote the document.
    const place = v.isValiError(error)
      ? `is malformed at ${v.getDotPath(error.issues[0])}`
      : 'is no JSON'
    throw new PullError(`the manifest ${place}`)
  }
}

/**
 * @param {v.InferOutput<typeof Index>['manifests']} manifests
 * @param {string} wanted - Such as `linux/arm64` or `linux/arm/v7`.
 */
export function pickPlatform(manifests, wanted) {
  const [os, architecture, variant] = wanted.split('/')
  const found = manifests.find(({ platform: p }) => {
    const isVariant = variant === undefined || p?.['variant'] === variant
    return p?.['os'] === os && p?.['architecture'] === architecture && isVariant
  })
  if (found === undefined) throw new PullError(`the image isn't there for ${wanted}`)
  return found
}
