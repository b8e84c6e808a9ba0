#!/usr/bin/env node
/** Pulls an image into an OCI image layout, as the image puller's configuration says. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { atMost } from './body.js'
import { PullError } from './errors.js'
import { makeLayout, writeBlob } from './layout.js'
import { ACCEPT, parseManifest, pickPlatform } from './manifest.js'
import { startProgress } from './progress.js'
import { Registry } from './registry.js'

const USAGE = `Usage: pull.js [options] CONFIG IMAGE FOLDER
  --platform OS/ARCH[/VARIANT]  which image of several; this machine's by default
  --allow-unpinned              also pull what is named by a tag alone, which can change
  --silence SECONDS             how long a server may send nothing (30)
  --deadline SECONDS            how long it may all take (3600)`
const MAX_MANIFEST_SIZE = 4 * 1024 * 1024
/** A timer of Node's can't wait longer, in milliseconds. */
const MAX_TIME = 2 ** 31
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch

/**
 * @param {ReturnType<typeof readArguments>} options
 * @param {AbortSignal} signal
 */
async function pull({ file, image, folder, platform, allowUnpinned, silence }, signal) {
  const config = parseConfig(await readFile(file))
  for (const { severity, message, place } of config.findings) {
    const line = place?.kind === 'document' ? ` ${place.line}:` : ''
    if (severity === 'warning') console.error(`warning:${line} ${message}`)
  }
  const resolver = createResolver(config)
  const resolution = resolver.resolve(image)
  const { tag, digest, identifier } = resolution.image
  // The configuration comes from outside the trusted machine; the digest is what protects the image.
  if (digest === undefined && !allowUnpinned) {
    throw new PullError('the image is not pinned: expected its name to end in @sha256:...')
  }
  const registry = new Registry(resolver, resolution, signal, silence)
  const progress = startProgress()
  try {
    return await makeLayout(folder, async (blobs) => {
      const found = await findManifest(registry, identifier, platform)
      await writeBlob(blobs, found.descriptor, [found.bytes])
      for (const blob of found.blobs) {
        const { body } = await registry.get(`blobs/${blob.digest}`, blob.mediaType)
        await writeBlob(blobs, blob, body, progress.start(blob))
      }
      signal.throwIfAborted()
      const annotations = tag ? { annotations: { 'org.opencontainers.image.ref.name': tag } } : {}
      return { ...found.descriptor, ...annotations }
    })
  } finally {
    progress.stop()
    await registry.close()
  }
}

/**
 * The image's manifest, by way of an index if there is one, and the blobs that it names.
 *
 * @param {Registry} registry
 * @param {string} name - A digest or a tag.
 * @param {string} platform
 */
async function findManifest(registry, name, platform) {
  const top = await fetchManifest(registry, name)
  const picked = top.content.manifests && pickPlatform(top.content.manifests, platform)
  const found = picked ? await fetchManifest(registry, picked.digest) : top
  const { bytes, digest, content } = found
  if (content.manifests) throw new PullError('the index leads to another index')
  if (picked && picked.size !== bytes.length) throw new PullError(`${digest} has another length`)
  const descriptor = { mediaType: content.mediaType, digest, size: bytes.length }
  /** @type {Map<string, import('./manifest.js').Descriptor>} */
  const blobs = new Map()
  for (const blob of [content.config, ...content.layers]) {
    // A layer may be there twice; its file is one.
    const { size } = blobs.get(blob.digest) ?? blob
    if (size !== blob.size) throw new PullError(`${blob.digest} has two lengths`)
    blobs.set(blob.digest, blob)
  }
  return { bytes, descriptor, blobs: blobs.values() }
}

/**
 * @param {Registry} registry
 * @param {string} name - A digest or a tag.
 */
async function fetchManifest(registry, name) {
  const { headers, body } = await registry.get(`manifests/${name}`, ACCEPT)
  const bytes = await buffer(atMost(body, MAX_MANIFEST_SIZE, 'the manifest'))
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (name.includes(':') && name !== digest) throw new PullError(`${name} is something else`)
  return { bytes, digest, content: parseManifest(bytes, headers.get('content-type')) }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      platform: { type: 'string', default: `linux/${ARCHITECTURE}` },
      'allow-unpinned': { type: 'boolean', default: false },
      silence: { type: 'string', default: '30' },
      deadline: { type: 'string', default: '3600' },
    },
  })
  const [file = '', image = '', folder = ''] = positionals
  const { platform, 'allow-unpinned': allowUnpinned } = values
  const silence = Number(values.silence) * 1000
  const deadline = Number(values.deadline) * 1000
  const areTimes = [silence, deadline].every((time) => time > 0 && time < MAX_TIME)
  if (positionals.length !== 3 || !areTimes) throw new Error('usage')
  return { file, image, folder, platform, allowUnpinned, silence, deadline }
}

/** @param {ReturnType<typeof readArguments>} args */
async function main(args) {
  const ending = new AbortController()
  const end = (/** @type {string} */ why) => ending.abort(new Error(why))
  setTimeout(end, args.deadline, `it took longer than ${args.deadline / 1000} seconds`)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => end('interrupted'))
  try {
    const { digest } = await pull(args, ending.signal)
    console.log(digest)
    return 0
  } catch (error) {
    const { message } = ending.signal.aborted ? ending.signal.reason : error
    console.error(`error: ${message}`)
    return 1
  }
}

let args
try {
  args = readArguments()
} catch {
  console.error(USAGE)
}
// Explicitly, since a connection that is still being made would keep the process for some seconds.
process.exit(args ? await main(args) : 2)
