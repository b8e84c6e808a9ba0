import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it } from 'vitest'

const execute = promisify(execFile)
const client = fileURLToPath(new URL('../trust-matrix/core-client.mjs', import.meta.url))
const example = readFileSync(
  new URL('../../docs/examples/contrast-imagepuller.toml', import.meta.url),
  'utf8',
)
const profile = mkdtempSync(join(tmpdir(), 'imagepuller-auth-browser-'))
let server: Server
let script = ''

/** What the page runs: as a program that embeds the library, bundled, with nothing of Node's. */
const PAGE = `<!doctype html><pre id="result"></pre><script type="module">
import { runCore, showSecret } from './client.js'
const show = (value) => [String(value), JSON.stringify(value), Object.getOwnPropertyNames(value).join()]
const core = runCore(${JSON.stringify(example)}, ['registry.corp/team/app:1.2', 'ghcr.io/acme/app', 'nginx'])
document.querySelector('#result').textContent = JSON.stringify({ core, secret: showSecret(show) })
</script>`

beforeAll(async () => {
  const bundle = await rolldown({ input: client, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'esm' })
  script = output[0].code
  server = createServer((request, response) => {
    const isScript = request.url === '/client.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(isScript ? script : PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(() => {
  server.close()
  rmSync(profile, { recursive: true, force: true })
})

it('decides in a browser as everywhere, and shows no secret', async () => {
  const { port } = server.address() as AddressInfo
  const { stdout: dom } = await execute('chromium', [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${profile}`,
    '--virtual-time-budget=10000',
    '--dump-dom',
    `http://127.0.0.1:${port}/`,
  ])
  const text = /<pre id="result">(.*?)<\/pre>/s.exec(dom)?.[1] ?? ''
  const { core, secret } = JSON.parse(text.replaceAll('&amp;', '&'))
  expect(core.decisions.map(([, trust]: string[]) => trust)).toEqual([
    'ca-bundle',
    'web-pki',
    'deny-all',
  ])
  expect(core.certificates).toBe(3)
  expect(secret.leaks).toEqual([])
  expect(secret.control).toBeGreaterThan(2)
}, 60_000)
