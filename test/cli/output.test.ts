// `--output`: one descriptor, opened once, for the owner alone, through no link.

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '[registries."ghcr.io."]\nusername = "u"\npassword = "p"\n')
const write = (output: string, ...options: string[]) =>
  run(['secret', config, '--output', output, ...options])

/** A new folder, and what is in it. */
function place(name: string) {
  const path = join(folder.path, name)
  mkdirSync(path)
  return { path, output: join(path, 'out.json'), names: () => readdirSync(path).sort() }
}

describe('--output (attack 7, threat 29)', () => {
  it('writes a file that its owner alone can read, whatever the mask', async () => {
    const { output, names } = place('new')
    const before = process.umask(0)
    const result = await write(output)
    process.umask(before)
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(statSync(output).mode & 0o777).toBe(0o600)
    expect(names()).toEqual(['out.json'])
  })

  it('overwrites nothing', async () => {
    const { output } = place('there')
    writeFileSync(output, 'mine')
    const { status, stderr } = await write(output)
    expect(status).toBe(2)
    expect(stderr).toContain(
      "out.json: can't be written: it is there already; --force replaces it (EEXIST)",
    )
    expect(readFileSync(output, 'utf8')).toBe('mine')
  })

  it('follows no link, to a file or to nothing', async () => {
    const { path, output } = place('links')
    const target = join(path, 'target')
    symlinkSync(target, output)
    expect((await write(output)).status).toBe(2)
    expect(existsSync(target)).toBe(false)
    writeFileSync(target, 'other')
    expect((await write(output)).status).toBe(2)
    expect(readFileSync(target, 'utf8')).toBe('other')
  })

  it('replaces a link with --force, and not what it leads to', async () => {
    const { path, output } = place('forced-link')
    const target = join(path, 'target')
    writeFileSync(target, 'other')
    symlinkSync(target, output)
    expect((await write(output, '--force')).status).toBe(0)
    expect(lstatSync(output).isFile()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe('other')
  })

  it('replaces a file with --force, whatever its mode, and leaves nothing beside it', async () => {
    const { output, names } = place('forced')
    writeFileSync(output, 'old')
    chmodSync(output, 0o644)
    expect((await write(output, '--force')).status).toBe(0)
    expect(JSON.parse(readFileSync(output, 'utf8')).kind).toBe('Secret')
    expect(statSync(output).mode & 0o777).toBe(0o600)
    expect(names()).toEqual(['out.json'])
  })

  it('writes a new file with --force as well', async () => {
    const { output, names } = place('forced-new')
    expect((await write(output, '--force')).status).toBe(0)
    expect(names()).toEqual(['out.json'])
  })

  it.each([
    ['a folder', (output: string) => mkdirSync(output), 2],
    ['a folder that is not there', () => {}, 2],
  ])('does not replace %s', async (name, prepare, status) => {
    const { output, names, path } = place(`not ${name}`)
    prepare(output)
    const target = name === 'a folder' ? output : join(path, 'none', 'x')
    for (const options of [[], ['--force']]) {
      const result = await write(target, ...options)
      expect([result.status, result.stdout]).toEqual([status, ''])
      expect(result.stderr).toContain("can't be written")
    }
    expect(names()).toEqual(name === 'a folder' ? ['out.json'] : [])
  })

  it('leaves no password behind where the new file can not be put into place', async () => {
    const { path, names } = place('too-long')
    const { status, stderr } = await write(join(path, 'x'.repeat(300)), '--force')
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("can't be written (ENAMETOOLONG)"),
    ])
    expect(names()).toEqual([])
  })

  it('does not replace a device', async () => {
    const { status, stderr } = await write('/dev/null', '--force')
    expect(status).toBe(2)
    expect(stderr).toContain('/dev/null')
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('lets exactly one of many that begin at once write', async () => {
    const { output } = place('race')
    const results = await Promise.all(Array.from({ length: 8 }, () => write(output)))
    expect(results.filter(({ status }) => status === 0)).toHaveLength(1)
    expect(JSON.parse(readFileSync(output, 'utf8')).kind).toBe('Secret')
  })
})
