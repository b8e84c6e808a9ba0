// A document as it stands, valid or not: whatever of it can be read, with everything that is found.
// The same readers as parseConfig's; lint looks further into what they give.
import { expectedError } from '../expected-error.js'
import { ConfigError, type ConfigFinding } from '../findings.js'
import { SECRET_MAX_BYTES } from '../node-installer.js'
import type { ImagePullerConfig } from './config.js'
import { readDocument } from './document.js'
import { isTable } from './key-table.js'
import { readText } from './read-text.js'
import { type Judgement, Report } from './report.js'
import { type Source, sourceOf } from './source.js'
import { parseToml, type TomlTable } from './toml.js'

/** A document that is TOML. */
export interface ExaminedDocument extends Pick<ImagePullerConfig, 'rules' | 'extraEnv'> {
  /** The names of the rules, in their order, with their user info. */
  readonly names: readonly string[]
  /** The text of `ca-certs` of each rule, in their order; undefined where it is absent or no text. */
  readonly bundleTexts: readonly (string | undefined)[]
  /** What smol-toml made of it. */
  readonly root: TomlTable
  /** Where things stand. */
  readonly source: Source
}

/** What can be told of a document. */
export interface Examination {
  /** Everything that `parseConfig` finds, of all severities, in the order of the document. */
  readonly findings: readonly ConfigFinding[]
  /** The text without its byte order mark; undefined where it is too large, or not UTF-8. */
  readonly text: string | undefined
  /** The document; undefined where it isn't TOML. */
  readonly document: ExaminedDocument | undefined
}

/** What is an error, as `ParseConfigOptions` has it. */
export type Tolerance = Omit<Judgement, 'strict'>

const NONE: Tolerance = { brokenCertificates: 'error', unknownKeys: 'error' }

/** Examines a document of any kind; it never throws. */
export function examineConfig(
  input: string | Uint8Array,
  { brokenCertificates, unknownKeys }: Tolerance = NONE,
): Examination {
  let text: string | undefined
  try {
    const read = readText(input, SECRET_MAX_BYTES)
    text = read.text
    const report = new Report({ strict: false, brokenCertificates, unknownKeys })
    return { text, ...examine(parseToml(text), sourceOf(text, read.hasMark), report) }
  } catch (error) {
    const { issues } = expectedError(error, ConfigError)
    return { text, findings: issues, document: undefined }
  }
}

function examine(
  root: TomlTable,
  source: Source,
  report: Report,
): Pick<Examination, 'findings' | 'document'> {
  const { rules, names, extraEnv } = readDocument(root, report)
  const bundleTexts = names.map((name) => bundleTextOf(root, name))
  const document = { rules, names, extraEnv, bundleTexts, root, source }
  return { findings: report.everything(source), document }
}

function bundleTextOf({ registries }: TomlTable, name: string): string | undefined {
  // Names come from the table of registries.
  const table = (registries as TomlTable)[name]
  const text = isTable(table) ? table['ca-certs'] : undefined
  return typeof text === 'string' ? text : undefined
}
