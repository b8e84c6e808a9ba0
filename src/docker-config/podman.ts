// Podman, Skopeo and Buildah, which ask containers/image: `GetCredentials`.
import type { DockerCredentials } from './credentials.js'
import type { DockerAuthEntry, DockerConfigFormat, DockerConfigView } from './entry.js'
import { DockerConfigError, fail } from './errors.js'
import { helperEntryOf } from './helper-entry.js'
import type { Lookup, ProgramRules } from './lookup.js'
import { hostOf, normalRegistry, podmanRegistryOf } from './names.js'
import { basicOf, goPairOf } from './pair.js'

const IDENTITY_TOKEN = 'Podman exchanges the identity token for an access token'

/** containers/image's reading of names. */
export const podman: ProgramRules = Object.freeze({
  dockerHub: 'docker.io',
  registryOf: podmanRegistryOf,
  lookUp: (server: string, format: DockerConfigFormat): Lookup => {
    checkServer(server)
    return new PodmanLookup(server, format)
  },
})

function checkServer(server: string): void {
  const isUrl = server.startsWith('http://') || server.startsWith('https://')
  const slash = server.indexOf('/')
  const hasTag = slash >= 0 && server.includes(':', slash)
  if (isUrl || server.includes('@') || hasTag) {
    const expectation = 'expected a registry or a repository, without scheme, tag and digest'
    fail('unsupported-server', expectation)
  }
}

class PodmanLookup implements Lookup {
  readonly helperServer: string
  /** What a key names in whole, or by what stands before one of its slashes. */
  readonly #repository: string
  readonly #registry: string
  readonly #format: DockerConfigFormat

  constructor(server: string, format: DockerConfigFormat) {
    this.helperServer = hostOf(server)
    this.#repository = format === 'dockercfg' ? this.helperServer : server
    this.#registry = normalRegistry(this.helperServer)
    this.#format = format
  }

  takes(key: string): boolean {
    return this.#covers(key) || this.#isRegistry(key)
  }

  /** The longest name around the repository, else the first that is the registry. */
  decide(entries: readonly DockerAuthEntry[]): DockerAuthEntry | undefined {
    let longest: DockerAuthEntry | undefined
    for (const entry of entries) {
      const isLonger = longest === undefined || entry.key.length > longest.key.length
      if (isLonger && this.#covers(entry.key)) longest = entry
    }
    return longest ?? entries.find(({ key }) => this.#isRegistry(key))
  }

  find(view: DockerConfigView): DockerCredentials {
    const server = this.helperServer
    const helper = helperEntryOf(view, server)
    if (helper?.name !== undefined) {
      return { kind: 'helper', key: server, name: helper.name, server }
    }
    const entry = this.decide(view.entries)
    if (entry?.fault) throw new DockerConfigError(entry.fault)
    const pair = entry && goPairOf(entry)
    if (entry === undefined || pair === undefined) return { kind: 'none', key: entry?.key }
    const { key, identityToken } = entry
    if (identityToken) {
      const basic = basicOf(key, pair)
      return { kind: 'identity-token', key, identityToken, basic, message: IDENTITY_TOKEN }
    }
    return pair.length === 1 ? { kind: 'none', key } : basicOf(key, pair)
  }

  #covers(key: string): boolean {
    const repository = this.#repository
    return key === repository || (repository[key.length] === '/' && repository.startsWith(key))
  }

  #isRegistry(key: string): boolean {
    return podmanRegistryOf(key, this.#format) === this.#registry
  }
}
