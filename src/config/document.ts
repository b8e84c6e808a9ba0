// The document's two tables.
import { bundleReader } from './bundle.js'
import type { ImagePullerConfig, KeptConfig } from './config.js'
import { readExtraEnv } from './extra-env.js'
import { readTable } from './key-table.js'
import { TABLES } from './keys.js'
import type { Report } from './report.js'
import { readRules } from './rules.js'
import type { TomlTable } from './toml.js'
import { reportUnknownKey, unknownKeyHints } from './unknown-key.js'

type Read = Pick<ImagePullerConfig, 'rules' | 'extraEnv'> & Pick<KeptConfig, 'names'>

const HINTS = unknownKeyHints(TABLES, 'root')

const KNOWN: ReadonlySet<string> = new Set(TABLES)

/** Reads what smol-toml made of a document. */
export function readDocument(document: TomlTable, report: Report): Read {
  for (const key of Object.keys(document)) {
    if (!KNOWN.has(key)) reportUnknownKey(key, document[key], HINTS, [], report)
  }
  const reading = { bundleOf: bundleReader() }
  const extraEnv = readTable(document['extra-env'], ['extra-env'], report)
  const registries = readTable(document['registries'], ['registries'], report)
  return {
    extraEnv: readExtraEnv(extraEnv, reading, report),
    ...readRules(registries, reading, report),
  }
}
