// Docker's or Podman's credentials, read from their file or from the manifest of a Secret in YAML.

import {
  type DockerConfig,
  DockerConfigError,
  parseDockerConfig,
  readDockerConfig,
} from 'imagepuller-auth/docker-config'
import { decodeUtf8 } from '../../text/index.js'
import { expectedError, Failure } from '../failure.js'
import type { Io } from '../io.js'
import { locate, renderFinding } from '../render/index.js'
import { nameOf } from './configuration.js'
import { readYaml } from './yaml.js'

/** Throws a `Failure` that says what is wrong with the file. */
export async function readDockerFile(
  file: string,
  format: 'config' | 'dockercfg',
  io: Io,
): Promise<DockerConfig> {
  const bytes = await io.read(file)
  const manifest = manifestOf(bytes)
  const data = manifest === undefined ? undefined : await dataOfYaml(manifest, nameOf(file))
  try {
    if (data === undefined) return parseDockerConfig(bytes, { format })
    return readDockerConfig(data, { format })
  } catch (error) {
    throw dockerFailure(expectedError(error, DockerConfigError), file, io)
  }
}

/** What is wrong with a credentials file, as a line. */
export function dockerFailure(error: DockerConfigError, file: string, io: Io): Failure {
  const { code, message, place } = error.issue
  const found = { severity: 'error', code, message } as const
  return new Failure(renderFinding(locate(nameOf(file), place), found, io.errorLook))
}

/** The text of a YAML manifest: it has a line that says its kind, and doesn't begin as JSON does. */
function manifestOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined || /^\s*[{[]/.test(text)) return undefined
  return /^kind:\s/m.test(text) ? text : undefined
}

/** One document as it is, several as the list that `kubectl get -o json` would print. */
async function dataOfYaml(text: string, file: string): Promise<unknown> {
  const { documents } = await readYaml(text, file)
  const items: unknown[] = []
  for (const document of documents) {
    const value = contentOf(document, file)
    if (value !== null) items.push(value)
  }
  return items.length === 1 ? items[0] : { apiVersion: 'v1', kind: 'List', items }
}

/** Aliases of aliases can stand for more than memory holds: the parser counts them, and refuses. */
function contentOf(document: { toJS(): unknown }, file: string): unknown {
  try {
    return document.toJS()
  } catch {
    throw new Failure(`${file}: expected YAML without aliases that stand for one another`)
  }
}
