// `lint`: what is wrong with a configuration, and what is worth knowing about it.

import {
  LINT_CODES,
  type LintFinding,
  type LintFindingCode,
  lintConfig,
} from 'imagepuller-auth/lint'
import { nearestAmong } from '../../text/index.js'
import { type Command, defineCommand } from '../command.js'
import { Misuse } from '../failure.js'
import { FORMAT_OPTIONS, formatOf } from '../format.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  judgementOf,
  type LocatedFinding,
  nameOf,
  PULLER_OPTIONS,
  placeOf,
  readConfigurationFile,
  readVersion,
} from '../input/index.js'
import type { Io } from '../io.js'
import {
  countsOf,
  jsonOf,
  placedInDocument,
  printable,
  renderFinding,
  sarifLog,
  workflowCommand,
} from '../render/index.js'

const OPTIONS = {
  ...CONFIGURATION_OPTIONS,
  ...FORMAT_OPTIONS,
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

export const lint: Command = defineCommand({
  name: 'lint',
  summary: 'Print what is wrong with a configuration, and what is worth knowing.',
  operands: 'CONFIG',
  about: [
    "Prints what there is to say about the configuration CONFIG: its errors, certificates that expire or are weak, names of rules that never apply, credentials that go too far or end too soon, proxies, and where Contrast's puller decides otherwise. It works on a file that can not be parsed, too. No secret is shown.",
    `${CONFIGURATION_FORMS} It may be "-" for standard input. A line "# imagepuller-auth: ignore CODE reason" above a key, or above the header of a table, silences what is no error there; above everything else, what is about the whole document, too.`,
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
    const version = readVersion(options)
    const { document, within, findings: around } = await readConfigurationFile(file, io)
    const about = { now: io.now, expiresWithinDays, ignore, version, ...judgementOf(options) }
    const inside = document === undefined ? [] : lintConfig(document, about)
    const all = [...around, ...inside.map((finding) => ({ file, within, finding }))]
    PRINTERS[format]({ file, all }, io)
    const found = all.map(({ finding }) => finding)
    return failsOn(found, options['fail-on'] ?? 'warning') ? 1 : 0
  },
})

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

/** What is printed. */
interface Linted {
  /** The file as it was given. */
  readonly file: string
  /** About the manifest, and about the document in it or as it is. */
  readonly all: readonly LocatedFinding<LintFinding>[]
}

const PRINTERS = {
  text: printText,
  json: printJson,
  sarif: printSarif,
  github: printGithub,
} as const

function printText({ file, all }: Linted, io: Io): void {
  for (const located of all) io.print(renderFinding(placeOf(located), located.finding, io.look))
  io.print(`${io.look.bold(nameOf(file))}: ${countsOf(all.map(({ finding }) => finding))}`)
}

function printJson({ all }: Linted, io: Io): void {
  io.print(jsonOf(all.map(({ within, finding }) => ({ ...finding, ...(within && { within }) }))))
}

function printSarif({ all }: Linted, io: Io): void {
  const about = { version: io.version(), meanings: LINT_CODES }
  io.print(jsonOf(sarifLog(all.map(placedInDocument), about)))
}

function printGithub({ all }: Linted, io: Io): void {
  for (const { file, finding, isInFile } of all.map(placedInDocument)) {
    io.print(printable(workflowCommand(file, finding, isInFile)))
  }
}
