/** Whom the puller trusts, where a redirect or a mirror takes it, and by which proxy. */

import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from './support/certificates.js'
import { startFront } from './support/front.js'
import { blobsOf, makeImage, push, type TestImage } from './support/image.js'
import type { Program } from './support/programs.js'
import { type ForwardProxy, startProxy } from './support/proxy.js'
import { expectError, pull, rule } from './support/pull.js'
import { startRegistry } from './support/registry.js'
import { type Handler, serve, type TestServer } from './support/servers.js'

const NAMES = {
  'registry.corp': '127.0.3.2',
  'plain.corp': '127.0.3.3',
  'expired.corp': '127.0.3.4',
  'front.corp': '127.0.3.5',
  'storage.example': '127.0.3.6',
  'strange.example': '127.0.3.7',
  'mirror.corp': '127.0.3.8',
  'proxy.corp': '127.0.3.9',
}
const WITH_PASSWORD = '127.0.3.10'
const ACCOUNT = { name: 'puller', password: 'correct horse' }
const PAIR = { username: ACCOUNT.name, password: ACCOUNT.password }
const IN_PROXY = { name: 'user', password: 'pröxy: secret' }
const SIGNATURE = 'signature-of-the-storage'

let ca: Authority
let other: Authority
let expired: Authority
let image: TestImage
let registry: Program
let front: TestServer
let storage: TestServer
let strange: TestServer
let mirror: TestServer
let proxy: ForwardProxy
/** Where the front's redirects lead to. */
let location: (path: string) => string

beforeAll(async () => {
  ca = await makeAuthority('Corporate Root')
  other = await makeAuthority('Another Root')
  expired = await makeAuthority('A root that has expired', 2)
  await startRegistry({ address: NAMES['plain.corp'] })
  await startRegistry({ address: WITH_PASSWORD, user: ACCOUNT })
  await startRegistry({ address: NAMES['mirror.corp'], prefix: '/hub/' })
  const at = async (name: keyof typeof NAMES, authority: Authority) => ({
    address: NAMES[name],
    identity: await authority.issue([name, `any.${name}`]),
  })
  registry = await startRegistry(await at('registry.corp', ca))
  await startRegistry(await at('expired.corp', expired))
  const upstream = `http://${NAMES['plain.corp']}`
  front = await startFront({
    ...(await at('front.corp', ca)),
    upstream: `http://${WITH_PASSWORD}`,
    storage: (path) => location(path),
  })
  storage = await startFront({ ...(await at('storage.example', ca)), upstream })
  strange = await startFront({ ...(await at('strange.example', other)), upstream })
  mirror = await startFront({
    ...(await at('mirror.corp', ca)),
    upstream: `http://${NAMES['mirror.corp']}`,
  })
  const { 'proxy.corp': address } = NAMES
  proxy = await startProxy({ address, port: 13128, names: NAMES, user: IN_PROXY })
  image = makeImage()
  push(image, `docker://${NAMES['plain.corp']}:80/team/app:1`)
})

beforeEach(() => {
  for (const { received } of [front, storage, strange, mirror]) received.length = 0
})

const options = () => ({
  names: { ...NAMES, 'any.registry.corp': NAMES['registry.corp'] },
  secrets: [SIGNATURE, IN_PROXY.password, `${IN_PROXY.name}:${IN_PROXY.password}`],
})

const pullFrom = (host: string, config: string) =>
  pull(config, `${host}/team/app@${image.digest}`, options())

async function expectPulled(host: string, config: string): Promise<void> {
  const { code, stderr, folder } = await pullFrom(host, config)
  expect(stderr).not.toContain('error')
  expect(code).toBe(0)
  expect(blobsOf(folder)).toEqual(blobsOf(image.folder))
}

const trusting = (name: string, { pem }: Authority, keys = {}) =>
  rule(name, { 'ca-certs': pem, ...keys })

