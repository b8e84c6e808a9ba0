// The files in which each program looks for credentials, in its own order.
import type { Environment } from '../proxy/index.js'
import { type DockerProgram, PROGRAMS } from './program.js'

/** What makes a file a candidate. */
export type DockerConfigPathReason =
  | 'DOCKER_CONFIG as a file'
  | 'DOCKER_CONFIG'
  | 'REGISTRY_AUTH_FILE'
  | 'XDG_RUNTIME_DIR'
  | 'the runtime folder of the user'
  | 'XDG_CONFIG_HOME'
  | 'the home folder'
  | 'the home folder, legacy format'

/** A file that may hold credentials. */
export interface DockerConfigPath {
  /** The file's path, as the variables have it: absolute if they are. */
  readonly path: string
  /** What makes it a candidate. */
  readonly reason: DockerConfigPathReason
  /** The programs that read it; empty for one that only the guide's script expects to be read. */
  readonly programs: readonly DockerProgram[]
  /** The file's place among those that each program tries, from 1; undefined for a program that doesn't read it. */
  readonly order: Readonly<Record<DockerProgram, number | undefined>>
  /** How to read it: the option of `parseDockerConfig`. */
  readonly format: 'config' | 'dockercfg'
}

/** The operating system, as `process.platform` names it. */
export type Platform = string

/**
 * Lists the files to look for credentials in, in this order; each path once for each format.
 *
 * First what Contrast's command line reads: `DOCKER_CONFIG`, which the docker_credential crate takes
 * for a folder, and which the guide's script sets to a file; Docker's own file; Podman's. Then the
 * others that Podman reads. Podman's own order is another one: `order` has it.
 *
 * @param env - The process's environment; only own properties count.
 * @param platform - The operating system, as `process.platform` names it.
 * @param uid - The user's number, for Podman's folder on Linux where `XDG_RUNTIME_DIR` is unset.
 * @throws `TypeError` if the environment is no object, or the platform no string.
 *
 * @example
 *
 * ```ts
 * import { dockerConfigPaths } from 'imagepuller-auth/docker-config'
 *
 * const [first] = dockerConfigPaths({ HOME: '/home/user' }, 'linux')
 * console.log(first?.path, first?.programs.join()) // /home/user/.docker/config.json contrast,podman,docker
 * ```
 */
export function dockerConfigPaths(
  env: Environment,
  platform: Platform,
  uid?: number,
): readonly DockerConfigPath[] {
  if (typeof env !== 'object' || env === null || typeof platform !== 'string') {
    throw new TypeError('dockerConfigPaths: expected an environment and a platform')
  }
  const places = readPlaces(env, platform, uid)
  const guide = guideFiles(places)
  const contrast = listOf(contrastFiles(places))
  const podman = listOf(podmanFiles(places))
  const docker = listOf(dockerFiles(places))
  const all = listOf([...guide, ...contrast.values(), ...podman.values(), ...docker.values()])
  const paths = [...all].map(([key, file]) => {
    const order = {
      contrast: placeIn(contrast, key),
      podman: placeIn(podman, key),
      docker: placeIn(docker, key),
    }
    const programs = PROGRAMS.filter((program) => order[program] !== undefined)
    return Object.freeze({
      ...file,
      programs: Object.freeze(programs),
      order: Object.freeze(order),
    })
  })
  return Object.freeze(paths)
}

type Candidate = Pick<DockerConfigPath, 'path' | 'reason' | 'format'>

/** Each file where it comes first. The same path in another format is another file to read. */
function listOf(candidates: Iterable<Candidate>): ReadonlyMap<string, Candidate> {
  const files = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const key = `${candidate.format} ${candidate.path}`
    if (!files.has(key)) files.set(key, candidate)
  }
  return files
}

function placeIn(files: ReadonlyMap<string, Candidate>, key: string): number | undefined {
  const index = [...files.keys()].indexOf(key)
  return index < 0 ? undefined : index + 1
}

interface Places {
  readonly dockerConfig: string | undefined
  readonly authFile: string | undefined
  readonly runtime: string | undefined
  readonly userRuntime: string | undefined
  readonly configHome: string | undefined
  readonly home: string | undefined
  readonly isLinux: boolean
  join(folder: string, file: string): string
}

