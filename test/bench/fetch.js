import { once } from 'node:events'
import { createServer } from 'node:http'
import { createResolver, parseConfig } from 'imagepuller-auth'
import { createRegistryFetch } from 'imagepuller-auth/fetch'
import { undiciFetch } from 'imagepuller-auth/transport'
import * as undici from 'undici'
import { ratio, show } from './measure.js'

const ROUNDS = 60
const CALLS = 25
const MANIFEST = JSON.stringify({ schemaVersion: 2, layers: [] })
const config = `[registries."."]
insecure-skip-verify = true
username = "u"
password = "p"
`

/** A registry whose images are public, but for those in `private`, for which a token is needed. */
const server = createServer(({ url = '', headers }, response) => {
  if (url.startsWith('/token')) return response.end('{"token":"granted","expires_in":3600}')
  if (!url.includes('/private/') || headers.authorization === 'Bearer granted') {
    return response.end(MANIFEST)
  }
  const challenge = `Bearer realm="http://${headers.host}/token"`
  return response.writeHead(401, { 'www-authenticate': challenge }).end()
})

/** The requests take turns, so that a neighbour's busy moment isn't one's alone. */
export async function benchFetch() {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  const client = undiciFetch(undici)
  const registryFetch = createRegistryFetch(createResolver(parseConfig(config)), {
    fetch: client,
    now: Date.now,
  })
  const bareAgent = new undici.Agent()
  const url = `http://127.0.0.1:${port}/v2/public/app/manifests/1`
  const requests = [
    () => undici.fetch(url, { dispatcher: bareAgent }),
    () => registryFetch(`127.0.0.1:${port}/public/app:1`, 'manifests'),
    () => registryFetch(`127.0.0.1:${port}/private/app:1`, 'manifests'),
  ]
  const best = requests.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, request] of requests.entries()) {
      best[i] = Math.min(best[i], await timeOf(request))
    }
  }
  const [bare, open, token] = best
  show('undici.fetch, over loopback', bare)
  show('registryFetch, a public image', open, `${ratio(open, bare)} times undici.fetch`)
  show('registryFetch, a token that is kept', token, `${ratio(token, bare)} times undici.fetch`)
  await Promise.all([client.close(), bareAgent.close()])
  server.close()
}

/** In microseconds a request, one after the other, bodies included. */
async function timeOf(request) {
  const start = process.hrtime.bigint()
  for (let i = 0; i < CALLS; i++) {
    const response = await request()
    if (response.status !== 200) throw new Error(`expected status 200, not ${response.status}`)
    await response.text()
  }
  return Number(process.hrtime.bigint() - start) / 1000 / CALLS
}
