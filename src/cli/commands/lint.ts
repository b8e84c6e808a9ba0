// `lint`: what is wrong with a configuration, and what is worth knowing about it.

import {
  LINT_CODES,
  type LintFinding,
  type LintFindingCode,
  lintConfig,
} from 'imagepuller-auth/lint'
import { nearestAmong } from '../../text/index.js'
import { type Command, defineCommand } from '../command.js'
import type { OptionValues } from '../description.js'
import { Misuse } from '../failure.js'
import {
  type ConfigurationFile,
  PULLER_OPTIONS,
  readConfigurationFile,
  readPrediction,
} from '../input/index.js'
import type { Io } from '../io.js'
import {
  jsonOf,
  locate,
  printable,
  renderFinding,
  sarifLog,
  workflowCommand,
} from '../render/index.js'

const OPTIONS = {
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: ['text', 'json', 'sarif', 'github'],
    help: 'Print as text (the default), json, sarif (2.1.0) or github (workflow commands).',
  },
  json: { type: 'boolean', help: 'The same as --format json.' },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    choices: ['error', 'warning', 'info'],
    help: 'Exit 1 on findings of at least this severity: error, warning (the default) or info.',
  },
  ignore: {
    type: 'string',
    value: 'CODE',
    multiple: true,
    help: 'Leave out the findings of a code, save for errors.',
  },
  'expires-within': {
    type: 'string',
    value: 'DAYS',
    help: 'Report what expires within so many days; 30 by default.',
  },
  ...PULLER_OPTIONS,
} as const

type Values = OptionValues<typeof OPTIONS>

export const lint: Command = defineCommand({
  name: 'lint',
  summary: 'Print what is wrong with a configuration, and what is worth knowing.',
  operands: 'CONFIG',
  about: [
    "Prints what there is to say about the configuration CONFIG: its errors, certificates that expire or are weak, names that never match, credentials that go too far or end too soon, proxies, and where Contrast's puller decides otherwise. It works on a file that can not be parsed, too. No secret is shown.",
    'CONFIG is the TOML, or the manifest of the Secret around it in YAML or JSON, or "-" for standard input. A line "# imagepuller-auth: ignore CODE reason" above a key, or above the header of a table, silences what is no error there.',
  ],
  options: OPTIONS,
  examples: [
    {
      line: 'imagepuller-auth lint contrast-imagepuller.toml',
      about: 'Exits 1 if there are errors or warnings.',
    },
    {
      line: 'kubectl get secret NAME -n kube-system -o yaml | imagepuller-auth lint -',
      about: 'Looks at what is in the cluster.',
    },
  ],
  statuses: {
    0: 'Nothing is found of the severity that --fail-on names.',
    1: 'Something is.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...others] }, io) {
    if (file === undefined || others.length > 0) throw new Misuse('expected one CONFIG')
    const format = formatOf(options)
    const ignore = options.ignore.map(codeOf)
    const expiresWithinDays = daysOf(options['expires-within'])
    const { version } = readPrediction(new Uint8Array(), options)
    const read = await readConfigurationFile(file, io)
    const about = { now: io.now, expiresWithinDays, ignore, version }
    const inside = read.document === undefined ? [] : lintConfig(read.document, about)
    PRINTERS[format]({ read, file, inside }, io)
    const least = RANKS[options['fail-on'] ?? 'warning']
    const fails = [...read.findings, ...inside].some(({ severity }) => RANKS[severity] >= least)
    return fails ? 1 : 0
  },
})

const RANKS = { info: 0, warning: 1, error: 2 } as const

function formatOf({ format, json }: Values): keyof typeof PRINTERS {
  if (json && format !== undefined && format !== 'json') {
    throw new Misuse('--json and --format name two formats')
  }
  return json ? 'json' : (format ?? 'text')
}

function codeOf(text: string): LintFindingCode {
  if (Object.hasOwn(LINT_CODES, text)) return text as LintFindingCode
  const near = nearestAmong(Object.keys(LINT_CODES))(text)
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  throw new Misuse(`--ignore: expected the code of a finding${hint}`)
}

function daysOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,5}$/.test(text)) throw new Misuse('--expires-within: expected a number of days')
  return Number(text)
}

/** What is printed: findings about the manifest, and about the document in it or as it is. */
interface Linted {
  readonly read: ConfigurationFile
  /** The file as it was given. */
  readonly file: string
  readonly inside: readonly LintFinding[]
}

const PRINTERS = {
  text: printText,
  json: printJson,
  sarif: printSarif,
  github: printGithub,
} as const

/** The document's name within a manifest. */
const DOCUMENT = 'contrast-imagepuller.toml'

function printText({ read, inside }: Linted, io: Io): void {
  const { name, isManifest, findings } = read
  const within = isManifest ? `${name}(${DOCUMENT})` : name
  for (const finding of findings) io.print(renderFinding(name, finding, io.look))
  for (const finding of inside) {
    io.print(renderFinding(locate(within, finding.place), finding, io.look))
  }
  io.print(`${io.look.bold(name)}: ${countsOf([...findings, ...inside])}`)
}

function countsOf(findings: readonly LintFinding[]): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return counts.length === 0 ? 'nothing found' : counts.join(', ')
}

function printJson({ read, inside }: Linted, io: Io): void {
  const within = read.isManifest ? { within: DOCUMENT } : {}
  io.print(jsonOf([...read.findings, ...inside.map((finding) => ({ ...finding, ...within }))]))
}

/** In a manifest, lines of the document are no lines of the file: the message begins with them. */
function placedInFile({ read, inside }: Linted): readonly LintFinding[] {
  if (!read.isManifest) return inside
  const moved = inside.map((finding) => {
    return { ...finding, message: `${locate(DOCUMENT, finding.place)}: ${finding.message}` }
  })
  return [...read.findings, ...moved]
}

function printSarif(linted: Linted, io: Io): void {
  const file = linted.file === '-' ? 'stdin' : linted.file
  const isInFile = !linted.read.isManifest
  const about = { file, isInFile, version: io.version(), meanings: LINT_CODES }
  io.print(jsonOf(sarifLog(placedInFile(linted), about)))
}

function printGithub(linted: Linted, io: Io): void {
  const file = linted.file === '-' ? 'stdin' : linted.file
  for (const finding of placedInFile(linted)) {
    io.print(printable(workflowCommand(file, finding, !linted.read.isManifest)))
  }
}
