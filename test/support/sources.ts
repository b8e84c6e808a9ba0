// The modules of `src` and what they import, for the tests of the layout.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** The folder of the repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

export interface Module {
  /** Below `src`, as `text/base64.ts`. */
  readonly path: string
  readonly text: string
  /** The modules of `src` that it imports, for their types too. */
  readonly files: readonly string[]
  /** Everything else that it imports, as it is written. */
  readonly packages: readonly string[]
}

/** A module as the compiler's own scanner reads it: comments and strings are no imports. */
export function readModule(path: string, text: string): Module {
  const imported = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
  return {
    path,
    text,
    files: imported
      .filter((name) => name.startsWith('.'))
      .map((name) => normalize(join(dirname(path), name)).replace(/\.js$/, '.ts')),
    packages: imported.filter((name) => !name.startsWith('.')),
  }
}

/** Every module of `src`, save the declarations of the platform's globals. */
export const modules: readonly Module[] = readdirSync(join(root, 'src'), {
  encoding: 'utf8',
  recursive: true,
})
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .sort()
  .map((path) => readModule(path, readFileSync(join(root, 'src', path), 'utf8')))
