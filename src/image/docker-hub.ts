// The names of Docker Hub's registry, here and nowhere else.

/** Docker Hub's host, for which `docker.io` stands. */
export const DOCKER_HUB = 'index.docker.io'

/** Docker Hub's other name, which images, rules and mirrors know it by. */
export const DOCKER_HUB_ALIAS = 'docker.io'

/**
 * The name under which Docker Hub's registry is dialled, for either of its names; any other host as
 * it is.
 */
export function registryHost(host: string): string {
  return host === DOCKER_HUB_ALIAS ? DOCKER_HUB : host
}
