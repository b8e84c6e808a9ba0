// A manifest in YAML or JSON, as the data that it stands for.

import { decodeUtf8 } from '../../text/index.js'
import { Failure } from '../failure.js'
import { readYaml } from './yaml.js'

/** The text of a YAML manifest: it has a line that says its kind, and doesn't begin as JSON does. */
export function yamlManifestIn(bytes: Uint8Array): string | undefined {
  const text = decodeUtf8(bytes)
  if (text === undefined || /^\s*[{[]/.test(text)) return undefined
  return /^\ufeff?kind:\s/m.test(text) ? text : undefined
}

/** One document as it is, several as the list that `kubectl get -o json` would print. */
export async function dataOfYaml(text: string, file: string): Promise<unknown> {
  const { documents, broken } = await readYaml(text, file)
  for (const { at, message } of broken) throw new Failure(`${at}: ${message}`)
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
