// An image reference as a message may show it.

import { imageWithoutUserInfo, printable } from '../../text/index.js'

/** The reference without user info, and without what rewrites the terminal. */
export function withoutSecrets(reference: string): string {
  return printable(imageWithoutUserInfo(reference))
}
