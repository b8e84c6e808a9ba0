// The command run in this process, on streams and an environment of the test's own.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll } from 'vitest'
import { main } from '../../../src/cli/main.js'

/** What a test gives a command besides its arguments. */
export interface Given {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Makes both streams a terminal of so many columns. */
  readonly columns?: number
  /** The time, in milliseconds since 1970. */
  readonly now?: number
}

/** What came of it. */
export interface Result {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a process would, but for the process. */
export async function run(args: readonly string[], given: Given = {}): Promise<Result> {
  const { stdin = '', env = {}, columns, now } = given
  const terminal = columns === undefined ? {} : { isTTY: true, columns }
  const out = collector()
  const err = collector()
  const status = await main(args, {
    stdin: chunksOf(typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    stdout: Object.assign(out.stream, terminal),
    stderr: Object.assign(err.stream, terminal),
    env,
    platform: 'linux',
    ...(now === undefined ? {} : { now: () => now }),
  })
  return { status, stdout: out.text(), stderr: err.text() }
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // In small pieces, so that characters are cut.
  for (let i = 0; i < bytes.length; i += 7) yield bytes.subarray(i, i + 7)
}

function collector() {
  const chunks: Buffer[] = []
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

/** A folder for the files of a test file. */
export function createFolder() {
  const path = mkdtempSync(join(tmpdir(), 'imagepuller-auth-'))
  afterAll(() => rmSync(path, { recursive: true }))
  return {
    path,
    /** Writes a file and gives its path. */
    file(name: string, content: string | Uint8Array): string {
      const place = join(path, name)
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, content)
      return place
    },
    /** A text with the folder's path left out. */
    within: (text: string) => text.replaceAll(`${path}/`, ''),
  }
}
