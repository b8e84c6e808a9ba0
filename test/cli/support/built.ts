// The command as it is built. Where the sources are newer, or nothing is built yet, it is built first.

import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packageJson from '../../../package.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The path of the file that `package.json` names as the command. */
export function builtCommand(): string {
  const path = join(root, packageJson.bin['imagepuller-auth'])
  if (!isNewer(path)) {
    const args = [join(root, 'build.js')]
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`the command can't be built:\n${stderr}`)
  }
  return path
}

/** Whether a file is newer than every source. */
function isNewer(path: string): boolean {
  const built = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = readdirSync(join(root, 'src'), { encoding: 'utf8', recursive: true })
  return sources.every((name) => statSync(join(root, 'src', name)).mtimeMs < built)
}
