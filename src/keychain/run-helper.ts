// A credential helper as a process: without a shell, with a limit of time and of output.
import { type ChildProcess, spawn } from 'node:child_process'
import type { HelperRequest } from '../docker-config/index.js'
import { findProgram } from './find-program.js'

/** Under which limits, and in which environment, a helper runs. */
export interface HelperLimits {
  /** Its environment; PATH says where it is. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The operating system, as `process.platform` names it. */
  readonly platform: string
  /** How long it may take, in milliseconds. */
  readonly timeout: number
  /** How many bytes it may write to its standard output. */
  readonly maxOutput: number
}

/** The helper has ended. */
export interface ExitedHelper {
  /** The union's tag. */
  readonly kind: 'exited'
  /** Its exit status. */
  readonly exitCode: number
  /** What it wrote to its standard output. */
  readonly stdout: Uint8Array
}

/** The helper isn't there, was ended, or could not be run. */
export interface UnfinishedHelper {
  /** The union's tag, which is the reason. */
  readonly kind: 'not-found' | 'timeout' | 'too-much-output' | 'not-runnable'
}

/** What became of a helper. */
export type HelperOutcome = ExitedHelper | UnfinishedHelper

/** Runs a credential helper. It doesn't reject. */
export type RunHelper = (request: HelperRequest, limits: HelperLimits) => Promise<HelperOutcome>

/** Runs a credential helper as a process of this machine. */
export async function runHelper(
  { program, args, stdin }: HelperRequest,
  limits: HelperLimits,
): Promise<HelperOutcome> {
  const { env, platform } = limits
  const path = await findProgram(program, env, platform)
  if (path === undefined) return { kind: 'not-found' }
  // A group of its own, so that what the helper has started ends with it.
  const child = spawn(path, args, {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    shell: false,
    detached: platform !== 'win32',
    windowsHide: true,
  })
  return new Promise((resolve) => new RunningHelper(child, limits, resolve).start(stdin))
}

class RunningHelper {
  readonly #child: ChildProcess
  readonly #limits: HelperLimits
  readonly #resolve: (outcome: HelperOutcome) => void
  readonly #pieces: Uint8Array[] = []
  #length = 0
  #timer: NodeJS.Timeout | undefined

  constructor(
    child: ChildProcess,
    limits: HelperLimits,
    resolve: (outcome: HelperOutcome) => void,
  ) {
    this.#child = child
    this.#limits = limits
    this.#resolve = resolve
  }

  start(input: string): void {
    const { stdin, stdout } = this.#child
    this.#timer = setTimeout(() => this.#end({ kind: 'timeout' }), this.#limits.timeout)
    this.#child.once('error', () => this.#end({ kind: 'not-runnable' }))
    this.#child.once('close', (code) => this.#exited(code))
    stdout?.on('data', (piece: Uint8Array) => this.#take(piece))
    // A helper may end without reading what it is asked.
    stdin?.on('error', () => undefined)
    stdin?.end(input)
  }

  #take(piece: Uint8Array): void {
    this.#length += piece.length
    if (this.#length > this.#limits.maxOutput) this.#end({ kind: 'too-much-output' })
    else this.#pieces.push(piece)
  }

  #exited(code: number | null): void {
    const stdout = Buffer.concat(this.#pieces)
    this.#settle(
      code === null ? { kind: 'not-runnable' } : { kind: 'exited', exitCode: code, stdout },
    )
  }

  /** Ends the process and all that it started, and waits for none of it. */
  #end(outcome: UnfinishedHelper): void {
    killGroup(this.#child)
    this.#child.stdout?.destroy()
    this.#child.stdin?.destroy()
    this.#child.unref()
    this.#settle(outcome)
  }

  #settle(outcome: HelperOutcome): void {
    clearTimeout(this.#timer)
    this.#resolve(outcome)
  }
}

function killGroup(child: ChildProcess): void {
  child.kill('SIGKILL')
  const { pid } = child
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // There are no groups on Windows, or all of this one has ended.
  }
}
