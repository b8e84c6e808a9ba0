import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { workshop } from './programs.js'

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

const OCI = 'application/vnd.oci.image'
export const MANIFEST_TYPE = `${OCI}.manifest.v1+json`
export const INDEX_TYPE = `${OCI}.index.v1+json`
export const PLATFORMS = ['amd64', 'arm64'] as const

export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** An image for one platform, as a folder with a single manifest, or for two, with an index. */
export interface TestImage {
  readonly folder: string
  /** Of what the tag names: the manifest, or the index. */
  readonly digest: string
  /** Of the platforms' manifests. */
  readonly manifests: readonly Descriptor[]
}

class Writer {
  readonly folder = mkdtempSync(join(workshop, 'image-'))

  constructor() {
    mkdirSync(join(this.folder, 'blobs', 'sha256'), { recursive: true })
    writeFileSync(join(this.folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  }

  blob(mediaType: string, bytes: Uint8Array | string): Descriptor {
    const digest = digestOf(bytes)
    writeFileSync(join(this.folder, 'blobs', ...digest.split(':')), bytes)
    return { mediaType, digest, size: Buffer.from(bytes).length }
  }

  json(mediaType: string, value: unknown): Descriptor {
    return this.blob(mediaType, JSON.stringify(value))
  }

  index(entry: Descriptor): void {
    const annotations = { 'org.opencontainers.image.ref.name': '1' }
    const index = { schemaVersion: 2, manifests: [{ ...entry, annotations }] }
    writeFileSync(join(this.folder, 'index.json'), JSON.stringify(index))
  }
}

/** Two layers of random bytes: their form is nothing to a puller. */
function writeManifest(writer: Writer, architecture: string): Descriptor {
  const contents = [randomBytes(300_000), randomBytes(70_000)]
  const layers = contents.map((content) =>
    writer.blob(`${OCI}.layer.v1.tar+gzip`, gzipSync(content)),
  )
  const config = writer.json(`${OCI}.config.v1+json`, {
    architecture,
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: contents.map(digestOf) },
  })
  return writer.json(MANIFEST_TYPE, { schemaVersion: 2, mediaType: MANIFEST_TYPE, config, layers })
}

/** Makes an image of two layers. */
export function makeImage(): TestImage {
  const writer = new Writer()
  const manifest = writeManifest(writer, 'amd64')
  writer.index(manifest)
  return { folder: writer.folder, digest: manifest.digest, manifests: [manifest] }
}

/** Makes an index of two such images. */
export function makeIndex(): TestImage {
  const writer = new Writer()
  const manifests = PLATFORMS.map((architecture) => ({
    ...writeManifest(writer, architecture),
    platform: { os: 'linux', architecture },
  }))
  const index = writer.json(INDEX_TYPE, { schemaVersion: 2, mediaType: INDEX_TYPE, manifests })
  writer.index(index)
  return { folder: writer.folder, digest: index.digest, manifests }
}

/** Pushes an image with skopeo to a registry without TLS. */
export function push({ folder }: TestImage, target: string): void {
  skopeo(
    'copy',
    '--all',
    '--preserve-digests',
    '--dest-tls-verify=false',
    `oci:${folder}:1`,
    target,
  )
}

export function skopeo(...args: readonly string[]): void {
  execFileSync('skopeo', ['--insecure-policy', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** The names of a layout's blobs, each of which is checked to be what its name says. */
export function blobsOf(folder: string): string[] {
  const blobs = readdirSync(join(folder, 'blobs', 'sha256')).sort()
  for (const name of blobs) {
    const digest = digestOf(readFileSync(join(folder, 'blobs', 'sha256', name)))
    if (digest !== `sha256:${name}`) throw new Error(`${folder}: ${name} is ${digest}`)
  }
  return blobs
}
