// The command run in this process on a terminal of 100 columns, where both streams show together.

import { Writable } from 'node:stream'
import { main } from '../../../src/cli/main.js'

/** What a terminal shows of a command. */
export interface Shown {
  readonly status: number
  readonly printed: string
}

/** Runs the command without input. */
export async function runInTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Shown> {
  let printed = ''
  const screen = () =>
    Object.assign(
      new Writable({
        write(chunk: Buffer, _, done) {
          printed += chunk.toString()
          done()
        },
      }),
      { isTTY: true, columns: 100 },
    )
  const stdin = (async function* () {})()
  const status = await main(args, {
    stdin,
    stdout: screen(),
    stderr: screen(),
    env,
    platform: 'linux',
  })
  return { status, printed }
}
