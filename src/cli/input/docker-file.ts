// Docker's or Podman's credentials, read from their file or from the manifest of a Secret in YAML.

import {
  type DockerConfig,
  DockerConfigError,
  parseDockerConfig,
  readDockerConfig,
} from 'imagepuller-auth/docker-config'
import { expectedError, Failure } from '../failure.js'
import type { Io } from '../io.js'
import { locate, renderFinding } from '../render/index.js'
import { dataOfYaml, yamlManifestIn } from './manifest-data.js'
import { nameOf } from './name.js'

/** Throws a `Failure` that says what is wrong with the file. */
export async function readDockerFile(
  file: string,
  format: 'config' | 'dockercfg',
  io: Io,
): Promise<DockerConfig> {
  const bytes = await io.read(file)
  const manifest = yamlManifestIn(bytes)
  try {
    if (manifest === undefined) return parseDockerConfig(bytes, { format })
    return readDockerConfig(await dataOfYaml(manifest, nameOf(file)), { format })
  } catch (error) {
    throw dockerFailure(expectedError(error, DockerConfigError), file, io)
  }
}

/** What is wrong with a credentials file, as a line. */
export function dockerFailure(error: DockerConfigError, file: string, io: Io): Failure {
  const { code, path, message, place } = error.issue
  const prefix = path.length === 0 ? '' : `${path.map(quoted).join('.')}: `
  const found = { severity: 'error', code, message: `${prefix}${message}` } as const
  return new Failure(renderFinding(locate(nameOf(file), place), found, io.errorLook))
}

/** A member's name, in quotes where its own dots could be taken for those between names. */
function quoted(name: string): string {
  return /^[\w-]+$/.test(name) ? name : JSON.stringify(name)
}
