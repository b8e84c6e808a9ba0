/** What the tests of credentials files have in common. */

import { type DockerConfig, DockerConfigError, parseDockerConfig } from '../../src/docker-config.js'

/** base64 of `user:pass`. */
export const AUTH: string = Buffer.from('user:pass').toString('base64')

export const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64')

/** An entry for a user, whose password is `p`. */
export const login = (user: string): { auth: string } => ({ auth: base64(`${user}:p`) })

export const fileOf = (auths: unknown, more: object = {}): string =>
  JSON.stringify({ auths, ...more })

export const configOf = (auths: unknown, more: object = {}): DockerConfig =>
  parseDockerConfig(fileOf(auths, more))

export function errorOf(run: () => unknown): DockerConfigError {
  try {
    run()
  } catch (error) {
    if (error instanceof DockerConfigError) return error
    throw error
  }
  throw new Error('expected a DockerConfigError')
}
