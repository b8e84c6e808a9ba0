// The digest, which pins an image's content.
import { fail } from './error.js'

/** 64 digits, written out: for `{64}` V8 counts at each of them, and takes twice the time. */
const HASH_DIGITS = '[0-9a-f]'.repeat(64)

const DIGEST = new RegExp(`^sha256:${HASH_DIGITS}$`)

const HASH = new RegExp(`^${HASH_DIGITS}$`)

/** The digest behind the "@" at that place. */
export function readDigest(text: string, at: number): string {
  const digest = text.slice(at + 1)
  if (DIGEST.test(digest)) return digest
  // A slash can only follow the "@" if what precedes it is meant as user info.
  if (digest.includes('/')) {
    fail(
      'registry',
      'user-info',
      'leave out the user info; credentials belong in the configuration',
    )
  }
  fail('digest', 'invalid-grammar', 'expected "sha256:" and 64 lower-case hexadecimal digits')
}

/**
 * Refuses what is the id of an image on this machine and no name: `sha256:` and 64 hexadecimal digits,
 * or these alone. As a name it would be one on Docker Hub, where such an image is anybody's.
 */
export function refuseImageId(text: string): void {
  if (!(text.length === 71 && DIGEST.test(text)) && !(text.length === 64 && HASH.test(text))) return
  fail(
    'reference',
    'image-id',
    'this is the id of a local image, which no registry knows; write REGISTRY/REPOSITORY@sha256:…, with the digest of the repository',
  )
}
