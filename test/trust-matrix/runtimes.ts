import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import packages from './package.json' with { type: 'json' }

/** The client paths of client.mjs. */
export const PATHS = [
  'tls.connect',
  'tls.connect through CONNECT',
  'tls.connect with a session that another trust opened',
  'tls.connect with CAs and a context of another trust',
  'https.request',
  'https.request beside an agent that has trusted and kept its socket',
  'https.request beside a global agent that was loosened',
  'https.Agent',
  'https.Agent with a session that another trust opened',
  'https.Agent with CAs and a context of another trust',
  'undici fetch',
  'undici request',
  'undici fetch through CONNECT',
  'undici request through CONNECT',
  'undici request through CONNECT over TLS, public root',
  'undici request through CONNECT over TLS, private root',
  "Bun's fetch",
  "Bun's fetch through CONNECT",
  "Bun's fetch through CONNECT over TLS, public root",
  "Bun's fetch through CONNECT over TLS, private root",
] as const

export type ClientPath = (typeof PATHS)[number]

/** A runtime, as npm has it. */
export interface Runtime {
  readonly name: string
  readonly version: string
  readonly command: string
  readonly args: readonly string[]
  /** What the adapters refuse there, and so nothing is handed on by mistake either. */
  readonly refuses: (path: ClientPath) => boolean
}

const isUndici = (path: string) => path.startsWith('undici')
const isBun = (path: string) => path.startsWith("Bun's")
/** The root of the proxy that a path goes through by TLS, if it does. */
export function proxyRootOf(path: string): 'public' | 'private' | undefined {
  if (path.endsWith('over TLS, public root')) return 'public'
  return path.endsWith('over TLS, private root') ? 'private' : undefined
}

const versionOf = (name: keyof typeof packages.dependencies) =>
  packages.dependencies[name].split('@').at(-1) ?? ''
const commandOf = (path: string) =>
  fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url))

const node = (major: 20 | 22 | 24 | 26): Runtime => ({
  name: `Node ${major}`,
  version: versionOf(`node-${major}`),
  command: commandOf(`node-${major}/bin/node`),
  args: [],
  refuses: isBun,
})

/** Every runtime of the matrix, at an exact version. */
export const RUNTIMES: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  node(26),
  {
    name: 'Bun',
    version: versionOf('bun'),
    command: commandOf('bun/bin/bun'),
    args: [],
    refuses: isUndici,
  },
  {
    name: 'Deno',
    version: versionOf('deno'),
    command: commandOf('deno/deno'),
    args: ['run', '--allow-all', '--no-remote'],
    refuses: isBun,
  },
]

/** Throws where a runtime isn't installed: a matrix with a gap proves nothing. */
export function checkRuntimes(): void {
  for (const { name, version, command } of RUNTIMES) {
    if (!existsSync(command))
      throw new Error(`${name} is missing: npm ci --prefix test/trust-matrix`)
    const printed = execFileSync(command, ['--version'], { encoding: 'utf8' })
    if (!printed.includes(version)) throw new Error(`${name} isn't of version ${version}`)
  }
}
