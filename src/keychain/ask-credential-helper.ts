// `askCredentialHelper`: one helper, asked for one server.
import type { HelperCredentials } from '../docker-config/index.js'
import { optionsOf } from '../options.js'
import { askHelper } from './ask-helper.js'
import { HELPER_OPTIONS, type HelperOptions, helperSettings } from './helper-options.js'
import type { KeychainFailure } from './keychain.js'

/** Options of {@link askCredentialHelper}. */
export interface AskCredentialHelperOptions extends HelperOptions {}

const readOptions = optionsOf('askCredentialHelper', () => HELPER_OPTIONS)

/**
 * Runs a credential helper with `get`, as a keychain does, and gives what it has for a server: the
 * `answers` of `fromDockerConfig`.
 *
 * @param name - The helper's name, `X` for the program `docker-credential-X`.
 * @param server - What it is asked for.
 * @param options - See {@link AskCredentialHelperOptions}; only own properties count.
 * @throws `TypeError` if an argument is of the wrong type, or an option unknown.
 *
 * @example
 *
 * ```ts
 * import { askCredentialHelper } from 'imagepuller-auth/keychain'
 *
 * const answer = await askCredentialHelper('nowhere', 'ghcr.io', { env: { PATH: '/bin' } })
 * if (answer.kind === 'failure') console.log(answer.code, answer.message)
 * // helper-not-found no folder of PATH has the program docker-credential-nowhere
 * ```
 */
export async function askCredentialHelper(
  name: string,
  server: string,
  options: AskCredentialHelperOptions = {},
): Promise<HelperCredentials | KeychainFailure> {
  if (typeof name !== 'string' || typeof server !== 'string') {
    throw new TypeError('askCredentialHelper: expected a name and a server as strings')
  }
  return askHelper(name, server, helperSettings(readOptions(options)))
}
