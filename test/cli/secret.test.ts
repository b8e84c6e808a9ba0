// `secret`: a configuration as the Secret that the node installer takes.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const toml = '# a comment\r\n[registries."ghcr.io."]\r\nusername = "u"\npassword = "pä"\n'

describe('secret', () => {
  it('wraps the file byte for byte', async () => {
    const { status, stdout, stderr } = await run(['secret', folder.file('c.toml', toml)])
    expect([status, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot('golden/secret.txt')
    const { data, ...rest } = JSON.parse(stdout)
    expect(rest).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'contrast-node-installer-imagepuller-config', namespace: 'kube-system' },
      type: 'Opaque',
    })
    expect(Object.keys(data)).toEqual(['contrast-imagepuller.toml'])
    expect(Buffer.from(data['contrast-imagepuller.toml'], 'base64').toString()).toBe(toml)
  })

  it('takes standard input, and writes a file for its owner alone', async () => {
    const output = join(folder.path, 'secret.json')
    const result = await run(['secret', '-', '--output', output], { stdin: toml })
    expect(result).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(output, 'utf8')).toBe((await run(['secret', '-'], { stdin: toml })).stdout)
    expect(statSync(output).mode & 0o777).toBe(0o600)
  })

  it('takes no empty standard input for a configuration', async () => {
    // What `sops --decrypt FILE | imagepuller-auth secret - | kubectl apply -f -` gets where sops fails.
    const { status, stdout, stderr } = await run(['secret', '-'], { stdin: '' })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^standard input: it is empty, /)
    expect((await run(['secret', '-'], { stdin: '# nothing\n' })).status).toBe(0)
    expect((await run(['secret', folder.file('empty.toml', '')])).status).toBe(0)
  })

  it.each([
    ['errors', '[registries."a.io."]\nusername = "hunter2hunter2"\n', [], 'incomplete-credentials'],
    ['no TOML', 'a = hunter2hunter2', [], 'invalid-toml'],
    [
      'warnings under --strict',
      '[registries."a.io."]\nauth = "dTpw"\nregistrytoken = "t"\n',
      ['--strict'],
      'several-credentials',
    ],
    [
      'warnings that fail',
      '[registries."a.io."]\nauth = "dTpw"\nregistrytoken = "t"\n',
      ['--fail-on', 'warning'],
      'several-credentials',
    ],
    [
      "differences of Contrast's puller that fail",
      '[registries."a.b.io."]\nauth = "dTpw"\n[registries.".b.io."]\nca-certs = "none"\n',
      ['--fail-on', 'warning'],
      'puller-left-to-chance',
    ],
    ['too much', '#'.repeat(1024 * 1024 + 1), [], 'too-large'],
  ])('writes nothing of a document with %s', async (_, text, options, code) => {
    const { status, stdout, stderr } = await run(['secret', ...options, '-'], { stdin: text })
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain(` ${code} `)
    expect(stderr).not.toContain('hunter2')
  })

  it('wraps a document with warnings, and names them', async () => {
    const stdin = '[registries."a.io."]\nauth = "dTpw"\nregistrytoken = "t"\n'
    const { status, stdout, stderr } = await run(['secret', '-'], { stdin })
    expect(status).toBe(0)
    expect(JSON.parse(stdout).kind).toBe('Secret')
    expect(stderr).toContain(' warning several-credentials ')
  })

  it("names where Contrast's puller decides otherwise", async () => {
    const stdin =
      '[registries."."]\nca-certs = ""\n[registries."*.corp"]\n[registries.".sub.corp."]\n'
    const { status, stdout, stderr } = await run(['secret', '-'], { stdin })
    expect(status).toBe(0)
    expect(JSON.parse(stdout).kind).toBe('Secret')
    expect(stderr).toMatch(/^<stdin>:1:13 warning puller-trusts-more registries\."\.": .+$/m)
  })

  it('says where a name lacks what a newer puller asks for', async () => {
    const { stderr } = await run(['secret', '-'], {
      stdin: '[registries."GHCR.io"]\nregistrytoken = "t"\n',
    })
    expect(stderr).toMatch(/^<stdin>:1:\d+ warning puller-name-not-normalized /m)
  })
})
