#!/usr/bin/env node
/** Pulls an image into an OCI image layout, as the image puller's configuration says. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import cliProgress from 'cli-progress'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { atMost, makeLayout, writeBlob } from './layout.js'
import { ACCEPT, blobsOf, parseManifest, pickPlatform } from './manifest.js'
import { openRegistry } from './registry.js'

const USAGE = `Usage: pull.js [options] CONFIG IMAGE FOLDER
  --platform OS/ARCH[/VARIANT]  which image of several; this machine's by default
  --allow-unpinned              also pull what is named by a tag alone, which can change
  --silence SECONDS             how long a server may send nothing (30)
  --deadline SECONDS            how long it may all take (3600)`
const MAX_MANIFEST_SIZE = 4 * 1024 * 1024
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch
/** A bar for each blob, on a terminal; elsewhere nothing, so that a log stays readable. */
const BARS = { format: '{name} {bar} {percentage}% of {total} bytes', hideCursor: true }

/** @typedef {import('./manifest.js').Descriptor} Descriptor */
/** @typedef {ReturnType<typeof openRegistry>} Registry */

/**
 * @param {ReturnType<typeof readArguments>} options
 * @param {AbortSignal} signal
 */
async function pull({ file, image, folder, platform, silence, ...flags }, signal) {
  const config = parseConfig(await readFile(file))
  for (const { severity, message, place } of config.findings) {
    const line = place?.kind === 'document' ? ` ${place.line}:` : ''
    if (severity === 'warning') console.error(`warning:${line} ${message}`)
  }
  const resolver = createResolver(config)
  const resolution = resolver.resolve(image)
  const { tag, digest, identifier } = resolution.image
  // The configuration comes from outside the trusted machine; the digest is what protects the image.
  const isMoving = digest === undefined && !flags['allow-unpinned']
  if (isMoving) throw new Error('not pinned: expected @sha256:... or the option --allow-unpinned')
  const registry = openRegistry(resolver, resolution, silence, signal)
  const bars = new cliProgress.MultiBar(BARS, cliProgress.Presets.shades_classic)
  try {
    return await makeLayout(folder, async (blobs) => {
      const manifest = await fetchManifest(registry, identifier, platform)
      await writeBlob(blobs, manifest.descriptor, [manifest.bytes])
      for (const blob of manifest.blobs) {
        const { body } = await registry.get(`blobs/${blob.digest}`, blob.mediaType)
        const bar = bars.create(blob.size, 0, { name: blob.digest.slice(7, 19) })
        await writeBlob(blobs, blob, body, (length) => bar.update(length))
      }
      signal.throwIfAborted()
      const annotations = tag ? { annotations: { 'org.opencontainers.image.ref.name': tag } } : {}
      return { ...manifest.descriptor, ...annotations }
    })
  } finally {
    if (process.stderr.isTTY) bars.stop()
    await registry.close()
  }
}

/**
 * The image's manifest, by way of an index if there is one, and the blobs that it names.
 *
 * @param {Registry} registry
 * @param {string} name - A digest or a tag.
 * @param {string} [platform] - Undefined where an index has led here.
 * @returns {Promise<{ bytes: Buffer, descriptor: Descriptor, blobs: Iterable<Descriptor> }>}
 */
async function fetchManifest(registry, name, platform) {
  const { headers, body } = await registry.get(`manifests/${name}`, ACCEPT)
  const bytes = await buffer(atMost(body, MAX_MANIFEST_SIZE, 'the manifest'))
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (name.includes(':') && name !== digest) throw new Error(`${name} is something else`)
  const content = parseManifest(bytes, headers.get('content-type'))
  const descriptor = { mediaType: content.mediaType, digest, size: bytes.length }
  if (!content.manifests) return { bytes, descriptor, blobs: blobsOf(content) }
  if (platform === undefined) throw new Error('the index leads to another index')
  const picked = pickPlatform(content.manifests, platform)
  const found = await fetchManifest(registry, picked.digest)
  if (found.bytes.length === picked.size) return found
  throw new Error(`${picked.digest} has another length`)
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
  const silence = Number(values.silence) * 1000
  const deadline = Number(values.deadline) * 1000
  // A timer of Node's can't wait longer.
  const areTimes = [silence, deadline].every((time) => time > 0 && time < 2 ** 31)
  if (positionals.length !== 3 || !areTimes) throw new Error('usage')
  return { ...values, file, image, folder, silence, deadline }
}

const ending = new AbortController()
const end = (/** @type {string} */ why) => ending.abort(new Error(why))
// 2: called in another way than it can be; 1: no layout; 0: the layout is there.
let status = 2
try {
  const args = readArguments()
  status = 1
  setTimeout(end, args.deadline, `it took longer than ${args.deadline / 1000} seconds`)
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => end('interrupted'))
  console.log((await pull(args, ending.signal)).digest)
  status = 0
} catch (error) {
  const { message } = ending.signal.aborted ? ending.signal.reason : error
  console.error(status === 2 ? USAGE : `error: ${message}`)
}
// Explicitly, since a connection that is still being made would keep the process for some seconds.
process.exit(status)
