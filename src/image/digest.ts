// The digest, which pins an image's content.
import { HEX, isA } from './characters.js'
import { fail } from './error.js'

const DIGEST_PREFIX = 'sha256:'

const HASH_LENGTH = 64

const DIGEST_LENGTH = DIGEST_PREFIX.length + HASH_LENGTH

/** The digest behind the "@" at that place. */
export function readDigest(text: string, at: number): string {
  // A slash can only follow the "@" if what precedes it is meant as user info.
  if (text.includes('/', at)) {
    fail(
      'registry',
      'user-info',
      'leave out the user info; credentials belong in the configuration',
    )
  }
  const digest = text.slice(at + 1)
  if (!isDigest(digest)) {
    fail('digest', 'invalid-grammar', 'expected "sha256:" and 64 lower-case hexadecimal digits')
  }
  return digest
}

/**
 * Refuses what is the id of an image on this machine and no name: `sha256:` and 64 hexadecimal digits,
 * or these alone. As a name it would be one on Docker Hub, where such an image is anybody's.
 */
export function refuseImageId(text: string): void {
  if (text.length === HASH_LENGTH ? !isHash(text, 0) : !isDigest(text)) return
  fail(
    'reference',
    'image-id',
    'this is the id of a local image, which no registry knows; write REGISTRY/REPOSITORY@sha256:…, with the digest of the repository',
  )
}

function isDigest(text: string): boolean {
  const isLong = text.length === DIGEST_LENGTH && text.startsWith(DIGEST_PREFIX)
  return isLong && isHash(text, DIGEST_PREFIX.length)
}

function isHash(text: string, start: number): boolean {
  for (let i = start; i < text.length; i++) {
    if (!isA(HEX, text.charCodeAt(i))) return false
  }
  return true
}