describe('trust', () => {
  test('a wrong CA', async () => {
    const config = trusting('registry.corp.', other, PAIR)
    expectError(await pullFrom('registry.corp', config), /registry\.corp \((?:UNABLE_TO|\w*CERT)/)
  })

  test('a CA that has expired', async () => {
    const config = trusting('expired.corp.', expired, PAIR)
    expectError(await pullFrom('expired.corp', config), 'CERT_HAS_EXPIRED')
  })

  test("a certificate of the right CA for another's name", async () => {
    const names = { ...NAMES, 'wrong.corp': NAMES['registry.corp'] }
    const name = `wrong.corp/team/app@${image.digest}`
    expectError(await pull(trusting('.corp.', ca), name, { names }), 'ERR_TLS_CERT_ALTNAME_INVALID')
  })

  test('nothing', async () => {
    const before = registry.log
    const config = rule('registry.corp.', { 'ca-certs': '', ...PAIR })
    expectError(await pullFrom('registry.corp', config), 'without a certificate: nothing was sent')
    expect(registry.log).toBe(before)
  })

  test('everything', () =>
    expectPulled('strange.example', rule('strange.example.', { 'insecure-skip-verify': true })))

  test('of two rules the more specific one wins', async () => {
    const rules = [trusting('.registry.corp.', ca), trusting('.corp.', other)]
    for (const config of [rules.join(''), rules.reverse().join('')]) {
      await expectPulled('any.registry.corp', config)
      expectError(await pullFrom('registry.corp', config), /UNABLE_TO|CERT/)
    }
  })

  test('a registry with a port is left to the rule "."', async () => {
    const config = trusting('registry.corp.', other) + trusting('.', ca)
    await expectPulled('registry.corp:443', config)
  })
})

describe('plain HTTP', () => {
  // Each server has an address of its own, and a registry without TLS on port 80 beside it.
  const start = async (last: number, secure: Handler, name = 'localhost') => {
    const address = `127.0.3.${last}`
    const https = await serve(address, await ca.issue([name]), secure)
    const plain = await serve(address, undefined, (_, response) => response.end('{}'))
    return { https, plain, names: { [name]: address } }
  }
  const answerWell: Handler = (_, response) => response.end('{}')
  const name = (host: string) => `${host}/team/app@${image.digest}`
  const skipping = rule('any.corp.', { 'insecure-skip-verify': true, ...PAIR })

  test('is not asked after a certificate error, which names the CA', async () => {
    const { https, plain, names } = await start(21, answerWell)
    const pulled = await pull('', name('localhost'), { names })
    expectError(
      pulled,
      /https:\/\/localhost \((?:UNABLE_TO|\w*CERT).* by CN=Corporate Root, which the rule/,
    )
    expect([https.received, plain.received]).toEqual([[], []])
  })

  test('is not asked after an answer over https', async () => {
    const { plain, names } = await start(
      22,
      (_, response) => response.writeHead(404).end(),
      'any.corp',
    )
    expectError(await pull(skipping, name('any.corp'), { names }), 'https://any.corp answered 404')
    expect(plain.received).toEqual([])
  })

  test('is not asked after a connection that broke behind the handshake', async () => {
    const { plain, names } = await start(23, (_, response) => response.destroy(), 'any.corp')
    expectError(await pull(skipping, name('any.corp'), { names }), 'https://any.corp (')
    expect(plain.received).toEqual([])
  })

  test('is asked where a reply is not TLS', async () => {
    const address = '127.0.3.24'
    await serve(address, undefined, answerWell, 443)
    const { received } = await serve(address, undefined, answerWell)
    const pulled = await pull(skipping, name('any.corp'), { names: { 'any.corp': address } })
    expectError(pulled, 'is something else')
    expect(received.map(({ url }) => url)).toContain(`/v2/team/app/manifests/${image.digest}`)
  })

  test('is not asked without a word of the rule', async () => {
    const address = '127.0.3.25'
    const { received } = await serve(address, undefined, answerWell)
    const pulled = await pull('', name('any.corp'), { names: { 'any.corp': address } })
    expectError(pulled, 'ECONNREFUSED')
    expect(received).toEqual([])
  })

  test('has both reasons where nothing answers', async () => {
    const pulled = await pull(skipping, name('any.corp'), { names: { 'any.corp': '127.0.3.26' } })
    expectError(
      pulled,
      /https:\/\/any\.corp \(ECONNREFUSED\), then http:\/\/any\.corp \(ECONNREFUSED\)/,
    )
  })
})

describe('a redirect to storage', () => {
  const config = () => trusting('front.corp.', ca, PAIR)
  const to = (origin: string) => (path: string) => `${origin}${path}?sig=${SIGNATURE}`

  test('gets no credentials', async () => {
    location = to('https://storage.example')
    await expectPulled('front.corp', config())
    expect(storage.received).toHaveLength(3)
    for (const { headers, url } of storage.received) {
      expect(url).toContain(SIGNATURE)
      expect(headers.authorization).toBeUndefined()
      expect(headers.cookie).toBeUndefined()
    }
    expect(front.received.at(-1)?.headers.authorization).toMatch(/^Basic /)
  })

  test('is under the same trust', async () => {
    location = to('https://strange.example')
    expectError(
      await pullFrom('front.corp', config()),
      /strange\.example, which .*(?:UNABLE_TO|CERT)/,
    )
    expect(strange.received).toEqual([])
  })

  test('gets none on another port of the registry either', async () => {
    location = to('https://front.corp:444')
    expectError(await pullFrom('front.corp', config()), 'ECONNREFUSED')
  })

  test.each([
    ['http://plain.corp', "which the rule doesn't allow"],
    ['file:///etc', 'leads to no URL'],
    ['data:,x#', 'leads to no URL'],
  ])('goes not to %s', async (origin, message) => {
    location = to(origin)
    expectError(await pullFrom('front.corp', config()), message)
  })

  test('goes to plain HTTP if the rule says so', async () => {
    location = to('http://plain.corp')
    const skipping = rule('front.corp.', { 'insecure-skip-verify': true, ...PAIR })
    await expectPulled('front.corp', skipping)
  })
})

describe('a mirror', () => {
  const config = (keys = {}) =>
    trusting('docker.io.', ca, { mirror: 'https://mirror.corp/hub', ...keys })

  test("serves Docker Hub's images, and gets no credentials", async () => {
    await expectPulled('docker.io', config(PAIR))
    expect(mirror.received.filter(({ url }) => url.includes('/app/'))).toHaveLength(4)
    for (const { url, headers } of mirror.received) {
      expect(url).toMatch(/^\/hub\/v2\/(?:team\/app\/.*)?\?ns=docker\.io$/)
      expect(headers.authorization).toBeUndefined()
    }
  })

  test('that asks for credentials gets none', async () => {
    const toFront = trusting('docker.io.', ca, { mirror: 'https://front.corp', ...PAIR })
    expectError(
      await pullFrom('docker.io', toFront),
      'the mirror asks for Basic, and mirrors get no',
    )
    const sent = new Set(front.received.map(({ headers }) => headers.authorization))
    expect([...sent]).toEqual([undefined])
  })
})

describe('a proxy with a password', () => {
  const secret = encodeURIComponent(IN_PROXY.password)
  const through = (password: string, rules: string) =>
    `[extra-env]
HTTP_PROXY = "http://${IN_PROXY.name}:${password}@proxy.corp:13128"
HTTPS_PROXY = "http://${IN_PROXY.name}:${password}@proxy.corp:13128"
NO_PROXY = "storage.example"
${rules}`
  const visitsDuring = async (action: () => Promise<void>) => {
    const before = (await proxy.visits()).length
    await action()
    return new Set((await proxy.visits()).slice(before))
  }

  test('a registry', async () => {
    const config = through(secret, trusting('registry.corp.', ca))
    const visits = await visitsDuring(() => expectPulled('registry.corp', config))
    expect(visits).toEqual(new Set(['CONNECT registry.corp:443 200']))
  })

  test("the registry goes through it, a redirect's target doesn't", async () => {
    location = (path) => `https://storage.example${path}`
    const config = through(secret, trusting('front.corp.', ca, PAIR))
    const visits = await visitsDuring(() => expectPulled('front.corp', config))
    expect(visits).toEqual(new Set(['CONNECT front.corp:443 200']))
    const all = [...front.received, ...storage.received]
    for (const { headers } of all) expect(headers['proxy-authorization']).toBeUndefined()
  })

  test('a registry without TLS', async () => {
    const config = through(secret, rule('plain.corp.', { 'insecure-skip-verify': true }))
    const visits = await visitsDuring(() => expectPulled('plain.corp', config))
    expect([...visits].some((visit) => /plain\.corp(?::80|\/v2\/\S*) 200$/.test(visit))).toBe(true)
  })

  test('the wrong password', async () => {
    const config = through('another%20secret', trusting('registry.corp.', ca))
    expectError(await pullFrom('registry.corp', config), '407')
  })
})
