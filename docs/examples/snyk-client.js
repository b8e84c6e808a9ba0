// Another client, told by the same decisions: `node docs/examples/snyk-client.js CONFIG IMAGE` prints
// the digests of an image's layers, as they came.
//
// The client can't be the `fetch` that `createRegistryFetch` asks for: it follows redirects and answers
// challenges by itself, and gives the last of these errors in place of the registry's 401. So the manifest
// comes by `registryFetch`, and for the layers the client gets the header that was good for it, which it
// takes to no other origin. It gets no user and password that it could take to a token service.
//
// Trust is an agent. What the client can't be told is a proxy, past which the agent would go
// (`httpsAgent` throws), and a mirror, whose URLs it can't make: leaving a decision out silently is worse
// than an error. It speaks https alone, and compares no digests, so that is done here.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import { getLayer } from '@snyk/docker-registry-v2-client'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { createRegistryFetch } from 'imagepuller-auth/fetch'
import { httpsAgent, undiciFetch } from 'imagepuller-auth/transport'
import * as undici from 'undici'

const [configFile = '', imageRef = ''] = process.argv.slice(2)
const resolver = createResolver(parseConfig(readFileSync(configFile)))
const resolution = resolver.resolve(imageRef)
const { repository, digest } = resolution.image
if (digest === undefined) throw new Error('expected a digest')
if (resolution.endpoint.kind === 'mirror') throw new Error('a mirror needs another client')
const agent = httpsAgent(resolution, https)

const client = undiciFetch(undici)
/** @type {Readonly<Record<string, string>>} What the last request carried. */
let sent = {}
const registryFetch = createRegistryFetch(resolver, {
  fetch: (url, init, route) => {
    sent = init.headers
    return client(url, init, route)
  },
  now: Date.now,
})
const accept = 'application/vnd.oci.image.manifest.v1+json'
const response = await registryFetch(imageRef, 'manifests', { headers: { accept } })
if (response.status !== 200) throw new Error(`the registry answered ${response.status}`)
const manifest = checked(Buffer.from(await response.arrayBuffer()), digest)

const { host } = new URL(response.url)
// The client would ask the environment for a proxy, too.
const options = { agent, use_proxy_from_env_var: false, headers: { ...sent, accept: '*/*' } }
for (const { digest: layer } of JSON.parse(manifest).layers) {
  checked(await getLayer(host, repository, layer, '', '', options), layer)
  console.log(layer)
}
await client.close()

function checked(/** @type {Buffer} */ bytes, /** @type {string} */ expected) {
  const got = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (got !== expected) throw new Error(`${expected} is something else`)
  return bytes.toString()
}
