/**
 * The four examples of the guide, each against real programs. Its certificates have expired and its
 * registries are others' or nobody's, so both are made here.
 */

import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from './support/certificates.js'
import {
  blobsOf,
  makeImage,
  makeIndex,
  PLATFORMS,
  push,
  skopeo,
  type TestImage,
} from './support/image.js'
import { type Program, workshop } from './support/programs.js'
import { type ForwardProxy, startProxy } from './support/proxy.js'
import { expectError, pull, rule } from './support/pull.js'
import { startRegistry } from './support/registry.js'

const NAMES = {
  'registry.corp': '127.0.1.2',
  'registry.default.svc.cluster.local': '127.0.1.3',
  'ghcr.io': '127.0.1.4',
  'very-secure.registri.es': '127.0.1.5',
  'quay.io': '127.0.1.6',
  'proxy.corp': '127.0.1.9',
  'inner-proxy.corp': '127.0.1.10',
}
const CLUSTER = NAMES['registry.default.svc.cluster.local']
const AT_GHCR = { name: 'burgerdev', password: 'thisisnotmypassword' }
const AT_SECURE = { name: 'nice', password: 'try' }

let corp: Authority
let web: Authority
let image: TestImage
let index: TestImage
let proxy: ForwardProxy
let innerProxy: ForwardProxy
let quay: Program
let secure: Program

beforeAll(async () => {
  corp = await makeAuthority('Corporate Root')
  web = await makeAuthority('A root of the web PKI')
  await startRegistry({ address: CLUSTER })
  const startAt = async (name: keyof typeof NAMES, by: Authority, user?: typeof AT_GHCR) => {
    const identity = await by.issue([name, NAMES[name]])
    return startRegistry({ address: NAMES[name], identity, ...(user && { user }) })
  }
  await startAt('registry.corp', corp)
  await startAt('ghcr.io', web, AT_GHCR)
  quay = await startAt('quay.io', web)
  secure = await startAt('very-secure.registri.es', corp, AT_SECURE)
  const identity = await web.issue(['proxy.corp'])
  proxy = await startProxy({ address: NAMES['proxy.corp'], port: 443, identity, names: NAMES })
  const inner = await corp.issue(['inner-proxy.corp'])
  const address = NAMES['inner-proxy.corp']
  innerProxy = await startProxy({ address, port: 443, identity: inner, names: NAMES })
  image = makeImage()
  index = makeIndex()
  push(image, `docker://${CLUSTER}:80/team/app:1`)
  push(index, `docker://${CLUSTER}:80/team/multi:1`)
})

const options = () => ({ names: NAMES, webPki: web.pem, secrets: [AT_GHCR.password] })

async function expectPulled(config: string, registry: string): Promise<void> {
  const pulled = await pull(config, `${registry}/team/app@${image.digest}`, options())
  expect(pulled.stderr).not.toContain('error')
  expect(pulled).toMatchObject({ code: 0, stdout: `${image.digest}\n` })
  expect(blobsOf(pulled.folder)).toEqual(blobsOf(image.folder))
}

describe('example 1: an internal registry, and ghcr.io behind a proxy', () => {
  const config = () =>
    `[extra-env]
HTTP_PROXY = "https://proxy.corp"
HTTPS_PROXY = "https://proxy.corp"
NO_PROXY = ".corp"
${rule('registry.corp.', { 'ca-certs': corp.pem })}
${rule('ghcr.io.', { auth: 'YnVyZ2VyZGV2OnRoaXNpc25vdG15cGFzc3dvcmQ=' })}`

  test.each([
    ['registry.corp', 'directly', []],
    ['ghcr.io', 'by the proxy', ['CONNECT ghcr.io:443 200']],
    ['quay.io', 'by the proxy', ['CONNECT quay.io:443 200']],
  ])('%s is reached %s', async (registry, _, visits) => {
    const before = (await proxy.visits()).length
    await expectPulled(config(), registry)
    const since = (await proxy.visits()).slice(before)
    expect([...new Set(since)]).toEqual(visits)
  })
})

