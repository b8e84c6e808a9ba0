// What README.md and docs/command-line.md show of the command is what it prints.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { COMMANDS } from '../../src/cli/commands/index.js'
import { builtCommand } from '../cli/support/built.js'
import { run } from '../cli/support/command.js'
import { normal } from '../cli/support/registry.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')
const page = readFileSync(`${root}docs/command-line.md`, 'utf8')

/** The commands of README.md that set everything up. */
const commands = [...readme.matchAll(/^npm ci && (.*)$/gm)].map(([, command]) => command ?? '')

describe('README.md', () => {
  it('shows what its command prints', async () => {
    const [, program, args = ''] =
      /^npm run build && node (\S+) (.*)$/.exec(commands[0] ?? '') ?? []
    expect(program).toBe(packageJson.bin['imagepuller-auth'])
    const [name = '', config = '', ...images] = args.split(' ')
    expect([name, config]).toEqual(['resolve', 'docs/examples/contrast-imagepuller.toml'])
    expect(images.length).toBeGreaterThan(5)
    const [, shown] = /^```text\n(.*?)^```$/ms.exec(readme) ?? []
    const { status, stdout, stderr } = await run([name, `${root}${config}`, ...images])
    expect(stderr).not.toBe('')
    expect([status, stderr.replaceAll(root, '') + stdout]).toEqual([0, shown])
  })

  it('shows what a check prints, of a registry that it starts', async () => {
    const [, program = ''] = /^npm run build && node (\S+)$/.exec(commands[1] ?? '') ?? []
    expect(program).toBe('docs/examples/check-on-loopback.js')
    builtCommand()
    const { status, stdout, stderr } = spawnSync(process.execPath, [program], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(status, stderr).toBe(0)
    const [, shown = ''] = [...readme.matchAll(/^```text\n(.*?)^```$/gms)].map(([, text]) => text)
    expect(stderr).not.toBe('')
    expect(normal(stderr + stdout)).toBe(normal(shown))
  })

  it('names scripts that are there', () => {
    expect(commands).toHaveLength(3)
    expect(commands[2]).toBe('npm test')
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(['build', 'test']))
  })

  it('says how to install it, with undici in the range that is supported', () => {
    expect(readme).toContain(`\nnpm install ${packageJson.name}\n`)
    const [, version] = /npm install undici@(\d+)/.exec(readme) ?? []
    expect(packageJson.peerDependencies.undici).toContain(`${version}.`)
  })

  it('lists every command', () => {
    const listed = [...readme.matchAll(/^\| `([a-z]+) [^`]*` +\|/gm)].map(([, name]) => name)
    expect(listed.sort()).toEqual([...COMMANDS.keys()].sort())
  })
})

describe('docs/command-line.md', () => {
  it('shows the help', async () => {
    const [, shown] = /^```text\n(.*?)^```$/ms.exec(page) ?? []
    expect((await run(['--help'])).stdout).toBe(shown)
  })
})
