// What every command says about itself, made from its own description.

import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { COMMANDS } from '../../src/cli/commands/index.js'
import { run } from './support/command.js'

const names = [...COMMANDS.keys()]

describe('help', () => {
  it.each(names)('of %s, at 80 columns', async (name) => {
    const { status, stdout, stderr } = await run([name, '--help'], {
      columns: 80,
      env: { NO_COLOR: '1' },
    })
    expect([status, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot(`golden/help-${name}.txt`)
  })

  it('of the program lists every command', async () => {
    const { status, stdout } = await run(['--help'])
    expect(status).toBe(0)
    await expect(stdout).toMatchFileSnapshot('golden/help.txt')
    for (const name of names) expect(stdout).toContain(`  ${name} `)
  })

  it.each(names)(
    'of %s says what it does, every option, an example and the exit codes',
    async (name) => {
      const command = await COMMANDS.get(name)?.()
      const { stdout } = await run([name, '--help'])
      expect(command?.name).toBe(name)
      for (const option of Object.keys(command?.options ?? {}))
        expect(stdout).toContain(`--${option}`)
      expect(command?.examples.length).toBeGreaterThan(0)
      for (const { line } of command?.examples ?? []) expect(stdout).toContain(`\n  ${line}\n`)
      expect(stdout).toMatch(
        /^Exit status:\n {2}0 {2}.*\n(?: {5}.*\n)* {2}1 {2}.*\n(?: {5}.*\n)* {2}2 {2}/m,
      )
    },
  )

  it.each([...names, ''])('keeps to 80 columns, whatever the terminal (%s)', async (name) => {
    const args = name === '' ? ['--help'] : [name, '--help']
    for (const columns of [undefined, 200]) {
      const given = columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } }
      const { stdout } = await run(args, given)
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    }
  })

  it.each([[['-h']], [['help']], [['--no-color', '--help']]])(
    'is asked for by %j',
    async (args) => {
      expect((await run(args)).stdout).toMatch(/^Usage: imagepuller-auth COMMAND/)
    },
  )

  it.each([
    [['resolve', '-h']],
    [['help', 'resolve']],
    [['--help', 'resolve']],
    [['resolve', 'x', '--help']],
  ])('of a command is asked for by %j', async (args) =>
    expect((await run(args)).stdout).toMatch(/^Usage: imagepuller-auth resolve/),
  )

  it.each([[['--version']], [['resolve', '--version']]])('%j prints the version', async (args) => {
    expect(await run(args)).toEqual({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' })
  })
})
