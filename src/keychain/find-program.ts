// The file of a program, as Go's `exec.LookPath` finds it for Docker: in the folders of PATH, and never
// in the current folder, which may be somebody else's.
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'

/** Windows runs others by a shell only. */
const WINDOWS_EXTENSIONS = ['.exe', '.com']

/**
 * The path of a program; undefined if no folder of PATH has it.
 *
 * @param name - The program's name, without a slash.
 */
export async function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
): Promise<string | undefined> {
  const isWindows = platform === 'win32'
  const { delimiter, isAbsolute, join } = isWindows ? win32 : posix
  const names = isWindows ? WINDOWS_EXTENSIONS.map((extension) => name + extension) : [name]
  for (const folder of pathOf(env, isWindows).split(delimiter)) {
    // An empty or relative element means the current folder, or one below it.
    if (!isAbsolute(folder)) continue
    for (const file of names) {
      const path = join(folder, file)
      if (await isProgram(path)) return path
    }
  }
  return undefined
}

/** The names of variables have no case on Windows. */
function pathOf(env: Readonly<Record<string, string | undefined>>, isWindows: boolean): string {
  const found = Object.entries(env).find(([name]) => {
    return isWindows ? name.toUpperCase() === 'PATH' : name === 'PATH'
  })
  return found?.[1] ?? ''
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
