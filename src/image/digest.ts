import { HEX, isA } from './characters.js'
import { fail } from './error.js'

const DIGEST_PREFIX = 'sha256:'

const DIGEST_LENGTH = DIGEST_PREFIX.length + 64

export function readDigest(text: string, at: number): string {
  // A slash can only follow the "@" if what precedes it is meant as user info.
  if (text.includes('/', at)) {
    fail(
      'registry',
      'user-info',
      'leave out the user info; credentials belong into the configuration',
    )
  }
  const digest = text.slice(at + 1)
  let valid = digest.length === DIGEST_LENGTH && digest.startsWith(DIGEST_PREFIX)
  for (let i = DIGEST_PREFIX.length; valid && i < DIGEST_LENGTH; i++) {
    valid = isA(HEX, digest.charCodeAt(i))
  }
  if (!valid) {
    fail('digest', 'invalid-grammar', 'expected "sha256:" and 64 lower-case hexadecimal digits')
  }
  return digest
}
