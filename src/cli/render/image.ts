// An image reference as a message may show it.

import { imageWithoutUserInfo } from '../../text/index.js'
import { printable } from './printable.js'

/** The reference without user info, and without what rewrites the terminal. */
export function withoutSecrets(reference: string): string {
  return printable(imageWithoutUserInfo(reference))
}
