// A configuration as it is kept: the TOML itself, or the Secret's manifest around it.

import { type LintFinding, openSecretManifest } from 'imagepuller-auth/lint'
import { decodeUtf8, parseJson } from '../../text/index.js'
import type { Io } from '../io.js'
import type { LocatedFinding } from './located-finding.js'
import { dataOfYaml, yamlManifestIn } from './manifest-data.js'
import { nameOf } from './name.js'

/** What a file holds. */
export interface ConfigurationFile {
  /** The document; undefined for a manifest that has none. */
  readonly document: string | Uint8Array | undefined
  /** The document's name within a manifest, in which its lines can't be pointed to. */
  readonly within: string | undefined
  /** What is to be said about the manifest. */
  readonly findings: readonly LocatedFinding<LintFinding>[]
}

/** The document's name within a manifest, as the node installer has it. */
const DOCUMENT = 'contrast-imagepuller.toml'

/** Reads a file; one that is no manifest is taken for TOML, and its faults are for others to find. */
export async function readConfigurationFile(file: string, io: Io): Promise<ConfigurationFile> {
  const bytes = await io.read(file)
  const manifest = await manifestIn(bytes, nameOf(file))
  if (manifest === undefined) return { document: bytes, within: undefined, findings: [] }
  const { document, findings } = openSecretManifest(manifest)
  const around = findings.map((finding) => ({ file, within: undefined, finding }))
  return { document, within: DOCUMENT, findings: around }
}

/** The manifest's data; undefined for what is none. */
async function manifestIn(bytes: Uint8Array, name: string): Promise<unknown> {
  const yaml = yamlManifestIn(bytes)
  if (yaml === undefined) return jsonManifestIn(bytes)
  return dataOfYaml(yaml, name)
}

/** JSON that says its kind; any other isn't TOML either, of which lint has more to say. */
function jsonManifestIn(bytes: Uint8Array): unknown {
  const text = decodeUtf8(bytes)
  if (text === undefined || !/^\s*\{/.test(text)) return undefined
  const data = parseJson(text)
  return Object.hasOwn(Object(data), 'kind') ? data : undefined
}
