/** What an image's manifest says, checked: a registry's word counts for nothing before that. */

import * as v from 'valibot'

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
const Entry = v.object({ ...Descriptor.entries, platform: v.optional(v.looseObject({})) })

// What is both an index and a manifest would be one image here and another one elsewhere.
const absent = v.optional(v.undefined())
const noBlobs = { config: absent, layers: absent }
const blobs = { config: Descriptor, layers: v.array(Descriptor) }
const Index = v.object({ mediaType: v.picklist(INDEXES), manifests: v.array(Entry), ...noBlobs })
const Manifest = v.object({ mediaType: v.picklist(MANIFESTS), manifests: absent, ...blobs })
const Document = v.variant('mediaType', [Index, Manifest])

/**
 * @param {Buffer} bytes
 * @param {unknown} contentType - Counts where the document itself says nothing.
 */
export function parseManifest(bytes, contentType) {
  const mediaType = String(contentType).split(';')[0]?.trim()
  try {
    // Only the first issue: a manifest can hold millions of them.
    return v.parse(Document, { mediaType, ...JSON.parse(bytes.toString()) }, { abortEarly: true })
  } catch (error) {
    // Its place alone: the messages of both parsers quote the document.
    const fault = v.isValiError(error) ? `malformed at ${v.getDotPath(error.issues[0])}` : 'no JSON'
    throw new Error(`the manifest is ${fault}`)
  }
}

/**
 * @param {v.InferOutput<typeof Entry>[]} manifests
 * @param {string} wanted - Such as `linux/arm64` or `linux/arm/v7`.
 */
export function pickPlatform(manifests, wanted) {
  const found = manifests.find(({ platform }) => {
    const { os, architecture, variant } = platform ?? {}
    return [`${os}/${architecture}`, `${os}/${architecture}/${variant}`].includes(wanted)
  })
  if (found === undefined) throw new Error(`the image isn't there for ${wanted}`)
  return found
}

/**
 * The blobs that a manifest names; a layer may be there twice, but its file is one.
 *
 * @param {v.InferOutput<typeof Manifest>} manifest
 */
export function blobsOf({ config, layers }) {
  const blobs = new Map([config, ...layers].map((blob) => [blob.digest, blob]))
  const odd = [config, ...layers].find(({ digest, size }) => blobs.get(digest)?.size !== size)
  if (odd) throw new Error(`${odd.digest} has two lengths`)
  return blobs.values()
}
