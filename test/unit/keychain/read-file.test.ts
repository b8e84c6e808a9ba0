import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readFile } from '../../../src/keychain/read-file.js'

const workshop = mkdtempSync(join(tmpdir(), 'read-file-'))
afterAll(() => rmSync(workshop, { recursive: true, force: true }))

const at = (name: string, make: (path: string) => unknown): string => {
  const path = join(workshop, name)
  make(path)
  return path
}

const MAX_BYTES = 64 * 1024 * 1024

it('gives the bytes of a file, through a link as well', async () => {
  const file = at('file', (path) => writeFileSync(path, Uint8Array.of(0xff, 0)))
  const link = at('link', (path) => symlinkSync(file, path))
  expect([...((await readFile(file)) ?? [])]).toEqual([0xff, 0])
  expect([...((await readFile(link)) ?? [])]).toEqual([0xff, 0])
})

it.each<[string, () => string]>([
  ['nothing', () => join(workshop, 'nothing')],
  [
    'something below a file',
    () =>
      join(
        at('a-file', (path) => writeFileSync(path, '')),
        'x',
      ),
  ],
  ['a folder', () => workshop],
  ['a device', () => '/dev/null'],
  ['a pipe that no program writes to', () => at('pipe', (path) => execFileSync('mkfifo', [path]))],
])('has none where the path leads to %s', async (_, path) => {
  expect(await readFile(path())).toBeUndefined()
})

it.each<[string, () => string, object]>([
  ['a link to itself', () => at('loop', (path) => symlinkSync(path, path)), { code: 'ELOOP' }],
  ['a name that is too long', () => join(workshop, 'x'.repeat(300)), { code: 'ENAMETOOLONG' }],
  [
    'more than 64 MiB',
    () =>
      at('sparse', (path) => {
        writeFileSync(path, '')
        truncateSync(path, MAX_BYTES + 1)
      }),
    { message: 'the file is too large' },
  ],
])('rejects where there is %s, which is no reason to look elsewhere', async (_, path, error) => {
  await expect(readFile(path())).rejects.toMatchObject(error)
})
