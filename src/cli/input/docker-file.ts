// Docker's or Podman's credentials, read from their file or from the manifest of a Secret in YAML.

import {
  type DockerConfig,
  DockerConfigError,
  parseDockerConfig,
} from 'imagepuller-auth/docker-config'
import { decodeUtf8 } from '../../text/index.js'
import { Failure } from '../failure.js'
import type { Io } from '../io.js'
import { renderFinding } from '../render/index.js'
import { nameOf } from './configuration.js'
import { readYaml } from './yaml.js'

/** Throws a `Failure` that says what is wrong with the file. */
export async function readDockerFile(
  file: string,
  format: 'config' | 'dockercfg',
  io: Io,
): Promise<DockerConfig> {
  const bytes = await io.read(file)
  const name = nameOf(file)
  const manifest = manifestOf(bytes)
  const input = manifest === undefined ? bytes : await jsonOfYaml(manifest, name)
  try {
    return parseDockerConfig(input, { format })
  } catch (error) {
    // Places in the JSON that was made of YAML lead nowhere.
    throw dockerFailure(error, file, io, manifest === undefined)
  }
}

/** What is wrong with a credentials file, as a line. */
export function dockerFailure(error: unknown, file: string, io: Io, hasPlaces = true): Failure {
  if (!(error instanceof DockerConfigError)) throw error
  const { reason: code, place, message } = error
  const name = nameOf(file)
  const at = place && hasPlaces ? `${name}:${place.line}:${place.column}` : name
  return new Failure(renderFinding(at, { severity: 'error', code, message }, io.errorLook))
}

/** The text of a YAML manifest: it has a line that says its kind, and doesn't begin as JSON does. */
function manifestOf(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined || /^\s*[{[]/.test(text)) return undefined
  return /^kind:\s/m.test(text) ? text : undefined
}

/** One document as it is, several as the list that `kubectl get -o json` would print. */
async function jsonOfYaml(text: string, file: string): Promise<string> {
  const { documents } = await readYaml(text, file)
  const items: unknown[] = []
  for (const document of documents) {
    const value = contentOf(document, file)
    if (value !== null) items.push(value)
  }
  const whole = items.length === 1 ? items[0] : { apiVersion: 'v1', kind: 'List', items }
  return JSON.stringify(whole)
}

/** Aliases of aliases can stand for more than memory holds: the parser counts them, and refuses. */
function contentOf(document: { toJS(): unknown }, file: string): unknown {
  try {
    return document.toJS()
  } catch {
    throw new Failure(`${file}: expected YAML without aliases that stand for one another`)
  }
}
