/** Who reads a credentials file, or why it is a candidate besides. */
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
  readonly programs: readonly ('contrast' | 'podman')[]
  /** How to read it: the option of `parseDockerConfig`. */
  readonly format: 'config' | 'dockercfg'
}

/** The operating system, as `process.platform` names it. */
export type Platform = string

/** A process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Lists the files to look for credentials in, in this order; each path once.
 *
 * First what Contrast's command line reads: `DOCKER_CONFIG`, which the docker_credential crate takes
 * for a folder, and which the guide's script sets to a file; Docker's own file; Podman's. Then the
 * others that Podman reads.
 *
 * @param env - The process's environment; only own properties count.
 * @param platform - The operating system, as `process.platform` names it.
 * @param uid - The user's number, for Podman's folder on Linux where `XDG_RUNTIME_DIR` is unset.
 *
 * @example
 *
 * ```ts
 * import { dockerConfigPaths } from 'imagepuller-auth/docker-config'
 *
 * const [first] = dockerConfigPaths({ HOME: '/home/user' }, 'linux')
 * console.log(first?.path) // /home/user/.docker/config.json
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
  const candidates = [...contrastFiles(places), ...podmanFiles(places)]
  const files = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const known = files.get(candidate.path)
    const programs = [...new Set([...(known?.programs ?? []), ...candidate.programs])]
    files.set(candidate.path, { ...(known ?? candidate), programs })
  }
  const paths = [...files.values()].map((file) =>
    Object.freeze({ ...file, programs: Object.freeze(file.programs) }),
  )
  return Object.freeze(paths)
}

type Candidate = DockerConfigPath

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
  const variable = (name: string): string | undefined =>
    (Object.hasOwn(env, name) ? env[name] : undefined) || undefined
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

type Programs = Candidate['programs']

/** `get_credential` of the crate, then its `get_podman_credential`. */
function* contrastFiles(places: Places): Generator<Candidate> {
  const { dockerConfig, authFile, runtime, home, isLinux, join } = places
  const programs: Programs = ['contrast']
  const format = 'config'
  if (dockerConfig !== undefined) {
    yield { path: dockerConfig, reason: 'DOCKER_CONFIG as a file', programs: [], format }
    yield { path: join(dockerConfig, 'config.json'), reason: 'DOCKER_CONFIG', programs, format }
  } else if (home !== undefined) {
    yield { path: join(home, '.docker/config.json'), reason: 'the home folder', programs, format }
  }
  if (authFile !== undefined) {
    yield { path: authFile, reason: 'REGISTRY_AUTH_FILE', programs, format }
    return
  }
  if (isLinux && runtime !== undefined) {
    const path = join(runtime, 'containers/auth.json')
    yield { path, reason: 'XDG_RUNTIME_DIR', programs, format }
  } else if (!isLinux && home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', programs, format }
  }
  if (isLinux && runtime === undefined) return
  if (dockerConfig !== undefined) {
    const path = join(dockerConfig, 'containers/auth.json')
    yield { path, reason: 'DOCKER_CONFIG', programs, format }
  } else if (home !== undefined) {
    const path = join(home, '.docker/containers/auth.json')
    yield { path, reason: 'the home folder', programs, format }
  }
}

function* podmanFiles(places: Places): Generator<Candidate> {
  const { dockerConfig, authFile, runtime, userRuntime, configHome, home, isLinux, join } = places
  const programs: Programs = ['podman']
  const format = 'config'
  if (authFile !== undefined) {
    yield { path: authFile, reason: 'REGISTRY_AUTH_FILE', programs, format }
  } else if (isLinux && runtime !== undefined) {
    const path = join(runtime, 'containers/auth.json')
    yield { path, reason: 'XDG_RUNTIME_DIR', programs, format }
  } else if (userRuntime !== undefined) {
    const path = join(userRuntime, 'auth.json')
    yield { path, reason: 'the runtime folder of the user', programs, format }
  } else if (!isLinux && home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', programs, format }
  }
  if (configHome !== undefined) {
    const path = join(configHome, 'containers/auth.json')
    yield { path, reason: 'XDG_CONFIG_HOME', programs, format }
  } else if (home !== undefined) {
    const path = join(home, '.config/containers/auth.json')
    yield { path, reason: 'the home folder', programs, format }
  }
  if (dockerConfig !== undefined) {
    yield { path: join(dockerConfig, 'config.json'), reason: 'DOCKER_CONFIG', programs, format }
  } else if (home !== undefined) {
    yield { path: join(home, '.docker/config.json'), reason: 'the home folder', programs, format }
  }
  if (home !== undefined) {
    const reason = 'the home folder, legacy format'
    yield { path: join(home, '.dockercfg'), reason, programs, format: 'dockercfg' }
  }
}
