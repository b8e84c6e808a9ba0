#!/usr/bin/env node
/** Pulls an image into an OCI image layout, as the image puller's configuration says. */

import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { ConfigError, createResolver, ImageReferenceError, parseConfig } from 'imagepuller-auth'
import { PullError } from './errors.js'
import { Layout } from './layout.js'
import { ACCEPT, parseManifest, pickPlatform } from './manifest.js'
import { startProgress } from './progress.js'
import { Registry, readAll } from './registry.js'

const USAGE = `Usage: pull.js [options] CONFIG IMAGE FOLDER
  --platform OS/ARCH[/VARIANT]  which image of several; this machine's by default
  --allow-unpinned              also pull what is named by a tag alone, which can change
  --silence SECONDS             how long a server may send nothing (30)
  --deadline SECONDS            how long it may all take (3600)
`
const MAX_MANIFEST_SIZE = 4 * 1024 * 1024
const ARCHITECTURES = new Map([['x64', 'amd64']])
const ARCHITECTURE = ARCHITECTURES.get(process.arch) ?? process.arch

/**
 * @typedef {object} Options
 * @property {string} platform
 * @property {boolean} allowUnpinned
 * @property {number} silence - In milliseconds.
 * @property {AbortSignal} signal - Aborted with the `PullError` that says why.
 */

/**
 * @param {import('imagepuller-auth').Resolver} resolver
 * @param {string} image
 * @param {string} folder
 * @param {Options} options
 */
async function pull(resolver, image, folder, options) {
  const resolution = resolver.resolve(image)
  // The configuration comes from outside the trusted machine; the digest is what protects the image.
  if (resolution.image.digest === undefined && !options.allowUnpinned) {
    throw new PullError('the image is not pinned: expected its name to end in @sha256:...')
  }
  const layout = await Layout.begin(folder)
  const registry = new Registry(resolver, resolution, options)
  const progress = startProgress()
  try {
    const { repository, tag, digest } = resolution.image
    const source = { registry, layout, repository }
    const { descriptor, blobs } = await pullManifest(source, digest ?? tag ?? '', options.platform)
    for (const blob of blobs) {
      const path = `/v2/${repository}/blobs/${blob.digest}`
      const { body } = await registry.get(path, blob.mediaType)
      await layout.write(blob, body, progress.start(blob))
    }
    const annotations = tag ? { annotations: { 'org.opencontainers.image.ref.name': tag } } : {}
    options.signal.throwIfAborted()
    await layout.finish({ ...descriptor, ...annotations })
    return descriptor
  } catch (error) {
    await layout.discard()
    throw error
  } finally {
    progress.stop()
    await registry.close()
  }
}

/**
 * Gets the manifest, by way of an index if there is one, and writes it.
 *
 * @param {{ registry: Registry, layout: Layout, repository: string }} source
 * @param {string} name - A digest or a tag.
 * @param {string} platform
 */
async function pullManifest({ registry, layout, repository }, name, platform) {
  const top = await fetchManifest(registry, repository, name)
  const index = top.content.kind === 'index' ? top.content : undefined
  const picked = index && pickPlatform(index.manifests, platform)
  const { bytes, digest, content } = picked
    ? await fetchManifest(registry, repository, picked.digest)
    : top
  if (content.kind === 'index') throw new PullError('the index leads to another index')
  if (picked && picked.size !== bytes.length) throw new PullError(`${digest} has another length`)
  const descriptor = { mediaType: content.mediaType, digest, size: bytes.length }
  await layout.write(descriptor, Readable.from([bytes]))
  // A layer may be there twice; its file is one.
  const blobs = new Map(content.blobs.map((blob) => [blob.digest, blob]))
  blobs.delete(digest)
  return { descriptor, blobs: blobs.values() }
}

/**
 * @param {Registry} registry
 * @param {string} repository
 * @param {string} name - A digest or a tag.
 */
async function fetchManifest(registry, repository, name) {
  const response = await registry.get(`/v2/${repository}/manifests/${name}`, ACCEPT)
  const bytes = await readAll(response.body, MAX_MANIFEST_SIZE, 'the manifest')
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (name.includes(':') && name !== digest) throw new PullError(`${name} is something else`)
  const content = parseManifest(bytes, String(response.headers['content-type'] ?? ''))
  return { bytes, digest, content }
}

/** @param {string} file */
async function readResolver(file) {
  const bytes = await readFile(file).catch((error) => {
    throw PullError.from(error, "the configuration can't be read")
  })
  const config = parseConfig(bytes)
  for (const { line, message } of config.warnings) complain(`warning: line ${line}: ${message}`)
  return createResolver(config)
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
  const [config = '', image = '', folder = ''] = positionals
  const silence = Number(values.silence) * 1000
  const deadline = Number(values.deadline) * 1000
  if (positionals.length !== 3 || !(silence > 0) || !(deadline > 0)) throw new Error('usage')
  const { platform, 'allow-unpinned': allowUnpinned } = values
  return { config, image, folder, platform, allowUnpinned, silence, deadline }
}

/** @param {string} text */
function complain(text) {
  process.stderr.write(`${text}\n`)
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof ConfigError) {
    for (const { line, message } of error.issues) complain(`error: line ${line}: ${message}`)
  } else if (error instanceof PullError || error instanceof ImageReferenceError) {
    complain(`error: ${error.message}`)
  } else {
    throw error
  }
}

/**
 * @param {ReturnType<typeof readArguments>} args
 * @returns {Promise<number>} - The exit status.
 */
async function main({ config, image, folder, deadline, ...options }) {
  const ending = new AbortController()
  /** @param {string} why */
  const end = (why) => ending.abort(new PullError(why))
  const timer = setTimeout(end, deadline, `it took longer than ${deadline / 1000} seconds`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end('interrupted'))
  try {
    const resolver = await readResolver(config)
    const { digest } = await pull(resolver, image, folder, { ...options, signal: ending.signal })
    process.stdout.write(`${digest}\n`)
    return 0
  } catch (error) {
    explain(ending.signal.aborted ? ending.signal.reason : error)
    return 1
  } finally {
    clearTimeout(timer)
  }
}

let args
try {
  args = readArguments()
} catch {
  complain(USAGE)
}
// Explicitly, since a connection that is still being made would keep the process for some seconds.
process.exit(args ? await main(args) : 2)
