import type { TomlTable } from 'smol-toml'
import type { ImagePullerConfig } from './config.js'
import { readExtraEnv } from './extra-env.js'
import { ROOT_KEYS } from './keys.js'
import type { Report } from './report.js'
import { readRules } from './rules.js'
import { readTable, reportUnknown } from './table.js'

export function readDocument(
  document: TomlTable,
  report: Report,
): Pick<ImagePullerConfig, 'rules' | 'extraEnv'> {
  for (const key of Object.keys(document)) {
    if (!ROOT_KEYS.schemas.has(key)) reportUnknown(key, document[key], ROOT_KEYS, [], report)
  }
  const extraEnv = readTable(document['extra-env'], ['extra-env'], report)
  const registries = readTable(document['registries'], ['registries'], report)
  return {
    extraEnv: readExtraEnv(extraEnv, report),
    rules: readRules(registries, report),
  }
}
