/** How the puller says who it is: to docker-registry with passwords, and to one that wants tokens. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from './support/certificates.js'
import { blobsOf, makeImage, push, type TestImage } from './support/image.js'
import { expectError, pull, rule } from './support/pull.js'
import { SERVICE, startRegistry } from './support/registry.js'
import { serve, type TestServer } from './support/servers.js'
import { ISSUER, startTokenService, type TokenService } from './support/token-service.js'

const NAMES = {
  'basic.corp': '127.0.2.2',
  'token.corp': '127.0.2.3',
  'old.token.corp': '127.0.2.4',
  'foreign.example': '127.0.2.5',
  'auth.token.corp': '127.0.2.6',
  'auth.old.token.corp': '127.0.2.7',
  'moved.corp': '127.0.2.8',
}
const PLAIN = '127.0.2.9'
const ACCOUNT = { name: 'puller', password: 'päss word, not plain' }
const REFRESH_TOKEN = 'a refresh token: opaque+/='
const PAIR = { username: ACCOUNT.name, password: ACCOUNT.password }
const SCOPE = 'repository:team/app:pull'

let ca: Authority
let image: TestImage
let auth: TokenService
let oldAuth: TokenService
let moved: TestServer

beforeAll(async () => {
  ca = await makeAuthority('Corporate Root')
  image = makeImage()
  await startRegistry({ address: PLAIN })
  push(image, `docker://${PLAIN}:80/team/app:1`)
  const issue = (name: keyof typeof NAMES) => ca.issue([name])
  const at = async (name: keyof typeof NAMES) => ({
    address: NAMES[name],
    identity: await issue(name),
  })
  await startRegistry({ ...(await at('basic.corp')), user: ACCOUNT })
  const signer = await ca.issue(['signer.corp'])
  const token = (service: string) => ({
    realm: `https://${service}/token`,
    issuer: ISSUER,
    bundle: ca.pem,
  })
  await startRegistry({ ...(await at('token.corp')), token: token('auth.token.corp') })
  await startRegistry({ ...(await at('old.token.corp')), token: token('auth.old.token.corp') })
  await startRegistry({ ...(await at('foreign.example')), token: token('auth.token.corp') })
  const account = { ...ACCOUNT, refreshToken: REFRESH_TOKEN }
  const start = async (name: keyof typeof NAMES, speaksOAuth: boolean) =>
    startTokenService(NAMES[name], await issue(name), signer, { ...account, speaksOAuth })
  auth = await start('auth.token.corp', true)
  oldAuth = await start('auth.old.token.corp', false)
  moved = await startMoved(await issue('moved.corp'))
})

/** A registry whose token service has moved, and says so. */
async function startMoved(identity: Awaited<ReturnType<Authority['issue']>>): Promise<TestServer> {
  return serve(NAMES['moved.corp'], identity, ({ url }, response) => {
    const challenge = 'Bearer realm="https://moved.corp/token",service="moved"'
    if (!url.startsWith('/token')) {
      return response.writeHead(401, { 'www-authenticate': challenge }).end()
    }
    return response.writeHead(307, { location: 'https://auth.token.corp/token' }).end()
  })
}

beforeEach(() => {
  for (const service of [auth, oldAuth]) service.received.length = 0
})

function pullFrom(registry: string, keys: Readonly<Record<string, string>>) {
  const config = rule(`${registry}.`, { 'ca-certs': ca.pem, ...keys })
  const secrets = [...auth.granted, ...oldAuth.granted, REFRESH_TOKEN]
  return pull(config, `${registry}/team/app@${image.digest}`, { names: NAMES, secrets })
}

async function expectPulled(registry: string, keys: Readonly<Record<string, string>>) {
  const { code, stderr, folder } = await pullFrom(registry, keys)
  // Two kinds of credentials on one rule are a warning.
  expect(stderr).not.toContain('error')
  expect(code).toBe(0)
  expect(blobsOf(folder)).toEqual(blobsOf(image.folder))
}

describe('a registry with a password file', () => {
  const encoded = Buffer.from(`${ACCOUNT.name}:${ACCOUNT.password}`).toString('base64')

  test('username and password', () => expectPulled('basic.corp', PAIR))
  test('auth', () => expectPulled('basic.corp', { auth: encoded }))

  test('a wrong password', async () => {
    const pulled = await pullFrom('basic.corp', { ...PAIR, password: 'almost right' })
    expectError(pulled, 'answered 401')
  })

  test('an identity token is nothing to it', async () => {
    const pulled = await pullFrom('basic.corp', { identitytoken: REFRESH_TOKEN })
    expectError(pulled, 'the registry asks for Basic, for which')
  })

  test('a registry token is refused, and shown to nobody', async () => {
    const pulled = await pullFrom('basic.corp', { registrytoken: 'not-for-this-registry' })
    expectError(pulled, 'answered 401')
  })
})

describe('a registry with a token service', () => {
  test('username and password: GET', async () => {
    await expectPulled('token.corp', PAIR)
    const [{ method, url, headers }] = auth.received as [TokenService['received'][number]]
    expect(method).toBe('GET')
    expect(Object.fromEntries(new URL(url, 'https://x').searchParams)).toEqual({
      scope: SCOPE,
      service: SERVICE,
    })
    expect(headers.authorization).toMatch(/^Basic /)
  })

  test('one token serves the whole pull', async () => {
    await expectPulled('token.corp', PAIR)
    expect(auth.received).toHaveLength(1)
  })

  test('identity token: the refresh grant by POST', async () => {
    await expectPulled('token.corp', { identitytoken: REFRESH_TOKEN })
    const [{ method, headers, body }] = auth.received as [TokenService['received'][number]]
    expect([method, headers.authorization]).toEqual(['POST', undefined])
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      client_id: 'imagepuller-auth',
      grant_type: 'refresh_token',
      refresh_token: REFRESH_TOKEN,
      scope: SCOPE,
      service: SERVICE,
    })
  })

  test('a token service that answers 404 to POST gets a GET', async () => {
    await expectPulled('old.token.corp', { identitytoken: REFRESH_TOKEN, ...PAIR })
    expect(oldAuth.received.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  test('a registry token: the token service is not asked', async () => {
    await expectPulled('token.corp', PAIR)
    const registrytoken = auth.granted.at(-1) ?? ''
    auth.received.length = 0
    await expectPulled('token.corp', { registrytoken })
    expect(auth.received).toEqual([])
  })

  test('a token service outside the domain', async () => {
    await expectPulled('foreign.example', PAIR)
    expect(auth.received).toHaveLength(1)
  })

  test('a wrong password', async () => {
    const pulled = await pullFrom('token.corp', { ...PAIR, password: 'almost right' })
    expectError(pulled, 'it refuses the credentials')
  })

  test('a wrong identity token', async () => {
    const pulled = await pullFrom('token.corp', { identitytoken: 'someone elses' })
    expectError(pulled, 'it refuses the credentials')
  })

  test('a token for something else', async () => {
    const pulled = await pullFrom('token.corp', { registrytoken: 'made.up.token' })
    expectError(pulled, 'answered 401')
  })

  test("a token service's redirect is not followed", async () => {
    expectError(await pullFrom('moved.corp', PAIR), 'it answers with status 307')
    expect(moved.received.map(({ url }) => url.split('?')[0])).toContain('/token')
    expect(auth.received).toEqual([])
  })
})

test('the layout says what was pulled', async () => {
  const { folder } = await pullFrom('basic.corp', PAIR)
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  expect(index.manifests).toEqual(image.manifests)
})
