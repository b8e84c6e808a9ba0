// The file of a program, as Go's `exec.LookPath` finds it for Docker: in the folders of PATH, and never
// in the current folder, which may be somebody else's.
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'

/** Windows runs others by a shell only. */
const WINDOWS_EXTENSIONS = ['.exe', '.com']

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The path of a program; undefined if no folder of PATH has it.
 *
 * @param name - The program's name, without a slash.
 */
export async function findProgram(
  name: string,
  env: Variables,
  platform: string,
): Promise<string | undefined> {
  for (const path of programPaths(name, env, platform)) {
    if (await isProgram(path)) return path
  }
  return undefined
}

/** The files that the program may be, in the order of PATH. */
export function programPaths(name: string, env: Variables, platform: string): readonly string[] {
  return platform === 'win32' ? windowsPaths(name, env) : posixPaths(name, env)
}

/** An empty or relative element means the current folder, or one below it. */
function posixPaths(name: string, env: Variables): readonly string[] {
  return pathOf(env, (variable) => variable === 'PATH')
    .split(posix.delimiter)
    .filter((folder) => posix.isAbsolute(folder))
    .map((folder) => posix.join(folder, name))
}

/** The names of variables have no case on Windows. */
function windowsPaths(name: string, env: Variables): readonly string[] {
  return pathOf(env, (variable) => variable.toUpperCase() === 'PATH')
    .split(win32.delimiter)
    .filter(hasDrive)
    .flatMap((folder) => WINDOWS_EXTENSIONS.map((end) => win32.join(folder, name + end)))
}

/** `\bin` is a folder of whichever drive is the current one, and `C:bin` one below its current folder. */
function hasDrive(folder: string): boolean {
  return win32.isAbsolute(folder) && win32.parse(folder).root.length > 1
}

function pathOf(env: Variables, isPath: (variable: string) => boolean): string {
  const found = Object.entries(env).find(([variable]) => isPath(variable))
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
