// How `check` tells of manifests, layers, mirrors, storage and slow servers, and of several images.

import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity } from '../../support/pki.js'
import { createFolder, run } from '../support/command.js'
import { freePort, INDEX, MANIFEST_DIGEST, normal, registry, serve } from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'
const STORAGE = 'storage.cloud'
const root = await createAuthority('Corp Root')
const cloud = await createAuthority('Cloud Root')
const identity = await createIdentity(root, { host: HOST })
const pem = root.certificate.toString('pem')
const rule = (more = '', bundle = pem) =>
  `[registries."${HOST}."]\nca-certs = '''\n${bundle}\n'''\n${more}`

type Instead = (path: string, response: ServerResponse) => boolean

async function check(
  instead: Instead = () => false,
  images: readonly string[] = [`${HOST}/app:1`],
  args: readonly string[] = [],
  toml: string = rule(),
) {
  const server = await serve(identity, registry({ instead }))
  const config = folder.file('c.toml', toml)
  const to = `${HOST}:443=127.0.0.1:${server.port}`
  return run(['check', config, ...images, '--connect', to, ...args])
}

const golden = async (name: string, text: string) =>
  expect(normal(text)).toMatchFileSnapshot(`../golden/check/${name}.txt`)

/** Answers a part of the paths. */
const at = (part: string, answer: (response: ServerResponse) => unknown): Instead => {
  return (path, response) => {
    if (!path.includes(part)) return false
    answer(response)
    return true
  }
}

describe('a registry', () => {
  it('of an image for two platforms', async () => {
    const { status, stdout } = await check(undefined, [`${HOST}/app:index`])
    expect(status).toBe(0)
    await golden('index', stdout)
  })

  it('of an image by its digest, which the puller takes', async () => {
    const { status, stdout } = await check(undefined, [`${HOST}/app@${MANIFEST_DIGEST}`])
    expect(status).toBe(0)
    expect(stdout).not.toContain('puller-unpinned')
  })

  it.each<[string, Instead]>([
    ['rate-limit', at('manifests', (it) => it.writeHead(429, { 'retry-after': '30' }).end())],
    ['rate-limit-date', at('/v2/', (it) => it.writeHead(429, { 'retry-after': DATE }).end())],
    ['rate-limit-odd', at('/v2/', (it) => it.writeHead(429, { 'retry-after': 'x\u009b2J' }).end())],
    ['no-registry', at('/v2/', (it) => it.writeHead(404).end('<html>'))],
    ['teapot', at('/v2/', (it) => it.writeHead(418).end())],
    ['failing', at('manifests', (it) => it.writeHead(500).end())],
    ['forbidden', at('manifests', (it) => it.writeHead(403).end('not JSON'))],
    ['no-manifest', at('manifests', (it) => it.end('<html>'))],
    ['odd-manifest', at('manifests', (it) => it.end('{"fsLayers":[]}'))],
    ['no-layers', at('manifests', (it) => it.end('{"layers":[]}'))],
    ['large-manifest', at('manifests', (it) => it.end(Buffer.alloc(4 * 1024 * 1024 + 1, ' ')))],
    ['layer-missing', at('blobs', (it) => it.writeHead(404).end())],
    ['layer-empty', at('blobs', (it) => it.end())],
    ['breaks-off', at('manifests', breakOff)],
  ])('%s', async (name, instead) => {
    const { status, stdout } = await check(instead)
    expect(status).toBe(name === 'no-layers' ? 0 : 1)
    await golden(name, stdout)
  })

  it('that lacks the image', async () => {
    const { status, stdout } = await check(undefined, [`${HOST}/app:2`])
    expect(status).toBe(1)
    await golden('manifest-unknown', stdout)
  })

  it('that sends something else than the digest names', async () => {
    const instead = at('manifests', (it) => it.end(INDEX))
    const { status, stdout } = await check(instead, [`${HOST}/app@${MANIFEST_DIGEST}`])
    expect(status).toBe(1)
    await golden('other-digest', stdout)
  })

  it('that answers nothing', async () => {
    const { status, stdout } = await check(() => true, undefined, ['--timeout', '0.3'])
    expect(status).toBe(1)
    await golden('silent', stdout)
  })

  it('that drips', async () => {
    const drip = at('manifests', (it) => {
      it.write('{')
      const timer = setInterval(() => it.write(' '), 20)
      it.once('close', () => clearInterval(timer))
    })
    const { status, stdout } = await check(drip, undefined, ['--timeout', '0.5'])
    expect(status).toBe(1)
    await golden('drip', stdout)
  })
})

