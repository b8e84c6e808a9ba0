import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Identity } from './certificates.js'
import { serve, type TestServer } from './servers.js'

export interface FrontOptions {
  readonly address: string
  readonly identity: Identity
  /** Where the requests are passed on to: a registry without TLS. */
  readonly upstream: string
  /** Where blobs are, if they aren't here: what it gives for a path is the redirect's target. */
  readonly storage?: (path: string) => string
}

/**
 * A server before a registry that remembers what it was asked, as large registries have them: who may
 * have a blob is sent to a storage for it.
 */
export function startFront({
  address,
  identity,
  upstream,
  storage,
}: FrontOptions): Promise<TestServer> {
  return serve(address, identity, async ({ method, url, headers }, response) => {
    const { accept = '*/*', authorization } = headers
    const passedOn = { accept, ...(authorization && { authorization }) }
    const answer = await fetch(upstream + url, { method, headers: passedOn })
    if (storage && answer.ok && url.includes('/blobs/')) {
      await answer.body?.cancel()
      return response.writeHead(307, { location: storage(url) }).end()
    }
    response.writeHead(answer.status, headersOf(answer))
    if (answer.body === null) return response.end()
    return pipeline(Readable.from(answer.body), response)
  })
}

function headersOf({ headers }: Response): Record<string, string> {
  const names = ['content-type', 'content-length', 'www-authenticate']
  return Object.fromEntries(
    names.flatMap((name) => [[name, headers.get(name) ?? '']]).filter(([, value]) => value),
  )
}
