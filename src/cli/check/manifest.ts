// A manifest as a registry sends it: its digest, its platforms, and the first of its layers.

import { createHash } from 'node:crypto'
import { decodeUtf8, parseJson } from '../../text/index.js'
import type { ShownManifest } from '../step.js'

/** What a registry may answer a request for a manifest with. */
export const ACCEPT: string = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

/** The distribution specification asks registries to take manifests of at least 4 MiB. */
export const MAX_MANIFEST: number = 4 * 1024 * 1024

/** A manifest, read. */
export interface Manifest {
  readonly shown: ShownManifest
  /** What an index leads to: the manifest for the guest's platform, or the first one. */
  readonly next: string | undefined
  /** How many layers there are, and the first one's digest. */
  readonly layers: { readonly count: number; readonly first: string | undefined } | undefined
}

const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/
const WORD = /^[A-Za-z0-9._-]{1,32}$/
const MEDIA_TYPE = /^application\/[a-z0-9.+-]{1,100}$/

/** Contrast's guests run on this platform. */
const GUEST = 'linux/amd64'

/**
 * Reads a manifest; a sentence says what is wrong with it.
 *
 * @param digest - The digest that the image names, or that the index gave.
 */
export function readManifest(bytes: Uint8Array, digest: string | undefined): Manifest | string {
  const actual = digestOf(bytes, digest?.startsWith('sha512:') ? 'sha512' : 'sha256')
  if (digest !== undefined && digest !== actual) {
    return `what it sends has the digest ${actual}, and not the one that was asked for`
  }
  const document = parse(bytes)
  if (document === undefined) return 'what it sends is no manifest, which would be a JSON object'
  const manifests = listIn(document, 'manifests')
  const layers = listIn(document, 'layers')
  if (manifests === undefined && layers === undefined) {
    return 'what it sends has neither layers nor manifests: an old schema, or no image'
  }
  const type = memberOf(document, 'mediaType')
  const mediaType = typeof type === 'string' && MEDIA_TYPE.test(type) ? type : undefined
  const entries = (manifests ?? []).flatMap((entry) => entryOf(entry) ?? [])
  const platforms = entries.map(({ platform }) => platform)
  return {
    shown: { digest: actual, mediaType, platforms },
    next: (entries.find(({ platform }) => platform === GUEST) ?? entries[0])?.digest,
    layers: layers && { count: layers.length, first: digestIn(layers[0]) },
  }
}

function digestOf(bytes: Uint8Array, algorithm: string): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
}

function parse(bytes: Uint8Array): object | undefined {
  const value = parseJson(decodeUtf8(bytes) ?? '')
  return typeof value === 'object' && value !== null ? value : undefined
}

/** An own member: the document is a server's. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

function listIn(document: object, name: string): readonly unknown[] | undefined {
  const list = memberOf(document, name)
  return Array.isArray(list) ? list : undefined
}

function digestIn(descriptor: unknown): string | undefined {
  const digest = memberOf(descriptor, 'digest')
  return typeof digest === 'string' && DIGEST.test(digest) ? digest : undefined
}

/** An entry of an index for a platform; attestations have `unknown/unknown`. */
function entryOf(
  entry: unknown,
): { readonly platform: string; readonly digest: string } | undefined {
  const platform = memberOf(entry, 'platform')
  const digest = digestIn(entry)
  const words = ['os', 'architecture', 'variant'].map((name) => memberOf(platform, name))
  const [os, architecture] = words
  if (digest === undefined || os === 'unknown' || architecture === undefined) return undefined
  const shown = words.filter((word) => typeof word === 'string' && WORD.test(word))
  return shown.length < 2 ? undefined : { platform: shown.join('/'), digest }
}
