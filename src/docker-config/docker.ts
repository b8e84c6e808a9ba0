// Docker's own command line: `ConfigFile.GetAuthConfig` of docker/cli.
import { Secret } from '../secret.js'
import { encodeBase64 } from '../text/index.js'
import type { BasicDockerCredentials, DockerCredentials } from './credentials.js'
import type { DockerAuthEntry, DockerConfigView } from './entry.js'
import { DockerConfigError } from './errors.js'
import { helperEntryOf } from './helper-entry.js'
import type { Lookup, ProgramRules } from './lookup.js'
import { dockerRegistryOf } from './names.js'
import { basicOf, goPairOf, hasNoUser, throwBrokenAuth } from './pair.js'

/** The one name by which Docker's command line keeps its Hub's credentials. */
const HUB = 'https://index.docker.io/v1/'

const IDENTITY_TOKEN = 'Docker exchanges the identity token for an access token'

/** Docker's reading of names. */
export const docker: ProgramRules = Object.freeze({
  dockerHub: 'docker.io',
  registryOf: (key: string): string => {
    const registry = dockerRegistryOf(key)
    return registry === 'docker.io' ? 'index.docker.io' : registry
  },
  lookUp: (server: string): Lookup => new DockerLookup(server),
})

class DockerLookup implements Lookup {
  readonly helperServer: string

  constructor(server: string) {
    const isHub = server === 'docker.io' || server === 'index.docker.io'
    this.helperServer = isHub ? HUB : server
  }

  takes(key: string): boolean {
    return key === this.helperServer || dockerRegistryOf(key) === this.helperServer
  }

  decide(entries: readonly DockerAuthEntry[]): DockerAuthEntry | undefined {
    const named = entries.find(({ key }) => key === this.helperServer)
    return named ?? entries.find(({ key }) => dockerRegistryOf(key) === this.helperServer)
  }

  find(view: DockerConfigView): DockerCredentials {
    const server = this.helperServer
    const helper = helperEntryOf(view, server)
    // Docker decodes the entries as it reads the file, before any helper is asked.
    const content = contentOf(this.decide(view.entries))
    // An empty helper keeps the store from being asked for this server.
    const name = helper === undefined || server === '' ? view.credsStore : helper.name
    if (name !== undefined) {
      return { kind: 'helper', key: helper ? server : 'credsStore', name, server }
    }
    return content
  }
}

function contentOf(entry: DockerAuthEntry | undefined): DockerCredentials {
  if (entry === undefined) return { kind: 'none', key: undefined }
  if (entry.fault) throw new DockerConfigError(entry.fault)
  const { key, identityToken, registryToken } = entry
  const basic = pairOf(entry)
  if (registryToken) return { kind: 'registry-token', key, registryToken, basic }
  if (identityToken) {
    return { kind: 'identity-token', key, identityToken, basic, message: IDENTITY_TOKEN }
  }
  return basic ?? { kind: 'none', key }
}

/** `auth` replaces both members; without it, either of them is enough. */
function pairOf(entry: DockerAuthEntry): BasicDockerCredentials | undefined {
  const { key, auth, username, password } = entry
  if (auth) {
    const pair = goPairOf(entry)
    if (pair === undefined || hasNoUser(pair)) return throwBrokenAuth(entry)
    return basicOf(key, pair)
  }
  if (!username && !password) return undefined
  const [name, word] = [username ?? new Secret(''), password ?? new Secret('')]
  const encoded = encodeBase64(new TextEncoder().encode(`${name.reveal()}:${word.reveal()}`))
  return Object.freeze({
    kind: 'basic',
    key,
    username: name,
    password: word,
    encoded: new Secret(encoded),
  })
}
