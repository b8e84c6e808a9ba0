// `createKeychain`: the credentials that Docker's and Podman's files hold, or name a helper for.
import { custom, picklist } from 'valibot'
import { ANONYMOUS, type Credentials, credentialsOf, NO_KEYS } from '../credentials.js'
import {
  attempt,
  DockerConfigError,
  type DockerConfigPath,
  type DockerCredentials,
  type DockerProgram,
  dockerConfigPaths,
  findCredentials,
  type HelperCredentials,
  PROGRAMS,
  parseDockerConfig,
  RULES,
} from '../docker-config/index.js'
import { DOCKER_HUB, registryHost } from '../image/index.js'
import { option, optionsOf } from '../options.js'
import { askHelper } from './ask-helper.js'
import { failure } from './failure.js'
import {
  HELPER_OPTIONS,
  type HelperOptions,
  type HelperSettings,
  helperSettings,
} from './helper-options.js'
import type { Keychain, KeychainAnswer, KeychainFailure } from './keychain.js'
import { type ReadFile, readFile } from './read-file.js'

/** Options of {@link createKeychain}. */
export interface CreateKeychainOptions extends HelperOptions {
  /**
   * The program whose files, and whose rules, count. Default: `docker`, since a keychain stands for what this
   * machine is logged in with, and `docker login` is how most are. (`findCredentials` reads a file as
   * Contrast's command line does, and has `contrast`.)
   */
  readonly program?: DockerProgram
  /** Reads a file; undefined where there is none. Default: from this machine. */
  readonly readFile?: ReadFile
}

const readOptions = optionsOf('createKeychain', () => ({
  ...HELPER_OPTIONS,
  program: option(picklist(PROGRAMS), "'contrast', 'podman' or 'docker'"),
  readFile: option(
    custom<ReadFile>((value) => typeof value === 'function'),
    'a function',
  ),
}))

/**
 * Makes a keychain of Docker's and Podman's credentials files and the helpers that they name. The
 * files that the program reads are read with each question, in the program's order, until one has
 * credentials for the server. Where a file names a helper, the program `docker-credential-NAME` is run
 * with `get`, without a shell, and gets the server on its standard input; it has a limit of time, and
 * may write 1 MiB.
 *
 * @param options - See {@link CreateKeychainOptions}; only own properties count.
 * @returns A keychain, as `createRegistryFetch` takes it.
 * @throws `TypeError` if an option is unknown or of a wrong type.
 *
 * @example
 *
 * ```ts
 * import { createKeychain } from 'imagepuller-auth/keychain'
 *
 * const keychain = createKeychain({
 *   env: { HOME: '/home/user' },
 *   platform: 'linux',
 *   readFile: async () => '{ "credHelpers": { "ghcr.io": "pass" } }',
 *   run: async ({ program, stdin }) => {
 *     const stdout = new TextEncoder().encode('{ "Username": "u", "Secret": "p" }')
 *     return { kind: 'exited', exitCode: stdin === 'ghcr.io' ? 0 : 1, stdout }
 *   },
 * })
 * console.log((await keychain.credentials('ghcr.io')).kind) // basic
 * console.log((await keychain.credentials('quay.io')).kind) // anonymous
 * ```
 */
export function createKeychain(options: CreateKeychainOptions = {}): Keychain {
  const read = readOptions(options)
  const helpers = helperSettings(read)
  const { env, platform } = helpers.limits
  const program = read.program ?? 'docker'
  const paths = filesOf(program, env, platform)
  const search = new Search(program, paths, read.readFile ?? readFile, helpers)
  return Object.freeze({
    credentials: async (server: string): Promise<KeychainAnswer> => {
      if (typeof server !== 'string') {
        throw new TypeError('credentials: expected a server as a string')
      }
      return search.run(server)
    },
  })
}

