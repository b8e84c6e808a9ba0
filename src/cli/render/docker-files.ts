// The files in which programs look for credentials, and what they find there.

import {
  type DockerConfigPath,
  type DockerProgram,
  type HelperDockerCredentials,
  helperRequest,
  type NearMiss,
  type ProgramAnswer,
} from 'imagepuller-auth/docker-config'
import { type Paint, printable, type Row, renderRows, withoutUserInfo } from '../../text/index.js'
import type { Look } from './look.js'

/** The programs that are shown, in this order. */
export const PROGRAMS = ['contrast', 'docker', 'podman'] as const

/** What messages call them: Contrast alone is the puller, which reads none of these files. */
const NAMES: Readonly<Record<DockerProgram, string>> = {
  contrast: "Contrast's command line",
  docker: 'Docker',
  podman: 'Podman',
}

/** What a file is to a program that reads it: no outcome where it goes on to the next. */
export type Outcome = 'finds' | 'fails'

/** What one program finds in a file. */
export interface FileAnswer {
  readonly program: DockerProgram
  readonly answer: ProgramAnswer
  readonly nearMisses: readonly NearMiss[]
}

/** A file in which programs look, and what became of it. */
export interface SearchedFile {
  readonly file: DockerConfigPath
  readonly kind: 'absent' | 'unreadable' | 'read'
  readonly answers: readonly FileAnswer[]
  readonly outcomes: ReadonlyMap<DockerProgram, Outcome>
}

/** Each file with its answers, and then which of them each program uses. */
export function describeFiles(files: readonly SearchedFile[], look: Look): string {
  const parts = files.map((file) => describeFile(file, look).join('\n'))
  const uses = PROGRAMS.map((program) => describeUse(program, files))
  return [...parts, uses.join('\n')].join('\n\n')
}

function describeFile({ file, kind, answers }: SearchedFile, look: Look): string[] {
  const head = look.bold(printable(file.path))
  const rows = [
    { name: 'read by', text: `${readersOf(file)} (${file.reason})` },
    ...STATES[kind].map((text) => ({ name: 'file', text, paint: paintOf(kind, look) })),
    ...answers.flatMap((answer) => answerRows(answer, look)),
  ]
  return [head, ...renderRows(rows, look, COLUMN)]
}

/** What there is to say of a file before any answer. */
const STATES: Readonly<Record<SearchedFile['kind'], readonly string[]>> = {
  absent: ['not there'],
  unreadable: ["can't be read"],
  read: [],
}

function paintOf(kind: SearchedFile['kind'], look: Look): Paint | undefined {
  return kind === 'unreadable' ? look.red : undefined
}

function readersOf({ programs }: DockerConfigPath): string {
  const readers = PROGRAMS.filter((program) => programs.includes(program)).map(nameOf)
  if (readers.length <= 1) return readers[0] ?? 'none of them, for which DOCKER_CONFIG is a folder'
  return `${readers.slice(0, -1).join(', ')} and ${readers.at(-1)}`
}

function nameOf(program: DockerProgram): string {
  return NAMES[program]
}

/** So that the tables of all files line up, though not each has the longest name. */
const COLUMN = 27

function answerRows({ program, answer, nearMisses }: FileAnswer, look: Look): Row[] {
  const paint = answer.kind === 'error' ? look.red : undefined
  return [
    { name: nameOf(program), text: printable(describeAnswer(answer)), paint },
    ...nearMisses.map(({ key, message }) => ({
      name: '',
      text: printable(`not "${key}": ${message}`),
    })),
  ]
}

function describeAnswer(answer: ProgramAnswer): string {
  if (answer.kind === 'error') return `an error: ${answer.error.message}`
  const key = answer.key === undefined ? '' : ` (${withoutUserInfo(answer.key)})`
  if (answer.kind === 'helper') {
    return `asks ${helperOf(answer) ?? 'a credential helper of a name that no program has'}${key}`
  }
  return answer.kind === 'identity-token'
    ? `identity-token${key}: ${answer.message}`
    : `${answer.kind}${key}`
}

/** The helper's program. A name that no program has may be a password in the wrong place. */
function helperOf({ name, server }: HelperDockerCredentials): string | undefined {
  try {
    return helperRequest(name, server).program
  } catch {
    return undefined
  }
}

function describeUse(program: DockerProgram, files: readonly SearchedFile[]): string {
  const used = usedFile(program, files)
  if (used === undefined) return `${nameOf(program)} uses no credentials`
  const verb = used.outcomes.get(program) === 'fails' ? 'fails at' : 'uses'
  return `${nameOf(program)} ${verb} ${printable(used.file.path)}`
}

/** The first file, in the program's own order, in which it finds something, or at which it fails. */
function usedFile(
  program: DockerProgram,
  files: readonly SearchedFile[],
): SearchedFile | undefined {
  const placeOf = ({ file }: SearchedFile) => file.order[program] ?? 0
  const [first] = files
    .filter((file) => placeOf(file) > 0 && file.outcomes.has(program))
    .sort((a, b) => placeOf(a) - placeOf(b))
  return first
}

/** The same as data: secrets hide themselves, errors are their messages. */
export function fileData(files: readonly SearchedFile[]): unknown {
  const uses = PROGRAMS.map((program) => {
    const used = usedFile(program, files)
    if (used === undefined) return [program, null]
    return [program, { path: used.file.path, outcome: used.outcomes.get(program) }]
  })
  return {
    files: files.map(({ file, kind, answers }) => ({
      ...file,
      kind,
      answers: answers.map(answerData),
    })),
    uses: Object.fromEntries(uses),
  }
}

function answerData({ program, answer, nearMisses }: FileAnswer): unknown {
  if (answer.kind === 'error') {
    return { program, kind: answer.kind, message: answer.error.message, nearMisses }
  }
  const { key, ...rest } = answer
  const shown = { program, key: key === undefined ? undefined : withoutUserInfo(key), ...rest }
  const isHidden = answer.kind === 'helper' && helperOf(answer) === undefined
  return { ...shown, ...(isHidden && { name: undefined }), nearMisses }
}
