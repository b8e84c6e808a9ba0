// The look-up of a server's credentials, as one of three programs does it.
import { picklist } from 'valibot'
import { option, optionsOf } from '../options.js'
import { contrast } from './contrast.js'
import type { DockerCredentials } from './credentials.js'
import { docker } from './docker.js'
import { type DockerConfig, dockerConfigs } from './entry.js'
import type { ProgramRules } from './lookup.js'
import { podman } from './podman.js'
import { type DockerProgram, PROGRAMS } from './program.js'

/** Options of {@link findCredentials}. */
export interface FindCredentialsOptions {
  /**
   * The program whose rules count. Default: `contrast`, the command line of Contrast: a file is mostly asked
   * for what that takes from it. (`createKeychain` stands for the machine's own log-ins, and has `docker`.)
   */
  readonly program?: DockerProgram
}

/** How each program reads names. */
export const RULES: Readonly<Record<DockerProgram, ProgramRules>> = Object.freeze({
  contrast,
  podman,
  docker,
})

const readOptions = optionsOf('findCredentials', () => ({
  program: option(picklist(PROGRAMS), "'contrast', 'podman' or 'docker'"),
}))

/**
 * Finds what a program takes from a credentials file for a server, exactly as it does: the programs
 * differ, and people are hurt by the difference.
 *
 * - `contrast`: the member of `credHelpers` with that very name; else the entry of `auths` with that
 *   very name, or the first whose URL's host, or name, is the server, Docker Hub's names being one;
 *   in it `identitytoken` before `auth`; else `credsStore`.
 * - `podman`: the member of `credHelpers` for the registry; else the entry with the longest name that
 *   is the server or a repository around it; else the first whose URL's host is the registry.
 * - `docker`: the member of `credHelpers` with that very name, else `credsStore`; without either, the
 *   entry with that very name, or the first whose host is the server. Docker Hub has the one name
 *   `https://index.docker.io/v1/`, by whichever of `docker.io` and `index.docker.io` it is asked for.
 *
 * @param config - What `parseDockerConfig` or `readDockerConfig` gave.
 * @param server - A registry, for Podman also a repository, as the program would ask for it.
 * @param options - See {@link FindCredentialsOptions}; only own properties count.
 * @returns What was found, frozen.
 * @throws `DockerConfigError` where the program fails: `auth` of the entry in question is broken, the
 *   file has the wrong structure, or Podman is asked for a URL.
 * @throws `TypeError` if an argument is of the wrong type, or an option is unknown.
 *
 * @example
 *
 * ```ts
 * import { findCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "quay.io/acme": { "auth": "dTpw" } } }')
 * console.log(findCredentials(config, 'quay.io/acme/app', { program: 'podman' }).kind) // basic
 * console.log(findCredentials(config, 'quay.io', { program: 'docker' }).kind) // basic
 * console.log(findCredentials(config, 'quay.io').kind) // none
 * ```
 */
export function findCredentials(
  config: DockerConfig,
  server: string,
  options: FindCredentialsOptions = {},
): DockerCredentials {
  checkLookup('findCredentials', config, server)
  const { program = 'contrast' } = readOptions(options)
  return Object.freeze(RULES[program].lookUp(server, config.format).find(config[program]))
}

/** What every look-up expects. */
export function checkLookup(caller: string, config: unknown, server: unknown): void {
  if (!dockerConfigs.has(config)) {
    throw new TypeError(`${caller}: expected what parseDockerConfig gave`)
  }
  if (typeof server !== 'string') throw new TypeError(`${caller}: expected a server as a string`)
}
