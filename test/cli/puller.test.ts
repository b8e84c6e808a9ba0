// `--puller VERSION`, which every command takes.

import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file('c.toml', '[registries."A.io"]\nauth = "dTpw"\n')
const denying = folder.file('d.toml', '[registries."."]\nca-certs = "none"\n')
const docker = folder.file('config.json', '{"auths":{"a.io":{"auth":"dTpw"}}}')

const LINES: Readonly<Record<string, readonly string[]>> = {
  resolve: [config, 'a.io/x'],
  explain: [config, 'a.io/x'],
  lint: [config],
  audit: [config, 'a.io/x'],
  diff: [config, config, 'a.io/x'],
  check: [denying, 'a.io/x'],
  convert: ['--docker-config', docker],
  secret: [config],
  credentials: ['a.io/x'],
  challenge: [config, 'a.io/x', 'Basic realm="x"'],
}

describe.each([...COMMANDS.keys()])('%s', (name) => {
  const args = LINES[name] ?? []

  it('takes a release, and refuses what is none', async () => {
    const known = await run([name, '--puller', '1.21', ...args])
    expect(known.status).not.toBe(2)
    expect(known.stderr).not.toContain('--puller')
    // The name of a patch release stands for its minor version.
    expect((await run([name, '--puller', '1.21.0', ...args])).status).toBe(known.status)
    const unknown = await run([name, '--puller', '0.9', ...args])
    expect([unknown.status, unknown.stdout]).toEqual([2, ''])
    expect(unknown.stderr).toContain('--puller: expected a release from 1.15 on, as X.Y')
  })
})

it.each(['resolve', 'lint', 'audit', 'diff', 'secret', 'challenge'])(
  '%s says what the release does with a name that is not normalized',
  async (name) => {
    const said = async (release: string) => {
      const { stdout, stderr } = await run([name, '--puller', release, ...(LINES[name] ?? [])])
      return (stdout + stderr).includes('puller-name-not-normalized')
    }
    expect([await said('1.21'), await said('1.26')]).toEqual([false, true])
  },
)