/** The files that the program reads, in its order. */
function filesOf(
  program: DockerProgram,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): readonly DockerConfigPath[] {
  const uid = process.getuid?.()
  return dockerConfigPaths(env, platform, uid)
    .flatMap((file) => {
      const place = file.order[program]
      return place === undefined ? [] : [{ file, place }]
    })
    .sort((a, b) => a.place - b.place)
    .map(({ file }) => file)
}

class Search {
  readonly #program: DockerProgram
  readonly #paths: readonly DockerConfigPath[]
  readonly #readFile: ReadFile
  readonly #helpers: HelperSettings

  constructor(
    program: DockerProgram,
    paths: readonly DockerConfigPath[],
    read: ReadFile,
    helpers: HelperSettings,
  ) {
    this.#program = program
    this.#paths = paths
    this.#readFile = read
    this.#helpers = helpers
  }

  async run(server: string): Promise<KeychainAnswer> {
    // Each program asks for Docker Hub by one of its names, whichever an image has.
    const isHub = registryHost(server) === DOCKER_HUB
    const asked = isHub ? RULES[this.#program].dockerHub : server
    for (const path of this.#paths) {
      const found = await this.#lookUp(path, asked)
      const answer = await this.#answer(found)
      if (answer !== undefined) return answer
    }
    return ANONYMOUS
  }

  async #lookUp(
    { path, format }: DockerConfigPath,
    server: string,
  ): Promise<DockerCredentials | KeychainFailure | undefined> {
    const text = await this.#read(path)
    if (text === undefined || isFailure(text)) return text
    const config = attempt(() => parseDockerConfig(text, { format }))
    if (config instanceof DockerConfigError) {
      return failure('invalid-file', `${path} can't be read: ${config.message}`)
    }
    const found = attempt(() => findCredentials(config, server, { program: this.#program }))
    if (!(found instanceof DockerConfigError)) return found
    return failure('invalid-credentials', `${path} can't be used: ${found.message}`)
  }

  async #read(path: string): Promise<string | Uint8Array | KeychainFailure | undefined> {
    let text: unknown
    try {
      text = await this.#readFile(path)
    } catch {
      return failure('unreadable-file', `${path} is there, and can't be opened`)
    }
    if (text === undefined || typeof text === 'string' || text instanceof Uint8Array) return text
    throw new TypeError('readFile: expected a string or a Uint8Array, or undefined for no file')
  }

  /** The credentials of what was found; undefined where another file may have some. */
  async #answer(
    found: DockerCredentials | KeychainFailure | undefined,
  ): Promise<KeychainAnswer | undefined> {
    if (found === undefined || found.kind === 'none') return undefined
    if (found.kind === 'failure') return found
    if (found.kind !== 'helper') return ofFile(found)
    const answer = await askHelper(found.name, found.server, this.#helpers)
    if (answer.kind === 'failure') return answer
    return answer.kind === 'none' ? undefined : ofHelper(answer)
  }
}

function isFailure(text: string | Uint8Array | KeychainFailure): text is KeychainFailure {
  return typeof text === 'object' && !(text instanceof Uint8Array)
}

/** Docker's file as a rule's keys: `auth` is the pair as it stands. */
function ofFile(
  found: Exclude<DockerCredentials, { readonly kind: 'none' | 'helper' }>,
): Credentials {
  if (found.kind === 'basic') return credentialsOf({ ...NO_KEYS, auth: found.encoded })
  const auth = found.basic?.encoded
  if (found.kind === 'registry-token') {
    return credentialsOf({ ...NO_KEYS, auth, registryToken: found.registryToken })
  }
  return credentialsOf({ ...NO_KEYS, auth, identityToken: found.identityToken })
}

function ofHelper(answer: Exclude<HelperCredentials, { readonly kind: 'none' }>): Credentials {
  if (answer.kind === 'identity-token') {
    return credentialsOf({ ...NO_KEYS, identityToken: answer.identityToken })
  }
  const { username, password } = answer
  return credentialsOf({ ...NO_KEYS, username, password })
}
