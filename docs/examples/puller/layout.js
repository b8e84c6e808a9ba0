import { createHash, randomUUID } from 'node:crypto'
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const MEDIA_TYPE = 'application/vnd.oci.image.index.v1+json'

/** @typedef {import('./manifest.js').Descriptor} Descriptor */

/**
 * Makes an OCI image layout that is there as a whole or not at all.
 *
 * @param {string} path
 * @param {(blobs: string) => Promise<Descriptor>} fill - Writes the blobs, and gives the manifest.
 */
export async function makeLayout(path, fill) {
  const target = resolve(path)
  if (await lstat(target).catch(() => undefined)) throw new Error('the folder exists already')
  // Beside the target, so that the rename at the end stays within one file system.
  const folder = `${target}.part-${randomUUID()}`
  const blobs = join(folder, 'blobs', 'sha256')
  await mkdir(folder)
  try {
    await mkdir(blobs, { recursive: true })
    const manifest = await fill(blobs)
    const index = { schemaVersion: 2, mediaType: MEDIA_TYPE, manifests: [manifest] }
    await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
    await writeFile(join(folder, 'index.json'), JSON.stringify(index))
    await rename(folder, target)
    return manifest
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/**
 * Writes a blob while it arrives, and believes neither its length nor its digest.
 *
 * @param {string} folder
 * @param {Descriptor} descriptor
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} source
 * @param {(length: number) => void} [onProgress] - Is told how much there is.
 */
export async function writeBlob(folder, { digest, size }, source, onProgress) {
  const hash = createHash('sha256')
  let length = 0
  const chunks = atMost(source, size, digest, (chunk) => {
    hash.update(chunk)
    length += chunk.length
    onProgress?.(length)
  })
  await writeFile(join(folder, digest.slice('sha256:'.length)), chunks, { flag: 'wx' })
  if (length < size) throw new Error(`${digest} ended after ${length} of ${size} bytes`)
  if (`sha256:${hash.digest('hex')}` !== digest) throw new Error(`${digest} is something else`)
}

/**
 * The chunks of a body, unless it breaks off or is longer than it should be.
 *
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} body
 * @param {number} limit
 * @param {string} what
 * @param {(chunk: Uint8Array) => void} [onChunk]
 */
export async function* atMost(body, limit, what, onChunk) {
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) break
      onChunk?.(chunk)
      yield chunk
    }
  } catch (error) {
    // undici's error says "terminated", and its cause why.
    const { cause = error } = /** @type {Error} */ (error)
    throw new Error(`${what}: ${/** @type {Error} */ (cause).message}`)
  }
  if (size > limit) throw new Error(`${what} is longer than ${limit} bytes`)
}
