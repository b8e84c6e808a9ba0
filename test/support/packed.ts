// The package as a user gets it: packed from a copy of what git keeps, as a fresh clone is, whose
// `prepack` builds it, and installed into a folder of its own.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vitest/config'
import type { TestProject } from 'vitest/node'
import { root } from './sources.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A user's folder, in whose node_modules the package is. */
    readonly installed: string
  }
}

/** The folder of one run of the tests: its configuration and its set-up live in one process. */
const folder = join(tmpdir(), `imagepuller-auth-packed-${process.pid}`)
const user = join(folder, 'user')

/** Leads the package's name to the installed package, by its own `exports`. */
export function installedPackage(): Plugin {
  const require = createRequire(join(user, 'index.js'))
  return {
    name: 'installed-package',
    enforce: 'pre',
    resolveId: (id) =>
      /^imagepuller-auth(?:\/|$)/.test(id)
        ? { id: require.resolve(id), external: true }
        : undefined,
  }
}

/** Packs and installs the package before the tests, and removes it after them. */
export default function setup(project: TestProject): () => void {
  rmSync(folder, { recursive: true, force: true })
  const clone = join(folder, 'clone')
  const kept = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], root)
  for (const name of kept.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(clone, name)), { recursive: true })
    cpSync(join(root, name), join(clone, name))
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'))
  run('npm', ['pack', '--silent', '--pack-destination', folder], clone)
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  mkdirSync(user)
  writeFileSync(join(user, 'package.json'), '{"type":"module","private":true}')
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `../${tarball}`], user)
  project.provide('installed', user)
  return () => rmSync(folder, { recursive: true })
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}
