// The candidate files, read with a limit.
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** In bytes; `parseDockerConfig` takes less. */
const MAX_BYTES = 64 * 1024 * 1024

/** Reads a file; undefined where there is none at the path. */
export type ReadFile = (path: string) => Promise<string | Uint8Array | undefined>

/** What tells that nothing is there. */
const ABSENT: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR'])

/** Reads a file of this machine. A folder, a pipe or a device is none. */
export async function readFile(path: string): Promise<Uint8Array | undefined> {
  try {
    // A pipe that no program writes to would be waited for.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const found = await file.stat()
      if (!found.isFile()) return undefined
      if (found.size > MAX_BYTES) throw new RangeError('the file is too large')
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (ABSENT.has(Object(error).code)) return undefined
    throw error
  }
}
