import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { atMost } from './body.js'
import { PullError } from './errors.js'

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
  if (await lstat(target).catch(() => undefined)) throw new PullError('the folder exists already')
  // Beside the target, so that the rename at the end stays within one file system.
  const folder = await mkdtemp(`${target}.part-`)
  try {
    const blobs = join(folder, 'blobs', 'sha256')
    await mkdir(blobs, { recursive: true })
    const manifest = await fill(blobs)
    const index = { schemaVersion: 2, mediaType: MEDIA_TYPE, manifests: [manifest] }
    await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
    await writeFile(join(folder, 'index.json'), JSON.stringify(index))
    // A temporary folder is its maker's alone; a layout is as open as other folders.
    await chmod(folder, 0o777 & ~process.umask())
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
 * @param {(bytes: number) => void} [onProgress]
 */
export async function writeBlob(folder, { digest, size }, source, onProgress) {
  const hash = createHash('sha256')
  const chunks = atMost(source, size, digest, (chunk) => {
    hash.update(chunk)
    onProgress?.(chunk.length)
  })
  const file = createWriteStream(join(folder, digest.slice('sha256:'.length)), { flags: 'wx' })
  await pipeline(chunks, file)
  const { bytesWritten: length } = file
  if (length < size) throw new PullError(`${digest} ended after ${length} of ${size} bytes`)
  if (`sha256:${hash.digest('hex')}` !== digest) throw new PullError(`${digest} is something else`)
}
