// How `check` tells of TLS: each chain that isn't trusted, shown by a real server.

import { describe, expect, it } from 'vitest'
import { createAuthority, createIdentity, type Identity } from '../../support/pki.js'
import { createFolder, run } from '../support/command.js'
import { normal, registry, serve } from '../support/registry.js'

const folder = createFolder()
const HOST = 'registry.corp'

const root = await createAuthority('Corp Root')
const foreign = await createAuthority('Corp Root 2')
const expiredRoot = await createAuthority('Corp Root of Old', undefined, { isExpired: true })
const intermediate = await createAuthority('Corp Issuing', root)
const pem = (authority: typeof root) => authority.certificate.toString('pem')
const withRoot = ({ cert, key }: Identity, authority: typeof root): Identity => {
  return { cert: `${cert}\n${pem(authority)}`, key }
}
const leafAlone = ({ cert, key }: Identity): Identity => {
  return { cert: cert.slice(0, cert.indexOf('-----END') + 25), key }
}

async function check(identity: Identity | undefined, bundle: string, args: readonly string[] = []) {
  const { port, requests } = await serve(identity, registry())
  const config = folder.file('c.toml', `[registries."${HOST}."]\nca-certs = '''\n${bundle}\n'''\n`)
  const to = `${HOST}:443=127.0.0.1:${port}`
  const result = await run([
    'check',
    config,
    `${HOST}/app:1`,
    '--connect',
    to,
    '--timeout',
    '3',
    ...args,
  ])
  return { ...result, requests }
}

const rows: readonly (readonly [string, string, () => Promise<Identity | undefined>, string])[] = [
  ['plain-http', 'a server of plain HTTP', async () => undefined, pem(root)],
  [
    'foreign-root',
    'a chain that ends in another root, which the server sends',
    async () => withRoot(await createIdentity(foreign, { host: HOST }), foreign),
    pem(root),
  ],
  [
    'foreign-root-unsent',
    'a chain to another root, which the server keeps to itself',
    async () => createIdentity(foreign, { host: HOST }),
    pem(root),
  ],
  [
    'same-name-root',
    'another root of the same name',
    async () => createIdentity(await createAuthority('Corp Root'), { host: HOST }),
    pem(root),
  ],
  [
    'expired-root',
    'a root of the rule that has expired',
    async () => createIdentity(expiredRoot, { host: HOST }),
    pem(expiredRoot),
  ],
  [
    'expired-leaf',
    'a certificate that has expired',
    async () => createIdentity(root, { host: HOST, isExpired: true }),
    pem(root),
  ],
  [
    'intermediate-missing',
    'an intermediate that the server keeps to itself',
    async () => leafAlone(await createIdentity(intermediate, { host: HOST })),
    pem(root),
  ],
  [
    'wrong-name',
    'a certificate for another name',
    async () => createIdentity(root, { host: 'other.corp' }),
    pem(root),
  ],
]

describe('a chain that is not trusted', () => {
  it.each(rows)('%s: %s', async (name, _, identity, bundle) => {
    const { status, stdout, stderr, requests } = await check(await identity(), bundle)
    expect([status, stderr]).toEqual([1, ''])
    expect(requests.map(({ url }) => url)).toEqual([])
    await expect(normal(stdout)).toMatchFileSnapshot(`../golden/check/${name}.txt`)
  })
})

describe('a chain that is trusted', () => {
  it('by an intermediate that the server sends', async () => {
    const identity = await createIdentity(intermediate, { host: HOST })
    const { status, stdout } = await check(identity, pem(root))
    expect(status).toBe(0)
    await expect(normal(stdout)).toMatchFileSnapshot('../golden/check/fine.txt')
  })
})
