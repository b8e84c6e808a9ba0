import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkRuntimes, RUNTIMES } from './runtimes.js'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const IMAGES = ['registry.corp/team/app:1.2', 'ghcr.io/acme/app', 'nginx']

beforeAll(checkRuntimes)

describe.each(RUNTIMES)('the core on $name $version', ({ command, args }) => {
  const run = () => {
    const example = pathOf('../../docs/examples/contrast-imagepuller.toml')
    const all = [...args, pathOf('./core-main.mjs'), example, ...IMAGES]
    return JSON.parse(execFileSync(command, all, { encoding: 'utf8' }))
  }

  it('decides as everywhere, and shows no secret', () => {
    const { core, secret } = run()
    expect(core).toMatchObject({
      certificates: 3,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      decisions: [
        [
          'registry.corp.',
          'ca-bundle',
          'basic',
          'https',
          'direct',
          'https://registry.corp/v2/',
          'authorization',
        ],
        ['ghcr.io.', 'web-pki', 'basic', 'https', 'proxy', 'https://ghcr.io/v2/', 'authorization'],
        ['.', 'deny-all', 'anonymous', '', 'proxy', null, 'denied'],
      ],
    })
    expect(secret.leaks).toEqual([])
    expect(secret.control).toBeGreaterThan(4)
  })

  it('is imported each time, on a busy machine too', async () => {
    const example = pathOf('../../docs/examples/contrast-imagepuller.toml')
    const all = [...args, pathOf('./core-main.mjs'), example, 'nginx']
    // What is loaded at the same time comes in another order now and then.
    await Promise.all(Array.from({ length: 24 }, () => promisify(execFile)(command, all)))
  })
})
