// Another client, told by the same decisions: `node docs/examples/snyk-client.js CONFIG IMAGE` prints
// the digests of an image's layers, as they came.
//
// What can be expressed: all four kinds of trust, by an agent; one scheme; Basic credentials, which
// the client also takes to a token service. What can't: identity and registry tokens, a mirror, and
// proxies, to which the client sends what should go through a tunnel. These are refused here, since
// leaving a decision out silently is worse than an error. Only pinned images, because the client
// doesn't compare digests.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import { getLayer, getManifest } from '@snyk/docker-registry-v2-client'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { httpsAgent } from 'imagepuller-auth/node'

const [configFile = '', imageRef = ''] = process.argv.slice(2)
const resolution = createResolver(parseConfig(readFileSync(configFile))).resolve(imageRef)
const { image, tls, credentials, endpoint, proxy } = resolution

if (proxy.kind === 'proxy' || endpoint.kind === 'mirror') throw new Error('needs another client')
if (credentials.kind.endsWith('-token')) throw new Error('this client only takes Basic credentials')
if (image.digest === undefined) throw new Error('expected a digest')

const agent = httpsAgent(tls, https)
const encoded = credentials.kind === 'basic' ? credentials.encoded.reveal() : ''
const [user, ...password] = Buffer.from(encoded, 'base64').toString().split(':')

const acceptManifest = 'application/vnd.oci.image.manifest.v1+json'
/** @type {[string | undefined, string, Record<string, unknown>]} */
const access = [user, password.join(':'), { agent, acceptManifest }]
const manifest = await getManifest(image.registry, image.repository, image.digest, ...access)
for (const { digest } of manifest.layers) {
  const layer = await getLayer(image.registry, image.repository, digest, ...access)
  const got = `sha256:${createHash('sha256').update(layer).digest('hex')}`
  if (got !== digest) throw new Error(`${digest} is something else`)
  console.log(got)
}
