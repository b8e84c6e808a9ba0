// Another client, told by the same decisions: `node docs/examples/snyk-client.js CONFIG IMAGE` prints
// the digests of an image's layers, as they came.
//
// What can be expressed: all four kinds of trust, by an agent; https, and never plain HTTP after it;
// Basic credentials, which the client also takes to a token service. What can't: identity and registry tokens, a mirror, and
// proxies, to which the client sends what should go through a tunnel. These are refused here, since
// leaving a decision out silently is worse than an error; so is an image without a digest. The client
// compares no digests, and parses a manifest before one could: hence its bytes, by `registryCall`.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import { getLayer, registryCall } from '@snyk/docker-registry-v2-client'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { httpsAgent } from 'imagepuller-auth/transport'

const [configFile = '', imageRef = ''] = process.argv.slice(2)
const resolution = createResolver(parseConfig(readFileSync(configFile))).resolve(imageRef)
const { image, credentials, endpoint, proxy } = resolution
const { registry, repository, digest } = image

if (proxy.kind === 'proxy' || endpoint.kind === 'mirror') throw new Error('needs another client')
if (credentials.kind.endsWith('-token')) throw new Error('this client only takes Basic credentials')
if (digest === undefined) throw new Error('expected a digest')

const encoded = credentials.kind === 'basic' ? credentials.encoded.reveal() : ''
const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
const password = rest.join(':')
// The client would ask the environment for a proxy, and give it the credentials.
const options = { agent: httpsAgent(resolution, https), use_proxy_from_env_var: false }

const headers = { Accept: 'application/vnd.oci.image.manifest.v1+json' }
const url = `${registry}/v2/${repository}/manifests/${digest}`
const { raw } = await registryCall(url, user, password, { ...options, headers })
for (const { digest: layer } of JSON.parse(checked(raw, digest)).layers) {
  checked(await getLayer(registry, repository, layer, user, password, options), layer)
  console.log(layer)
}

function checked(/** @type {Buffer} */ bytes, /** @type {string} */ expected) {
  const got = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (got !== expected) throw new Error(`${expected} is something else`)
  return bytes.toString()
}
