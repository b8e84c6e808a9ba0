// Input and output: the one module of the command line that reads and writes files and streams.

import { randomUUID } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  ftruncateSync,
  lstatSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Failure, Misuse, type Status } from './failure.js'
import { type Look, lookOf, printable } from './render/index.js'

/** What the command is given of its process. Nothing else of the process is read or written. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** The user's number, where the system has such. */
  getuid?(): number
  /** The time in milliseconds since 1970; the system's where there is none. */
  now?(): number
}

/** A stream to write to, which may be a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

/** What a command reads and writes by. */
export interface Io {
  readonly env: Surroundings['env']
  readonly platform: string
  readonly uid: number | undefined
  /** The time in milliseconds since 1970. */
  readonly now: number
  /** How standard output looks: its width and colours. */
  readonly look: Look
  /** How standard error looks. */
  readonly errorLook: Look
  /** Whether a line of standard output can be written anew, as a terminal can. */
  readonly isLive: boolean
  /** Writes lines to standard output. */
  print(text: string): void
  /** Writes a text to standard output as it stands. */
  write(text: string): void
  /** Writes lines to standard error. */
  complain(text: string): void
  /** The bytes of a file, or of standard input for `-`, which can be read once. */
  read(file: string): Promise<Uint8Array>
  /** Whether there is a file at the path, so that not finding one is no failure. */
  isFile(path: string): boolean
  /** Writes a file for its owner alone: one that isn't there yet, or with `force` in place of another. */
  save(path: string, text: string, force: boolean): void
  /** The package's version. */
  version(): string
  /** The exit status, once everything is written. */
  finish(status: Status): Promise<Status>
}

/** No document is larger, and no stream ends the process's memory. */
const MAX_BYTES = 64 * 1024 * 1024

export function createIo(surroundings: Surroundings, noColor: boolean): Io {
  const { stdin, stdout, stderr, env, platform } = surroundings
  const look = lookOf(stdout, env, noColor)
  const out = channel(stdout)
  const err = channel(stderr)
  let isStdinTaken = false
  return {
    env,
    platform,
    uid: surroundings.getuid?.(),
    now: surroundings.now?.() ?? Date.now(),
    look,
    errorLook: lookOf(stderr, env, noColor),
    isLive: Number.isFinite(look.width) && env['TERM'] !== 'dumb',
    print: (text) => out.write(`${text}\n`),
    write: (text) => out.write(text),
    complain: (text) => err.write(`${text}\n`),
    async read(file) {
      if (file !== '-') return readAll(file, () => createReadStream(file))
      if (isStdinTaken) throw new Misuse('"-" is given twice, and standard input can be read once')
      isStdinTaken = true
      return readAll('standard input', () => stdin)
    },
    isFile: (path) => attempt(() => statSync(path))?.isFile() ?? false,
    save,
    version: () => createRequire(import.meta.url)('imagepuller-auth/package.json').version,
    async finish(status) {
      const fault = await out.settled()
      if (fault !== undefined) err.write(`standard output: can't be written (${fault})\n`)
      return fault !== undefined || (await err.settled()) !== undefined ? status || 1 : status
    },
  }
}

interface Channel {
  write(text: string): void
  /** Why something could not be written; a reader that has seen enough, such as head, is no fault. */
  settled(): Promise<string | undefined>
}

function channel(stream: OutputStream): Channel {
  let fault: string | undefined
  const pending: Promise<void>[] = []
  const note = (error: unknown) => {
    if (error) fault ??= codeOf(error)
  }
  stream.on('error', note)
  return {
    write(text) {
      if (fault !== undefined) return
      pending.push(
        new Promise((resolve) => {
          stream.write(text, (error) => {
            note(error)
            resolve()
          })
        }),
      )
    },
    async settled() {
      await Promise.all(pending)
      return fault === 'EPIPE' ? undefined : fault
    },
  }
}

/** What the file system says, such as ENOENT. */
function codeOf(error: unknown): string {
  return String(Object(error).code ?? 'unknown')
}

async function readAll(
  name: string,
  open: () => AsyncIterable<Uint8Array | string>,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of open()) {
      const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
      length += bytes.length
      if (length > MAX_BYTES) break
      chunks.push(bytes)
    }
  } catch (error) {
    throw new Failure(`${printable(name)}: can't be read${reasonOf(error)}`, 2)
  }
  if (length > MAX_BYTES) {
    throw new Failure(`${printable(name)}: expected at most ${MAX_BYTES} bytes`)
  }
  return Buffer.concat(chunks)
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is none'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is no folder'],
  ['EEXIST', 'it is there already; --force replaces it'],
])

function reasonOf(error: unknown): string {
  const code = codeOf(error)
  const reason = REASONS.get(code)
  return reason === undefined ? ` (${code})` : `: ${reason} (${code})`
}

/**
 * By one descriptor, opened once and exclusively, so that no link leads the passwords elsewhere. With
 * `force` the text is written beside the file and renamed into place: the old one stays until the new
 * one is whole, and a link at the path is replaced, not followed.
 */
function save(path: string, text: string, force: boolean): void {
  if (force) checkReplaceable(path)
  const place = force ? join(dirname(path), `.${randomUUID()}.tmp`) : path
  let descriptor: number
  try {
    descriptor = openSync(place, 'wx', 0o600)
  } catch (error) {
    throw new Failure(`${printable(path)}: can't be written${reasonOf(error)}`, 2)
  }
  try {
    writeFileSync(descriptor, text)
    if (force) renameSync(place, path)
  } catch (error) {
    // What fails leaves no password behind, wherever the name leads by now.
    ftruncateSync(descriptor)
    unlinkSync(place)
    throw new Failure(`${printable(path)}: can't be written${reasonOf(error)}`)
  } finally {
    closeSync(descriptor)
  }
}

/** A device, a pipe or a folder has others that count on it. */
function checkReplaceable(path: string): void {
  const there = attempt(() => lstatSync(path))
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return
  throw new Failure(`${printable(path)}: can't be written: --force replaces files alone`, 2)
}

function attempt<Result>(look: () => Result): Result | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
