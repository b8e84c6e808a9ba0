// Contrast's command line, which asks the docker_credential crate: `get_credential_from_reader`.
import type { DockerCredentials } from './credentials.js'
import type { DockerAuthEntry, DockerConfigView } from './entry.js'
import { DockerConfigError } from './errors.js'
import { helperEntryOf } from './helper-entry.js'
import type { Lookup, ProgramRules } from './lookup.js'
import { normalRegistry, registryOfUrl } from './names.js'
import { basicOf, rustPairOf } from './pair.js'

const IDENTITY_TOKEN =
  "Contrast's command line can't use an identity token and pulls anonymously; log in with a user name and a password, or an access token as the password (docker login -u USER), so that the entry holds auth alone"

/** The crate's reading of names. */
export const contrast: ProgramRules = Object.freeze({
  dockerHub: 'index.docker.io',
  registryOf: registryOfUrl,
  lookUp: (server: string): Lookup => new ContrastLookup(server),
})

class ContrastLookup implements Lookup {
  readonly helperServer: string
  readonly #registry: string

  constructor(server: string) {
    this.helperServer = server
    this.#registry = normalRegistry(server)
  }

  takes(key: string): boolean {
    return key === this.helperServer || registryOfUrl(key) === this.#registry
  }

  decide(entries: readonly DockerAuthEntry[]): DockerAuthEntry | undefined {
    const named = entries.find(({ key }) => key === this.helperServer)
    return named ?? entries.find(({ key }) => registryOfUrl(key) === this.#registry)
  }

  find(view: DockerConfigView): DockerCredentials {
    const server = this.helperServer
    const helper = helperEntryOf(view, server)
    if (helper?.name !== undefined) {
      return { kind: 'helper', key: server, name: helper.name, server }
    }
    const entry = this.decide(view.entries)
    if (entry?.fault) throw new DockerConfigError(entry.fault)
    if (entry?.identityToken) {
      const { key, identityToken } = entry
      return {
        kind: 'identity-token',
        key,
        identityToken,
        basic: undefined,
        message: IDENTITY_TOKEN,
      }
    }
    if (entry?.auth) return basicOf(entry.key, rustPairOf(entry, entry.auth))
    const { credsStore: name } = view
    if (name !== undefined) return { kind: 'helper', key: 'credsStore', name, server }
    return { kind: 'none', key: entry?.key }
  }
}