describe('example 1, where the corporate CA vouches for the proxy', () => {
  const config = (keys: Readonly<Record<string, string | boolean>>) =>
    `[extra-env]
HTTP_PROXY = "https://inner-proxy.corp"
HTTPS_PROXY = "https://inner-proxy.corp"
${rule('ghcr.io.', { auth: 'YnVyZ2VyZGV2OnRoaXNpc25vdG15cGFzc3dvcmQ=', ...keys })}`
  // squid writes a line for a handshake that failed as well.
  const tunnels = async () =>
    (await innerProxy.visits()).filter((visit) => visit.startsWith('CONNECT '))
  const pullBy = (keys: Readonly<Record<string, string | boolean>>) =>
    pull(config(keys), `ghcr.io/team/app@${image.digest}`, options())

  test("the rule's certificates are for the proxy as well", async () => {
    await expectPulled(config({ 'ca-certs': `${corp.pem}\n${web.pem}` }), 'ghcr.io')
    expect([...new Set(await tunnels())]).toEqual(['CONNECT ghcr.io:443 200'])
  })

  test.each<[string, () => Readonly<Record<string, string | boolean>>]>([
    ['certificates for the registry alone', () => ({ 'ca-certs': web.pem })],
    ['the web PKI', () => ({})],
    ['skip-verify, which is about the registry', () => ({ 'insecure-skip-verify': true })],
  ])('%s: the proxy is refused', async (_, keys) => {
    const before = await tunnels()
    expectError(
      await pullBy(keys()),
      /https:\/\/ghcr\.io \(by the proxy https:\/\/inner-proxy\.corp: (?:UNABLE_TO|\w*CERT)/,
    )
    expect(await tunnels()).toEqual(before)
  })
})

describe('example 2: one registry by its own CAs, all others forbidden', () => {
  const config = (bundle: string) =>
    `${rule('very-secure.registri.es.', { auth: 'bmljZTp0cnk=', 'ca-certs': bundle })}
${rule('.', { 'ca-certs': 'no PEM here means no CA certificates' })}`

  test('the registry', async () => {
    const other = await makeAuthority('Root CA 1')
    const bundle = `Root CA 1\n${other.pem}\nRoot CA 2\n${corp.pem}`
    await expectPulled(config(bundle), 'very-secure.registri.es')
  })

  test('the registry with a certificate of the web PKI instead: not a byte of HTTP', async () => {
    const before = secure.log.length
    const image = 'very-secure.registri.es/team/app'
    const { digest } = makeImage()
    expectError(await pull(config(web.pem), `${image}@${digest}`, options()), /UNABLE_TO|CERT/)
    expect(secure.log.slice(before)).not.toContain('http.request')
  })

  test('another registry: not even dialled', async () => {
    const before = quay.log
    const pulled = await pull(config(corp.pem), `quay.io/team/app@${image.digest}`, options())
    expectError(pulled, 'without a certificate: nothing was sent')
    expect(quay.log).toBe(before)
  })
})

describe('example 3: a registry without TLS', () => {
  const config = rule('registry.default.svc.cluster.local.', { 'insecure-skip-verify': true })

  test.each([
    ['registry.default.svc.cluster.local', 'by plain HTTP'],
    ['quay.io', 'anonymously, with TLS'],
  ])('%s: %s', async (registry) => {
    await expectPulled(config, registry)
  })

  test('a registry without TLS that has no rule', async () => {
    const names = { ...NAMES, 'plain.corp': CLUSTER }
    const pulled = await pull(config, `plain.corp/team/app@${image.digest}`, { names })
    expectError(pulled, 'ECONNREFUSED')
  })
})

describe('example 4: web PKI and no authentication', () => {
  test('a public registry', () => expectPulled('', 'quay.io'))

  test('a registry that asks for credentials', async () => {
    const pulled = await pull('', `ghcr.io/team/app@${image.digest}`, options())
    expectError(pulled, 'the registry asks for Basic, for which')
  })

  test('a registry by a CA that nobody knows', async () => {
    const pulled = await pull('', `registry.corp/team/app@${image.digest}`, options())
    expectError(pulled, /UNABLE_TO|CERT/)
  })
})

describe('what skopeo pulls is the same', () => {
  const pullBySkopeo = (from: string, ...flags: readonly string[]) => {
    const folder = join(mkdtempSync(join(workshop, 'skopeo-')), 'layout')
    skopeo('copy', '--src-tls-verify=false', ...flags, from, `oci:${folder}:1`)
    return blobsOf(folder)
  }

  test('an image', async () => {
    const expected = pullBySkopeo(
      `docker://${NAMES['ghcr.io']}:443/team/app@${image.digest}`,
      `--src-creds=${AT_GHCR.name}:${AT_GHCR.password}`,
    )
    const config = rule('ghcr.io.', { username: AT_GHCR.name, password: AT_GHCR.password })
    const { folder } = await pull(config, `ghcr.io/team/app@${image.digest}`, options())
    expect(blobsOf(folder)).toEqual(expected)
  })

  test.each(PLATFORMS)('an index, for linux/%s', async (architecture) => {
    const name = `team/multi@${index.digest}`
    const expected = pullBySkopeo(
      `docker://${NAMES['quay.io']}:443/${name}`,
      '--override-os=linux',
      `--override-arch=${architecture}`,
    )
    const flags = ['--platform', `linux/${architecture}`]
    const pulled = await pull('', `quay.io/${name}`, { ...options(), flags })
    expect(pulled.stdout).toBe(`${index.manifests[PLATFORMS.indexOf(architecture)]?.digest}\n`)
    expect(blobsOf(pulled.folder)).toEqual(expected)
  })

  test('and it reads the layout', async () => {
    const { folder } = await pull('', `quay.io/team/app:1@${image.digest}`, options())
    const copy = join(mkdtempSync(join(workshop, 'skopeo-')), 'layout')
    skopeo('copy', `oci:${folder}:1`, `oci:${copy}:1`)
    expect(blobsOf(copy)).toEqual(blobsOf(image.folder))
  })
})

describe('how the puller is called', () => {
  test('a tag is not enough', async () => {
    expectError(await pull('', 'quay.io/team/app:1', options()), 'not pinned')
  })

  test('unless it is told so', async () => {
    const flags = ['--allow-unpinned']
    const pulled = await pull('', 'quay.io/team/app:1', { ...options(), flags })
    expect(pulled).toMatchObject({ code: 0, stdout: `${image.digest}\n` })
  })

  test('a platform that the index lacks', async () => {
    const flags = ['--platform', 'linux/s390x']
    const pulled = await pull('', `quay.io/team/multi@${index.digest}`, { ...options(), flags })
    expectError(pulled, "the image isn't there for linux/s390x")
  })

  test('a wrong configuration', async () => {
    const config = rule('ghcr.io.', { pasword: 'hunter2 and more' })
    const pulled = await pull(config, 'ghcr.io/x', { ...options(), secrets: ['hunter2 and more'] })
    expectError(pulled, /^error: 2:1: /)
  })

  test('a wrong image', async () => {
    expectError(await pull('', 'https://quay.io/x', options()), /^error: /)
  })

  test('on a terminal it shows how far it is', async () => {
    const terminal = true
    const name = `quay.io/team/app@${image.digest}`
    const pulled = await pull('', name, { ...options(), terminal })
    expect(pulled.code).toBe(0)
    expect(pulled.stdout).toMatch(/100% of \d+ bytes/)
  })
})
