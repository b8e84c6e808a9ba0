// The built command as a process: its streams, its statuses, and that importing it runs nothing.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtCommand } from './support/built.js'
import { createFolder } from './support/command.js'

const cli = builtCommand()
const folder = createFolder()
const config = folder.file('c.toml', '')

function start(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    input,
  })
  return { status, stdout, stderr }
}

/** A shell's command, in which "$0" is Node, "$1" the command line and "$2" a configuration. */
function shell(command: string) {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', command, process.execPath, cli, config],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

describe('the process', () => {
  it('has the entry that package.json names, with its line for the shell', () => {
    expect(readFileSync(cli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  it.each([
    [0, ['--help']],
    [1, ['resolve', config, 'A:B:C']],
    [2, ['resolve', `${config}.none`, 'nginx']],
  ] as const)('exits %i for %j, without colour in a pipe', (status, args) => {
    const result = start(args)
    expect(result.status).toBe(status)
    expect(result.stdout + result.stderr).not.toContain('\u001b')
  })

  it('reads standard input', () => {
    const { status, stdout } = start(
      ['resolve', '-', 'a.io/x'],
      '[registries."a.io."]\nregistrytoken = "t"\n',
    )
    expect([status, stdout]).toEqual([0, expect.stringContaining('registry-token')])
  })

  it('reads what a shell substitutes for a file, and an empty standard input', () => {
    expect(shell('"$0" "$1" resolve - nginx </dev/null').status).toBe(0)
    expect(shell('cat "$2" | "$0" "$1" resolve /dev/stdin nginx').status).toBe(0)
  })

  const many = Array.from({ length: 1500 }, (_, i) => `ghcr.io/acme/app${i}`).join(' ')

  it('ends quietly where its reader goes away', () => {
    const { status, stderr } = shell(`"$0" "$1" resolve "$2" ${many} | head -1 >/dev/null`)
    expect([status, stderr]).toEqual([0, ''])
  })

  it('writes all of it into a pipe', () => {
    expect(shell(`"$0" "$1" resolve "$2" ${many} | grep -c '^ghcr'`).stdout).toBe('1500\n')
  })

  it('says in a line that a disk is full', () => {
    const { status, stderr } = shell('"$0" "$1" resolve "$2" nginx >/dev/full')
    expect([status, stderr]).toEqual([1, "standard output: can't be written (ENOSPC)\n"])
  })

  it('fails where nothing can be printed', () => {
    expect(shell('"$0" "$1" resolve "$2" nginx >/dev/full 2>/dev/full').status).toBe(1)
  })

  it('loads a YAML parser only where there is some', () => {
    const hook = folder.file(
      'hook.cjs',
      "process.on('exit', () => console.error(Object.keys(require.cache).some((path) => path.includes('/yaml/'))))",
    )
    const manifest = folder.file('m.yaml', 'image: a.io/x')
    const loads = (...args: string[]) =>
      spawnSync(process.execPath, ['--require', hook, cli, 'resolve', config, ...args], {
        encoding: 'utf8',
      }).stderr
    expect(loads('nginx')).toBe('false\n')
    expect(loads('--manifests', manifest)).toBe('true\n')
  })

  it.each(['', '--force'])('leaves no password behind where a disk is full (%s)', (option) => {
    // A limit on the size of files stands for the disk's.
    folder.file('full/big.toml', `# ${'x'.repeat(200_000)}\n`)
    const at = join(folder.path, 'full')
    const limits = "trap '' XFSZ; ulimit -f 16"
    const command = `${limits}; cd ${at}; exec "$0" "$1" secret big.toml --output out ${option}`
    const { status, stderr } = shell(command)
    expect([status, stderr]).toEqual([1, "out: can't be written (EFBIG)\n"])
    expect(readdirSync(at)).toEqual(['big.toml'])
  })

  it('lets exactly one of many that begin at once write a file', async () => {
    folder.file('race/c.toml', '')
    const at = join(folder.path, 'race')
    const one = '"$0" "$1" secret c.toml --output out && echo written'
    const { stdout } = shell(`cd ${at}; for i in 1 2 3 4; do (${one}) 2>/dev/null & done; wait`)
    expect(stdout).toBe('written\n')
    expect(JSON.parse(readFileSync(join(at, 'out'), 'utf8')).kind).toBe('Secret')
  })
})
