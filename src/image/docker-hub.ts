// The names of Docker Hub: of its registry, and of its other servers. By which of them a program keeps its
// credentials is for docker-config to know.

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

/** Names of Docker Hub's other servers: no image that is written without one is at any of these. */
const OTHER_DOCKER_HOSTS: ReadonlySet<string> = new Set([
  'registry-1.docker.io',
  'registry.docker.io',
  'auth.docker.io',
  'hub.docker.com',
  'registry.hub.docker.com',
  'cloud.docker.com',
  'www.docker.com',
  'docker.com',
])

/** Whether a host in normal form belongs to Docker Hub, though images of Docker Hub aren't there. */
export function isOtherDockerHost(host: string): boolean {
  // Few names have this in them, and each that is looked up is hashed first.
  return host.includes('docker.') && OTHER_DOCKER_HOSTS.has(host)
}
