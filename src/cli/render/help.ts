// The help of the program and of each command, made from the commands' own descriptions.

import { type Row, renderRows, wrap } from '../../text/index.js'
import type { Description, Option, OptionTable } from '../description.js'
import type { Look } from './look.js'

const PROGRAM = 'imagepuller-auth'

/** Help is prose: it keeps to 80 columns even where the terminal is wider, or is none. */
const MAX_WIDTH = 80

const ABOUT =
  'Says how the Contrast image puller reaches the registries of images, and writes its files.'

/** All commands, and what they have in common. */
export function overview(
  commands: readonly Description[],
  common: OptionTable,
  look: Look,
): string {
  const page = pageOf(look)
  return [
    `${look.bold('Usage:')} ${PROGRAM} COMMAND [OPTION...] ...`,
    '',
    ...wrap(ABOUT, page.width),
    '',
    look.bold('Commands:'),
    ...renderRows(
      commands.map(({ name, summary }) => ({ name, text: summary })),
      page,
    ),
    '',
    look.bold('Options:'),
    ...renderRows(optionRows(common), page),
    '',
    ...wrap(`${PROGRAM} COMMAND --help says more about a command.`, page.width),
  ].join('\n')
}

/** What a command does, every option, examples, and what its exit status means. */
export function commandHelp(command: Description, common: OptionTable, look: Look): string {
  const { name, operands, about, options, examples, statuses } = command
  const page = pageOf(look)
  const usage = `${PROGRAM} ${name} [OPTION...] ${operands}`.trimEnd()
  const statusRows = Object.entries(statuses).map(([status, text]) => ({ name: status, text }))
  return [
    `${look.bold('Usage:')} ${usage}`,
    ...about.flatMap((paragraph) => ['', ...wrap(paragraph, page.width)]),
    '',
    look.bold('Options:'),
    ...renderRows([...optionRows(options), ...optionRows(common)], page),
    '',
    look.bold('Examples:'),
    ...examples.flatMap(({ line, about }) => [`  ${line}`, ...indent(about, page.width)]),
    '',
    look.bold('Exit status:'),
    ...renderRows(statusRows, page),
  ].join('\n')
}

function pageOf(look: Look): Look {
  return { ...look, width: Math.min(look.width, MAX_WIDTH), dim: look.bold }
}

function indent(text: string, width: number): string[] {
  return wrap(text, width - 6).map((line) => `      ${line}`)
}

function optionRows(table: OptionTable): Row[] {
  return Object.entries(table).map(([name, option]) => ({
    name: `${shortName(option)}--${name}${valueName(option)}`,
    text: `${option.help}${isRepeatable(option) ? ' May be given several times.' : ''}`,
  }))
}

function shortName(option: Option): string {
  return option.type === 'boolean' && option.short !== undefined ? `-${option.short}, ` : ''
}

function valueName(option: Option): string {
  return option.type === 'string' ? ` ${option.value}` : ''
}

function isRepeatable(option: Option): boolean {
  return option.type === 'string' && option.multiple === true
}
