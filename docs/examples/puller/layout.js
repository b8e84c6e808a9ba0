/** An OCI image layout that is there as a whole or not at all. */

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { PullError } from './errors.js'

/** @typedef {import('./manifest.js').Descriptor} Descriptor */

export class Layout {
  #target
  #folder

  /**
   * @param {string} target
   * @param {string} folder
   */
  constructor(target, folder) {
    this.#target = target
    this.#folder = folder
  }

  /** @param {string} path */
  static async begin(path) {
    const target = resolve(path)
    const exists = await lstat(target).catch(() => undefined)
    if (exists) throw new PullError('the folder exists already')
    try {
      // Beside the target, so that the rename at the end stays within one file system.
      const folder = await mkdtemp(`${target}.part-`)
      await mkdir(join(folder, 'blobs', 'sha256'), { recursive: true })
      return new Layout(target, folder)
    } catch (error) {
      throw PullError.from(error, "the folder can't be made")
    }
  }

  /**
   * Writes a blob while it arrives, and believes neither its length nor its digest.
   *
   * @param {Descriptor} descriptor
   * @param {import('node:stream').Readable} source
   * @param {(bytes: number) => void} [onProgress]
   */
  async write({ digest, size }, source, onProgress) {
    const hash = createHash('sha256')
    let received = 0
    /** @param {AsyncIterable<Uint8Array>} chunks */
    const verify = async function* (chunks) {
      for await (const chunk of chunks) {
        received += chunk.length
        if (received > size) throw new PullError(`${digest} is longer than its ${size} bytes`)
        hash.update(chunk)
        onProgress?.(chunk.length)
        yield chunk
      }
      if (received < size) throw new PullError(`${digest} ended after ${received} of ${size} bytes`)
    }
    try {
      await pipeline(source, verify, createWriteStream(this.#pathOf(digest), { flags: 'wx' }))
    } catch (error) {
      throw PullError.from(error, digest)
    }
    const actual = `sha256:${hash.digest('hex')}`
    if (actual !== digest) throw new PullError(`${digest} is something else`)
  }

  /** @param {Descriptor & { annotations?: Record<string, string> }} manifest */
  async finish(manifest) {
    const mediaType = 'application/vnd.oci.image.index.v1+json'
    const index = { schemaVersion: 2, mediaType, manifests: [manifest] }
    try {
      await writeFile(join(this.#folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
      await writeFile(join(this.#folder, 'index.json'), JSON.stringify(index))
      await rename(this.#folder, this.#target)
    } catch (error) {
      throw PullError.from(error, "the folder can't be put in place")
    }
  }

  async discard() {
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** @param {string} digest */
  #pathOf(digest) {
    return join(this.#folder, 'blobs', ...digest.split(':'))
  }
}
