import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach } from 'vitest'

/** A program that a test started. */
export interface Program {
  readonly name: string
  readonly process: ChildProcess
  /** What it has printed so far. */
  log: string
}

const running: Program[] = []
const closing: (() => Promise<unknown>)[] = []

/** A folder for everything that a test file makes; squid gives up root and must still get in. */
export const workshop = mkdtempSync(join(tmpdir(), 'imagepuller-auth-e2e-'))
execFileSync('chmod', ['0777', workshop])

/** Calls this when the file's tests are done, the latest first. */
export function atEnd(close: () => Promise<unknown>): void {
  closing.unshift(close)
}

/** Starts a program, and waits until it listens. */
export async function start(
  name: string,
  args: readonly string[],
  address: string,
  port: number,
): Promise<Program> {
  if (await listens(address, port)) throw new Error(`${address}:${port} is taken`)
  const child = spawn(name, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: workshop })
  const program: Program = { name: `${name} at ${address}:${port}`, process: child, log: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      program.log += text
    })
  }
  child.on('error', (error) => {
    program.log += error.message
  })
  running.push(program)
  for (let waited = 0; waited < 10_000 && child.exitCode === null; waited += 50) {
    if (await listens(address, port)) return program
    await sleep(50)
  }
  throw new Error(`${program.name} doesn't listen:\n${program.log}`)
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(true))
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
  })
}

async function stop({ process: child }: Program): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(patience)
}

afterEach(({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const { name, log } of running) console.error(`--- ${name}\n${log.slice(-2000)}`)
})

afterAll(async () => {
  for (const close of closing) await close()
  await Promise.all(running.map(stop))
  rmSync(workshop, { recursive: true, force: true })
})
