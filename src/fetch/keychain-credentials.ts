// What a keychain has for registries that no rule applies to. A helper is a process of its own, so it
// is asked once for all requests that wait, and again only after a while, or after a refusal.
import type { Credentials } from '../credentials.js'
import { copyCredentials } from '../handshake/index.js'
import { authorityOf } from '../image/index.js'
import type { Keychain, KeychainAnswer } from '../keychain/keychain.js'
import type { Resolution } from '../resolve/index.js'
import type { Signal } from '../transport/index.js'
import { BoundedMap } from './bounded-map.js'
import { FetchFault } from './fetch-fault.js'
import { SharedWork } from './shared-work.js'

/** In milliseconds. Helpers of clouds give credentials that end within hours. */
const LIFETIME = 60_000

interface Kept {
  readonly credentials: Credentials
  readonly until: number
}

/** The credentials of one keychain. */
export class KeychainCredentials {
  readonly #keychain: Keychain | undefined
  readonly #now: () => number
  readonly #kept = new BoundedMap<Kept>()
  readonly #work = new SharedWork<Credentials>()

  constructor(keychain: Keychain | undefined, now: () => number) {
    this.#keychain = keychain
    this.#now = now
  }

  /** The credentials for the image's registry; undefined where a rule says what they are. */
  async for(
    { rule, image }: Resolution,
    signal: Signal | undefined,
  ): Promise<Credentials | undefined> {
    const keychain = this.#keychain
    if (rule !== undefined || keychain === undefined) return undefined
    const server = authorityOf(image)
    const kept = this.#kept.get(server)
    if (kept !== undefined && kept.until > this.#now()) return kept.credentials
    return this.#work.join(server, () => this.#ask(keychain, server), signal)
  }

  /** A registry has refused what was sent: the next request asks anew. */
  forget({ image }: Resolution): void {
    this.#kept.delete(authorityOf(image))
  }

  async #ask(keychain: Keychain, server: string): Promise<Credentials> {
    const answer = await answerOf(keychain, server)
    if (answer?.kind === 'failure') {
      const message = `the keychain has no credentials for ${server}: ${answer.message}`
      throw new FetchFault('challenge', message)
    }
    const credentials = copyCredentials(answer)
    if (credentials === undefined) {
      const expected = 'credentials as a resolution has them, each value a Secret, or a failure'
      throw new TypeError(`createRegistryFetch: expected the keychain to give ${expected}`)
    }
    this.#kept.set(server, { credentials, until: this.#now() + LIFETIME })
    return credentials
  }
}

/** What it answers, which is anything where the caller made it. */
async function answerOf(keychain: Keychain, server: string): Promise<KeychainAnswer | undefined> {
  try {
    return await keychain.credentials(server)
  } catch {
    // What it threw may hold what a helper said.
    throw new FetchFault('challenge', `the keychain failed for ${server}`)
  }
}
