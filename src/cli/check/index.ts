// A pull's steps made for real, but the pulling.

export { type Checking, checkImage } from './check-image.js'
export { readDetours } from './connect-to.js'
export { deadlineOf } from './deadline.js'
export type { Audience } from './journal.js'
export { SentSecrets } from './sent-secrets.js'
