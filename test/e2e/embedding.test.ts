/** The decisions drive a client that isn't ours as well. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from './support/certificates.js'
import { makeImage, push, type TestImage } from './support/image.js'
import { workshop } from './support/programs.js'
import { rule, run } from './support/pull.js'
import { startRegistry } from './support/registry.js'
import { serve } from './support/servers.js'
import { ISSUER, startTokenService } from './support/token-service.js'

const NAMES = {
  'registry.corp': '127.0.5.2',
  'token.corp': '127.0.5.3',
  'auth.token.corp': '127.0.5.4',
  'liar.corp': '127.0.5.6',
}
const PLAIN = '127.0.5.5'
const ACCOUNT = { name: 'puller', password: 'correct:horse' }
const PAIR = { username: ACCOUNT.name, password: ACCOUNT.password }

let ca: Authority
let image: TestImage

beforeAll(async () => {
  ca = await makeAuthority('Corporate Root')
  const at = async (name: keyof typeof NAMES) => ({
    address: NAMES[name],
    identity: await ca.issue([name]),
  })
  await startRegistry({ address: PLAIN })
  await startRegistry({ ...(await at('registry.corp')), user: ACCOUNT })
  const token = { realm: 'https://auth.token.corp/token', issuer: ISSUER, bundle: ca.pem }
  await startRegistry({ ...(await at('token.corp')), token })
  const { address, identity } = await at('auth.token.corp')
  const account = { ...ACCOUNT, refreshToken: 'opaque-refresh-token', speaksOAuth: true }
  await startTokenService(address, identity, await ca.issue(['signer.corp']), account)
  image = makeImage()
  push(image, `docker://${PLAIN}:80/team/app:1`)
})

function list(config: string, registry: string, env: Record<string, string> = {}) {
  const file = join(workshop, 'embedding.toml')
  writeFileSync(file, config)
  const args = [file, `${registry}/team/app@${image.digest}`]
  return run(args, { names: NAMES, program: 'snyk-client.js', env })
}

function layers(): string {
  const file = join(image.folder, 'blobs', image.digest.replace(':', '/'))
  const manifest: { layers: { digest: string }[] } = JSON.parse(readFileSync(file, 'utf8'))
  return manifest.layers.map(({ digest }) => `${digest}\n`).join('')
}

describe('@snyk/docker-registry-v2-client', () => {
  test.each(['registry.corp', 'token.corp'])('gets the layers from %s', async (registry) => {
    const config =
      rule('.', { 'ca-certs': ca.pem }) + rule('.corp', { 'ca-certs': ca.pem, ...PAIR })
    expect(await list(config, registry)).toEqual({ code: 0, stdout: layers(), stderr: '' })
  })

  test('gets them with an identity token, which it never sees', async () => {
    const keys = { 'ca-certs': ca.pem, identitytoken: 'opaque-refresh-token' }
    expect((await list(rule('.corp', keys), 'token.corp')).stdout).toBe(layers())
  })

  test('asks no proxy of the environment where the decision is none', async () => {
    const config = rule('registry.corp.', { 'insecure-skip-verify': true, ...PAIR })
    const env = { HTTPS_PROXY: 'http://127.0.5.9:9', HTTP_PROXY: 'http://127.0.5.9:9' }
    expect((await list(config, 'registry.corp', env)).stdout).toBe(layers())
  })

  test('takes no other manifest than the one that is named', async () => {
    const server = await serve(NAMES['liar.corp'], await ca.issue(['liar.corp']), (_, response) =>
      response.end('{"schemaVersion":2,"layers":[]}'),
    )
    const { code, stderr } = await list(rule('.corp', { 'ca-certs': ca.pem }), 'liar.corp')
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(`${image.digest} is something else`),
    ])
    expect(server.received).not.toHaveLength(0)
  })

  test('trusts everything if the rule does', async () => {
    const config = rule('registry.corp.', { 'insecure-skip-verify': true, ...PAIR })
    expect((await list(config, 'registry.corp')).stdout).toBe(layers())
  })

  test.each([
    ['a wrong CA', 'certificate', (other: string) => rule('.corp', { 'ca-certs': other, ...PAIR })],
    ['web PKI', 'certificate', () => rule('.corp', PAIR)],
    ['nothing', 'denies every TLS handshake', () => rule('.corp', { 'ca-certs': '' })],
    [
      'a wrong password',
      'the registry answered 401',
      () => rule('.corp', { 'ca-certs': ca.pem, ...PAIR, password: 'almost right' }),
    ],
    [
      'an identity token where Basic is asked for',
      'the registry asks for Basic',
      () => rule('.corp', { 'ca-certs': ca.pem, identitytoken: 'opaque-token' }),
    ],
    [
      'a mirror',
      'needs another client',
      () => rule('.corp', { 'ca-certs': ca.pem, ...PAIR, mirror: 'https://token.corp' }),
    ],
    [
      'a proxy',
      'would go past the proxy',
      () => '[extra-env]\nHTTPS_PROXY = "http://puller:opaque-token@127.0.5.9"\n',
    ],
  ])('%s: no layers', async (_, message, config) => {
    const { pem } = await makeAuthority('Another Root')
    const { code, stdout, stderr } = await list(config(pem), 'registry.corp')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(message)
    for (const secret of [ACCOUNT.password, 'almost right', 'opaque-token']) {
      expect(stderr).not.toContain(secret)
    }
  })
})