const DATE = 'Wed, 21 Oct 2026 07:28:00 GMT'

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{', () => response.destroy())
}

describe('a storage', () => {
  const redirect = (to: string) =>
    at('blobs', (it) => it.writeHead(307, { location: `${to}?sig=jzrmxtqkdw` }).end())

  it('for which the pin of the rule does not hold', async () => {
    const storage = await serve(await createIdentity(cloud, { host: STORAGE }), () => undefined)
    const args = ['--connect', `${STORAGE}=127.0.0.1:${storage.port}`]
    const { status, stdout } = await check(redirect(`https://${STORAGE}/x`), undefined, args)
    expect([status, storage.requests]).toEqual([1, []])
    expect(stdout).not.toContain('jzrmxtqkdw')
    await golden('storage-untrusted', stdout)
  })

  it('that the rule trusts as well gets no credentials', async () => {
    const storage = await serve(await createIdentity(cloud, { host: STORAGE }), (_, response) =>
      response.end('the layer'),
    )
    const args = ['--connect', `${STORAGE}=127.0.0.1:${storage.port}`]
    const both = rule('', `${pem}\n${cloud.certificate.toString('pem')}`)
    const to = `https://${STORAGE}/x`
    const { status, stdout } = await check(redirect(to), undefined, args, both)
    expect([status, storage.requests[0]?.headers.authorization]).toEqual([0, undefined])
    expect(stdout).not.toContain('jzrmxtqkdw')
    await golden('storage', stdout)
  })

  it('whose link has ended', async () => {
    const storage = await serve(await createIdentity(root, { host: STORAGE }), (_, response) =>
      response.writeHead(403).end(),
    )
    const args = ['--connect', `${STORAGE}=127.0.0.1:${storage.port}`]
    const { status, stdout } = await check(redirect(`https://${STORAGE}/x`), undefined, args)
    expect(status).toBe(1)
    await golden('storage-403', stdout)
  })

  it('at the registry itself, where a redirect carries no credentials', async () => {
    const variant = {
      isLetIn: (it: string | undefined) => it !== undefined,
      challenge: 'Basic realm="x"',
      instead: (path: string, response: ServerResponse) => {
        if (!path.includes('manifests')) return false
        response.writeHead(307, { location: path }).end()
        return true
      },
    }
    const server = await serve(identity, registry(variant))
    const config = folder.file('r.toml', rule('username = "u"\npassword = "p"\n'))
    const args = ['--connect', `${HOST}:443=127.0.0.1:${server.port}`]
    const { status, stdout } = await run(['check', config, `${HOST}/app:1`, ...args])
    expect(status).toBe(1)
    expect(server.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      ...[false, true, true, false],
    ])
    await golden('redirect-to-itself', stdout)
  })

  it.each([
    ['storage-http', 'http://storage.cloud/x'],
    ['storage-odd', 'https://storage.cloud:99999/x'],
    ['storage-loop', `https://${HOST}/v2/app/blobs/x`],
  ])('%s: %s', async (name, to) => {
    const { status, stdout } = await check(redirect(to))
    expect(status).toBe(1)
    await golden(name, stdout)
  })
})

