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

describe('what is about the document as a whole', () => {
  const loud = '[registries."a.io"]\nauth = "dTpw"\n'
  const silent = `# imagepuller-auth: ignore puller-name-not-normalized our puller is 1.25\n${loud}`
  const pinned = `a.io/x@sha256:${'0'.repeat(64)}`

  it.each([
    ['resolve', [pinned]],
    ['explain', [pinned]],
    ['audit', [pinned]],
    ['secret', []],
    ['challenge', [pinned, 'Basic realm="x"']],
  ])(
    '%s counts by --fail-on, at its line, unless a comment silences it',
    async (name, operands) => {
      const asked = async (text: string) => {
        const file = folder.file('n.toml', text)
        const { status, stderr } = await run([name, '--fail-on', 'warning', file, ...operands])
        return [status, stderr.includes(`${file}:1:13 warning puller-name-not-normalized `)]
      }
      expect(await asked(loud)).toEqual([1, true])
      expect(await asked(silent)).toEqual([0, false])
    },
  )
})
