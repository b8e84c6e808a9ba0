// `--json`: whatever comes of a command, standard output is one JSON text and nothing else.

import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '[registries."denied.corp."]\nca-certs = "nobody"\n')
const broken = folder.file('broken.toml', '[registries."a.io."]\nusername = "hunter2"\nauth = 1\n')
const image = 'denied.corp/app:1'
const header = 'Basic realm="x"'
const HOME = folder.path

/** By command: what succeeds, what fails, and what can't be begun. */
const LINES: Readonly<Record<string, readonly (readonly [status: number, ...string[]])[]>> = {
  resolve: [
    [0, config, image],
    [1, config, image, 'A:B:C'],
    [1, config, 'A:B:C'],
    [1, broken, image],
    [1, config, '--images', folder.file('none.txt', '')],
    [2, `${config}.none`, image],
    [2, config],
  ],
  explain: [
    [0, config, image],
    [1, config, 'A:B:C'],
    [1, broken, image],
    [2, config, image, '--puller', 'old'],
  ],
  lint: [
    [0, config, '--fail-on', 'error'],
    [1, broken],
    [2, `${config}.none`],
    [2, config, '--expires-within', 'x'],
  ],
  audit: [
    [1, config, image],
    [1, broken, image],
    [2, config],
    [2, config, image, '--format', 'text'],
  ],
  diff: [
    [0, config, config, image],
    [1, config, broken, image],
    [2, config],
  ],
  check: [
    [1, config, image],
    [1, config, 'A:B:C'],
    [1, broken, image],
    [2, config, image, '--timeout', 'x'],
    [2, config, image, '--nothing-known'],
  ],
  credentials: [[0, image], [1, 'A:B:C'], [2]],
  challenge: [
    [0, folder.file('free.toml', '[registries."a.io."]\nauth = "dTpw"\n'), 'a.io/x', header],
    [1, config, image, header],
    [1, config, 'A:B:C', header],
    [1, broken, image, header],
    [2, config, image],
  ],
}

const rows = Object.entries(LINES).flatMap(([command, lines]) =>
  lines.map(([status, ...args]) => [status, command, args] as const),
)

describe('--json', () => {
  it.each(rows)('exits %i and prints JSON alone: %s %j', async (status, command, args) => {
    for (const env of [{ HOME }, { HOME, FORCE_COLOR: '1' }]) {
      const result = await run([command, '--json', ...args], { env })
      expect(result.status).toBe(status)
      const data = JSON.parse(result.stdout)
      for (const text of ['hunter2', '\u001b', '\\u001b']) expect(result.stdout).not.toContain(text)
      const messages: readonly string[] = data?.error?.messages ?? []
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
      const stderr = result.stderr.replaceAll(/\u001b\[\d+m/g, '')
      for (const message of messages) expect(stderr).toContain(message)
      if (status === 2) expect(data.error.status).toBe(2)
    }
  })

  it('has every command with that option', async () => {
    const { stdout } = await run(['--help'])
    const names = [...stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name = '']) => name)
    const having: string[] = []
    for (const name of names) {
      if ((await run([name, '--help'])).stdout.includes('  --json')) having.push(name)
    }
    expect(having.sort()).toEqual(Object.keys(LINES).sort())
  })

  it.each([
    [['audit', '--format', 'json', broken], 1],
    [['lint', '--format=json', `${config}.none`], 2],
    [['audit', '--format=json', config, '--manifests', broken], 1],
  ] as const)('is the same as --format json: %j', async (args, least) => {
    const { status, stdout } = await run(args)
    expect(status).toBeGreaterThanOrEqual(least)
    expect(JSON.parse(stdout)).toHaveProperty('error')
  })

  it.each([
    ['audit', config],
    ['diff', config, config],
    ['check', config],
  ])('has what of a manifest could not be read: %j', async (...args) => {
    const manifest = folder.file('part.yaml', `image: ${image}\n---\nimage: {{ hunter2 }}\n`)
    const { status, stdout, stderr } = await run([...args, '--json', '--manifests', manifest])
    const { unread } = JSON.parse(stdout)
    expect([status, unread]).toEqual([
      1,
      [expect.stringContaining('part.yaml:3:8: the image is a ')],
    ])
    expect(stderr).toContain(unread[0])
    const whole = await run([...args, '--json', image])
    expect(JSON.parse(whole.stdout).unread).toEqual([])
  })

  it.each([
    [['secret', '--json', config]],
    [['convert', '--json']],
    [['lint', '--format', 'sarif', `${config}.none`]],
    [['resolve', broken, 'json', '--images', 'json']],
    [['nothing', '--json']],
    [['--json']],
  ])('is not printed where it is no option, or not asked for: %j', async (args) => {
    const { status, stdout } = await run(args)
    expect(status).not.toBe(0)
    expect(stdout).toBe('')
  })
})