describe('a mirror', () => {
  const MIRROR = 'mirror.corp'
  const mirrored = (more = '') => rule(`mirror = "https://${MIRROR}"\n${more}`)

  it('that lacks the image', async () => {
    const mirror = await serve(await createIdentity(root, { host: MIRROR }), registry())
    const args = ['--connect', `${MIRROR}:443=127.0.0.1:${mirror.port}`]
    const { status, stdout } = await check(undefined, [`${HOST}/app:2`], args, mirrored())
    expect(status).toBe(1)
    await golden('mirror-lacks', stdout)
  })

  it('that lacks the image, which the registry has', async () => {
    const lacking = registry({ instead: at('manifests', (it) => it.writeHead(404).end()) })
    const mirror = await serve(await createIdentity(root, { host: MIRROR }), lacking)
    const args = ['--connect', `${MIRROR}:443=127.0.0.1:${mirror.port}`]
    const toml = mirrored('mirror-fallback = true\n')
    const { status, stdout } = await check(undefined, undefined, args, toml)
    expect(status).toBe(0)
    await golden('mirror-fallback', stdout)
  })

  it.each([
    ['by plain HTTP', 'http://storage.cloud/'],
    ['to no URL', 'https://storage.cloud:99999/'],
    ['in a circle', '/circle'],
  ])('that leads %s, and is left for the registry', async (_, location) => {
    const leading = (_: unknown, response: ServerResponse) =>
      response.writeHead(307, { location }).end()
    const mirror = await serve(await createIdentity(root, { host: MIRROR }), leading)
    const args = ['--connect', `${MIRROR}:443=127.0.0.1:${mirror.port}`]
    const toml = mirrored('mirror-fallback = true\n')
    const { status, stdout } = await check(undefined, undefined, args, toml)
    expect(status).toBe(0)
    const left = /^ {2}skip .* leads where it may not, or to no end$/gm
    expect(stdout.match(left)).toHaveLength(3)
  })

  it("that names a token service of its own, or the registry's", async () => {
    const asking = (realm: string) =>
      registry({ isLetIn: () => false, challenge: `Bearer realm="${realm}"` })
    const identity = await createIdentity(root, { host: MIRROR })
    const said = async (realm: string) => {
      const mirror = await serve(identity, asking(realm))
      const args = ['--connect', `${MIRROR}:443=127.0.0.1:${mirror.port}`]
      return (await check(undefined, undefined, args, mirrored())).stdout
    }
    expect(await said(`https://${MIRROR}/token`)).toMatch(/a token, asked for at \S+, by GET/)
    expect(await said(`https://${HOST}/token`)).toContain(
      `a token, asked for at https://${HOST}, outside the mirror's own domain, by GET`,
    )
  })

  it('that is not reached, unlike the registry', async () => {
    const args = ['--connect', `${MIRROR}:443=127.0.0.1:${await freePort()}`]
    const toml = mirrored('mirror-fallback = true\n')
    const { status, stdout } = await check(undefined, undefined, args, toml)
    expect(status).toBe(0)
    await golden('mirror-unreachable', stdout)
  })
})

describe('several images', () => {
  it('of which the first fails: the others go on', async () => {
    const images = [`${HOST}/app:2`, 'Not/An Image', `${HOST}/app:1`]
    const { status, stdout, stderr } = await check(undefined, images)
    expect(status).toBe(1)
    expect(stderr).toContain('"Not/An')
    await golden('two-images', stdout)
  })

  it('as data', async () => {
    const storage = await serve(await createIdentity(cloud, { host: STORAGE }), () => undefined)
    const instead = at('app/blobs', (it) =>
      it.writeHead(307, { location: `https://${STORAGE}/` }).end(),
    )
    const images = [`${HOST}/app:1`, `${HOST}/other:index`]
    const args = ['--connect', `${STORAGE}=127.0.0.1:${storage.port}`, '--json']
    const { status, stdout, stderr } = await check(instead, images, args)
    expect([status, stderr]).toEqual([1, ''])
    const data = JSON.parse(stdout)
    expect(data.images.map((one: { isFine: boolean }) => one.isFine)).toEqual([false, true])
    expect(JSON.stringify(data)).not.toContain('BEGIN CERTIFICATE')
    await expect(normal(stdout)).toMatchFileSnapshot('../golden/check/data.txt')
    const shown = await check(instead, images, [...args, '--show-pem'])
    const step = JSON.parse(shown.stdout).images[0].steps.at(-1)
    expect(step.missing.pem).toContain('BEGIN CERTIFICATE')
  })
})
