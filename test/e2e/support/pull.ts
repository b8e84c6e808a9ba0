import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { digestOf } from './image.js'
import { workshop } from './programs.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const PATIENCE = 20_000

export interface Pulled {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The layout, which is there if the code is 0. */
  readonly folder: string
}

export interface PullOptions {
  /** What names mean. */
  readonly names: Readonly<Record<string, string>>
  /** What the web PKI is for the puller, besides what Node has in it. */
  readonly webPki?: string
  readonly flags?: readonly string[]
  /** What may not show up in the output, besides the secrets of the configuration. */
  readonly secrets?: readonly string[]
  /** Another program of docs/examples. */
  readonly program?: string
  /** Variables of its environment, which holds no others of use. */
  readonly env?: Readonly<Record<string, string>>
  /** Whether it sees a terminal. */
  readonly terminal?: boolean
  /** Gets the process as soon as there is one. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Everything in a configuration that a program may not print. */
function secretsOf(config: string): string[] {
  const found = (pattern: RegExp) => [...config.matchAll(pattern)].map(([, value = '']) => value)
  const values = found(/^(?:password|auth|identitytoken|registrytoken) = "([^"]+)"/gm)
  const passwords = found(/^password = "([^"]+)"/gm)
  const pairs = found(/^username = "([^"]+)"/gm).flatMap((username) =>
    passwords.map((password) => `${username}:${password}`),
  )
  return [...values, ...pairs, ...found(/:\/\/[^:/"\s]+:([^@/"\s]+)@/g)]
}

/** The guide has a password that is a part of the word "registry"; such are left out. */
const SHORTEST = 5

/** A secret as it stands, in the forms that headers and forms give it, and what `auth` holds. */
function formsOf(secret: string): string[] {
  const decoded = Buffer.from(secret, 'base64').toString()
  const password = /^[\x20-\x7e]+:([\x20-\x7e]+)$/.exec(decoded)?.[1]
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
  return [...forms, ...(password ? [password] : [])].filter((form) => form.length >= SHORTEST)
}

/**
 * Runs the example as a user does, and checks what holds each time: it ends, says nothing secret, and
 * leaves a whole layout or nothing.
 */
export async function pull(config: string, image: string, options: PullOptions): Promise<Pulled> {
  const parent = mkdtempSync(join(workshop, 'pull-'))
  const folder = join(parent, 'layout')
  const file = join(workshop, `${parent.slice(-6)}.toml`)
  writeFileSync(file, config)
  const pulled = await run([...(options.flags ?? []), file, image, folder], options)
  for (const secret of [...secretsOf(config), ...(options.secrets ?? [])].flatMap(formsOf)) {
    expect(pulled.stdout + pulled.stderr).not.toContain(secret)
  }
  expect(readdirSync(parent)).toEqual(pulled.code === 0 ? ['layout'] : [])
  return { ...pulled, folder }
}

/** Runs a program of docs/examples, and ends it if it doesn't end. */
export async function run(args: readonly string[], options: PullOptions) {
  const child = launch(args, options)
  options.onStart?.(child)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text) => {
      output[name] += text
    })
  }
  let isHanging = false
  const patience = setTimeout(() => {
    isHanging = true
    child.kill('SIGKILL')
  }, PATIENCE)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearTimeout(patience)
  expect(isHanging, `it hangs, after:\n${output.stdout}${output.stderr}`).toBe(false)
  return { code, ...output }
}

function launch(args: readonly string[], options: PullOptions): ChildProcess {
  const { names, webPki, program = 'puller/pull.js', terminal } = options
  const preload = new URL('names.js', import.meta.url).href
  const command = ['--import', preload, join(root, 'docs', 'examples', program), ...args]
  const env: Record<string, string> = {
    ...options.env,
    E2E_NAMES: JSON.stringify(names),
    TERM: 'xterm',
  }
  if (webPki) {
    env['NODE_EXTRA_CA_CERTS'] = join(workshop, `web-pki-${digestOf(webPki).slice(-8)}.pem`)
    writeFileSync(env['NODE_EXTRA_CA_CERTS'], webPki)
  }
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe']
  // Nothing of the machine's own gets in: no proxy variables, no certificates.
  if (!terminal) return spawn(process.execPath, command, { env, stdio })
  const line = [process.execPath, ...command].map((word) => `'${word}'`).join(' ')
  return spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], { env, stdio })
}

/** An error in one line, which says this. */
export function expectError({ code, stderr }: Pulled, message: string | RegExp): void {
  expect(stderr).toMatch(/^(?:warning: [^\n]*\n)*error: [^\n]*\n$/)
  expect(stderr).toMatch(message)
  expect(code).toBe(1)
}

/** A rule of a configuration. */
export function rule(name: string, keys: Readonly<Record<string, string | boolean>>): string {
  const lines = Object.entries(keys).map(([key, value]) =>
    String(value).includes('\n')
      ? `${key} = '''\n${value}\n'''`
      : `${key} = ${JSON.stringify(value)}`,
  )
  return [`[registries.${JSON.stringify(name)}]`, ...lines, ''].join('\n')
}
