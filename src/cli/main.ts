// The command line as a function: arguments and streams in, exit status out. Importing it runs nothing.

import { stripVTControlCharacters } from 'node:util'
import { nearestAmong } from '../text/index.js'
import { parseArguments } from './arguments.js'
import type { Command } from './command.js'
import { COMMANDS } from './commands/index.js'
import { COMMON_OPTIONS } from './description.js'
import { expectedError, Failure, Misuse, type Status } from './failure.js'
import { createIo, type Io, type Surroundings } from './io.js'
import { commandHelp, jsonOf, overview, printable } from './render/index.js'

const PROGRAM = 'imagepuller-auth'

/**
 * Runs the command.
 *
 * @param args - What follows the program's name.
 * @param surroundings - The streams and the environment; a process is all of it.
 * @returns The exit status, once everything is written.
 */
export async function main(args: readonly string[], surroundings: Surroundings): Promise<Status> {
  const io = createIo(surroundings, args.includes('--no-color'))
  let status: Status
  try {
    status = await dispatch(args, io)
  } catch (error) {
    const failure = expectedError(error, Failure)
    io.complain(failure instanceof Misuse ? misuseText(failure, args) : failure.message)
    status = failure.status
    if (await isJsonAsked(args)) io.print(jsonOf(failureData(failure)))
  }
  return io.finish(status)
}

/** The command's name is the first argument that is no option. */
async function dispatch(args: readonly string[], io: Io): Promise<Status> {
  const at = args.findIndex((argument) => !argument.startsWith('-'))
  if (at < 0) return withoutCommand(args, io)
  const [name = '', ...rest] = args.slice(at)
  if (name === 'help') return dispatch([...rest, '--help'], io)
  const load = COMMANDS.get(name)
  if (load === undefined) throw unknownCommand(name)
  const command = await load()
  const invocation = parseArguments(command, [...args.slice(0, at), ...rest])
  if (invocation.options['help']) io.print(commandHelp(command, COMMON_OPTIONS, io.look))
  else if (invocation.options['version']) io.print(io.version())
  else return command.run(invocation, io)
  return 0
}

async function withoutCommand(args: readonly string[], io: Io): Promise<Status> {
  const known = Object.keys(COMMON_OPTIONS).map((name) => `--${name}`)
  const unknown = args.find((argument) => argument !== '-h' && !known.includes(argument))
  if (unknown !== undefined) throw new Misuse(`${printable(unknown)}: expected a command first`)
  if (args.includes('--version')) io.print(io.version())
  else if (args.includes('--help') || args.includes('-h')) io.print(await overviewText(io))
  else throw new Misuse('expected a command')
  return 0
}

async function overviewText(io: Io): Promise<string> {
  const commands: Command[] = []
  for (const load of COMMANDS.values()) commands.push(await load())
  return overview(commands, COMMON_OPTIONS, io.look)
}

function unknownCommand(name: string): Misuse {
  const nearest = nearestAmong([...COMMANDS.keys()])(name)
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
  return new Misuse(`there is no command ${printable(name)}${hint}`)
}

/** Whether a command that gives JSON is asked for it: then standard output is JSON after a failure, too. */
async function isJsonAsked(args: readonly string[]): Promise<boolean> {
  const name = args.find((argument) => !argument.startsWith('-')) ?? ''
  const command = await COMMANDS.get(name)?.()
  if (command === undefined || !Object.hasOwn(command.options, 'json')) return false
  const isFormat = args.some((argument, i) => argument === 'json' && args[i - 1] === '--format')
  return isFormat || args.includes('--json') || args.includes('--format=json')
}

/** Without the colours that standard error may have. */
function failureData({ message, status }: Failure): unknown {
  return { error: { status, messages: stripVTControlCharacters(message).split('\n') } }
}

function misuseText({ message }: Misuse, args: readonly string[]): string {
  const name = args.find((argument) => COMMANDS.has(argument))
  const page = name === undefined ? `${PROGRAM} --help` : `${PROGRAM} ${name} --help`
  return `${PROGRAM}: ${message}\nTry: ${page}`
}
