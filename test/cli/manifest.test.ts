// Every command that takes a configuration takes the Secret's manifest around it as well, as `secret`
// writes it, and says the same of both.

import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const pinned = `ghcr.io/acme/app@sha256:${'a'.repeat(64)}`
const toml = `[registries."."]
ca-certs = "none of any"
[registries."GHCR.io"]
auth = "dTpodW50ZXIy"
registrytoken = "t"
ca-certs = ""
`
const config = folder.file('c.toml', toml)
const old = folder.file('old.toml', '')
const NAME = 'contrast-node-installer-imagepuller-config'
const KEY = 'contrast-imagepuller.toml'

const secretOf = (text: string, name = NAME) =>
  JSON.stringify({
    kind: 'Secret',
    metadata: { name, namespace: 'kube-system' },
    data: { [KEY]: Buffer.from(text).toString('base64') },
  })
const yaml = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${NAME}\n  namespace: kube-system\nstringData:\n  ${KEY}: |\n${toml.replace(/^(?=.)/gm, '    ')}`

/** The command line of each command, with the file in the place of CONFIG. */
const COMMANDS = {
  resolve: (file: string) => ['resolve', file, pinned],
  explain: (file: string) => ['explain', file, pinned],
  lint: (file: string) => ['lint', file],
  audit: (file: string) => ['audit', file, pinned],
  diff: (file: string) => ['diff', old, file, pinned],
  check: (file: string) => ['check', file, pinned],
  secret: (file: string) => ['secret', file],
  challenge: (file: string) => ['challenge', file, 'ghcr.io/acme/app', 'Basic realm="x"'],
} as const

/** Without times, and with one name for both kinds of files. */
const shown = ({ status, stdout, stderr }: Awaited<ReturnType<typeof run>>) =>
  [status, stdout, stderr].map((part) =>
    String(part)
      .replaceAll(/[^\s(]*(?:c\.toml|manifest)(?:\(contrast-imagepuller\.toml\))?/g, 'FILE')
      .replaceAll(/ +\d+ ms/g, ' 0 ms'),
  )

describe('a configuration in its Secret', () => {
  it.each(Object.entries(COMMANDS))('is to %s what it is by itself', async (_, argsOf) => {
    const plain = shown(await run(argsOf(config)))
    const json = folder.file('json.manifest', secretOf(toml))
    expect(shown(await run(argsOf(json)))).toEqual(plain)
    expect(shown(await run(argsOf(folder.file('yaml.manifest', yaml))))).toEqual(plain)
    expect(plain.join('')).not.toContain('hunter2')
  })

  it.each(Object.entries(COMMANDS))(
    'fails %s where the Secret is another one',
    async (_, argsOf) => {
      const file = folder.file('named.manifest', secretOf(toml, 'other'))
      const { status, stdout, stderr } = await run(argsOf(file))
      expect(status).toBe(1)
      expect(stdout + stderr).toContain('named.manifest error secret-name ')
    },
  )

  it.each(Object.entries(COMMANDS))('fails %s where it is not there', async (name, argsOf) => {
    const file = folder.file('empty.manifest', JSON.stringify({ kind: 'Secret' }))
    const { status, stdout, stderr } = await run(argsOf(file))
    expect(status).toBe(1)
    expect(name === 'lint' ? stdout : stderr).toMatch(/empty\.manifest error secret-key /)
    if (name !== 'lint') expect(stdout).toBe('')
  })

  it('has its lines told as those of the document in it', async () => {
    const { stderr } = await run(COMMANDS.resolve(folder.file('lines.manifest', secretOf(toml))))
    expect(folder.within(stderr)).toMatch(
      /^lines\.manifest\(contrast-imagepuller\.toml\):\d+:\d+ warning several-credentials /m,
    )
  })

  it('is wrapped anew to the same manifest by `secret`', async () => {
    const { stdout } = await run(['secret', config])
    expect((await run(['secret', '-'], { stdin: stdout })).stdout).toBe(stdout)
  })
})