function readPlaces(env: Environment, platform: Platform, uid: number | undefined): Places {
  const variable = (name: string): string | undefined => {
    const value: unknown = Object.hasOwn(env, name) ? env[name] : undefined
    if (value === undefined || value === '') return undefined
    if (typeof value === 'string') return value
    throw new TypeError(`dockerConfigPaths: expected ${name} of env to be a string`)
  }
  const isWindows = platform === 'win32'
  const isLinux = platform === 'linux'
  return {
    dockerConfig: variable('DOCKER_CONFIG'),
    authFile: variable('REGISTRY_AUTH_FILE'),
    runtime: variable('XDG_RUNTIME_DIR'),
    userRuntime: isLinux && uid !== undefined ? `/run/containers/${uid}` : undefined,
    configHome: variable('XDG_CONFIG_HOME'),
    home: (isWindows ? variable('USERPROFILE') : undefined) ?? variable('HOME'),
    isLinux,
    join: (folder, file) => joinPath(folder, file, isWindows ? '\\' : '/'),
  }
}

function joinPath(folder: string, file: string, separator: string): string {
  const end = folder.endsWith(separator) ? folder.length - 1 : folder.length
  return [folder.slice(0, end), ...file.split('/')].join(separator)
}

/** What the guide's script takes `DOCKER_CONFIG` for. */
function guideFiles({ dockerConfig }: Places): readonly Candidate[] {
  if (dockerConfig === undefined) return []
  return [{ path: dockerConfig, reason: 'DOCKER_CONFIG as a file', format: 'config' }]
}

/** Docker's command line has one file (`config.Dir` of docker/cli), into which the others look as well. */
function* dockerFiles({ dockerConfig, home, join }: Places): Generator<Candidate> {
  const format = 'config'
  if (dockerConfig !== undefined) {
    yield { path: join(dockerConfig, 'config.json'), reason: 'DOCKER_CONFIG', format }
  } else if (home !== undefined) {
    yield { path: join(home, '.docker/config.json'), reason: 'the home folder', format }
  }
}

/** `get_credential` of the crate, then its `get_podman_credential`. */
function* contrastFiles(places: Places): Generator<Candidate> {
  const { dockerConfig, authFile, runtime, home, isLinux, join } = places
  const format = 'config'
  yield* dockerFiles(places)
  if (authFile !== undefined) {
    yield { path: authFile, reason: 'REGISTRY_AUTH_FILE', format }
    return
  }
  if (isLinux && runtime !== undefined) {
    const path = join(runtime, 'containers/auth.json')
    yield { path, reason: 'XDG_RUNTIME_DIR', format }
  } else if (!isLinux && home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', format }
  }
  if (isLinux && runtime === undefined) return
  if (dockerConfig !== undefined) {
    const path = join(dockerConfig, 'containers/auth.json')
    yield { path, reason: 'DOCKER_CONFIG', format }
  } else if (home !== undefined) {
    const path = join(home, '.docker/containers/auth.json')
    yield { path, reason: 'the home folder', format }
  }
}

/**
 * Podman takes `REGISTRY_AUTH_FILE`, else `DOCKER_CONFIG`, for the file that was named on its command
 * line (`GetDefaultAuthFile` of containers/common), and a named file stands for the one of the runtime
 * folder; the others follow (`getAuthFilePaths` of containers/image).
 */
function* podmanFiles(places: Places): Generator<Candidate> {
  const { dockerConfig, authFile, runtime, userRuntime, configHome, home, isLinux, join } = places
  const format = 'config'
  if (authFile !== undefined) {
    yield { path: authFile, reason: 'REGISTRY_AUTH_FILE', format }
  } else if (dockerConfig !== undefined) {
    yield { path: join(dockerConfig, 'config.json'), reason: 'DOCKER_CONFIG', format }
  } else if (isLinux && runtime !== undefined) {
    const path = join(runtime, 'containers/auth.json')
    yield { path, reason: 'XDG_RUNTIME_DIR', format }
  } else if (userRuntime !== undefined) {
    const path = join(userRuntime, 'auth.json')
    yield { path, reason: 'the runtime folder of the user', format }
  } else if (!isLinux && home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', format }
  }
  if (configHome !== undefined) {
    const path = join(configHome, 'containers/auth.json')
    yield { path, reason: 'XDG_CONFIG_HOME', format }
  } else if (home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', format }
  }
  yield* dockerFiles(places)
  if (home !== undefined) {
    const reason = 'the home folder, legacy format'
    yield { path: join(home, '.dockercfg'), reason, format: 'dockercfg' }
  }
}
