// Runs in each runtime: requests to a registry, its token service and its storage by `createRegistryFetch`,
// on the client that the runtime has. It prints what came of each.

import { createRegistryFetch } from '../../dist/fetch.js'
import { createResolver, parseConfig } from '../../dist/index.js'
import { bunFetch, undiciFetch } from '../../dist/transport.js'

const send = typeof Bun === 'undefined' ? undiciFetch((await import('undici')).default) : bunFetch()

async function outcome({ config, image, path, method = 'GET' }) {
  const registryFetch = createRegistryFetch(createResolver(parseConfig(config)), {
    fetch: send,
    now: Date.now,
  })
  try {
    const response = await registryFetch(image, path, { method })
    return `${response.status} ${await response.text()}`
  } catch (error) {
    const { code, attempts = [] } = error.issue
    return [code, ...attempts.map(({ reason }) => reason)].join(' ')
  }
}

const jobs = JSON.parse(process.argv.at(-1))
const outcomes = []
for (const job of jobs) outcomes.push(await outcome(job))
console.log(JSON.stringify(outcomes))
process.exit(0)
