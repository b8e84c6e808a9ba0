// From one URL to the next: from https to http where no TLS was there, from a mirror to the registry.
import { parseHttpUrl } from '../net/index.js'
import type { Resolution } from '../resolve/index.js'
import type { FetchedResponse } from '../transport/index.js'
import { discard } from './body.js'
import { faultOf } from './connection-fault.js'
import { type Attempt, RegistryFetchError } from './errors.js'

/** The scheme that answered for each registry: another one isn't tried again. */
export class AnsweredSchemes {
  readonly #schemes = new Map<string, string>()

  /** Remembers what answered, if it was the registry itself. */
  note(resolution: Resolution, url: string): void {
    if (isMirror(resolution, url)) return
    if (this.#schemes.size >= MAX_SCHEMES && !this.#schemes.has(resolution.image.registry)) {
      this.#schemes.clear()
    }
    this.#schemes.set(resolution.image.registry, url.slice(0, url.indexOf(':')))
  }

  /** The URLs without those of a scheme that didn't answer when the other did. */
  among(resolution: Resolution, urls: readonly string[]): readonly string[] {
    const scheme = this.#schemes.get(resolution.image.registry)
    if (scheme === undefined) return urls
    return urls.filter((url) => isMirror(resolution, url) || url.startsWith(`${scheme}:`))
  }

  /** Whether the registry has answered by https. */
  hasTls(resolution: Resolution): boolean {
    return this.#schemes.get(resolution.image.registry) === 'https'
  }
}

/** How many registries' schemes are remembered. */
const MAX_SCHEMES = 1024

/** What trying the URLs of one request needs. */
export interface ReachContext<Response extends FetchedResponse> {
  readonly resolution: Resolution
  readonly schemes: AnsweredSchemes
  /** Whether the request may be made anew elsewhere, whatever it did: a GET or a HEAD. */
  readonly isSafe: boolean
  readonly isAborted: () => boolean
  /** Whether a rejection at this URL can hold no secret. */
  readonly isBare: (url: string) => boolean
  readonly request: (url: string) => Promise<Response>
}

/** The first answer that counts, and the URL that gave it. */
export async function reach<Response extends FetchedResponse>(
  context: ReachContext<Response>,
  urls: readonly string[],
): Promise<{ readonly response: Response; readonly url: string }> {
  const { resolution, schemes, isSafe } = context
  const attempts: Attempt[] = []
  let cause: { readonly cause: unknown } | undefined
  const left = [...schemes.among(resolution, urls)]
  for (let url = left.shift(); url !== undefined; url = left.shift()) {
    const mayLeave = isSafe && left.length > 0 && isMirror(resolution, url)
    try {
      const response = await context.request(url)
      if (!mayLeave || !isMissing(response)) return { response, url }
      await discard(response)
    } catch (error) {
      if (error instanceof RegistryFetchError || context.isAborted()) throw error
      const { reason, isNoTls } = faultOf(error)
      attempts.push(Object.freeze({ origin: originOf(url), reason }))
      cause ??= context.isBare(url) ? { cause: error } : undefined
      const mayUseHttp = isNoTls && !schemes.hasTls(resolution) && !isMirror(resolution, url)
      if (!mayLeave && !mayUseHttp) break
    }
  }
  throw unreachable(resolution, attempts, cause)
}

/** A mirror that lacks the image, or that fails. */
function isMissing({ status }: FetchedResponse): boolean {
  return status === 404 || status >= 500
}

function isMirror({ endpoint }: Resolution, url: string): boolean {
  return endpoint.kind === 'mirror' && url.startsWith(`${endpoint.url}/`)
}

function originOf(url: string): string {
  const parsed = parseHttpUrl(url)
  return typeof parsed === 'string' ? 'nowhere' : parsed.origin
}

function unreachable(
  { bypassed }: Resolution,
  attempts: readonly Attempt[],
  cause: { readonly cause: unknown } | undefined,
): RegistryFetchError {
  const tried = attempts.map(({ origin, reason }) => `${origin} (${reason})`).join(', then ')
  const hint = bypassed === undefined ? '' : `; ${describeBypassed(bypassed)}`
  const message = `the registry can't be reached: tried ${tried}${hint}`
  const issue = { code: 'unreachable', attempts: Object.freeze(attempts), message } as const
  return new RegistryFetchError(issue, ...(cause ? [cause] : []))
}

function describeBypassed(bypassed: NonNullable<Resolution['bypassed']>): string {
  const rule = bypassed.code === 'port' ? bypassed.rule : undefined
  const named = rule === undefined ? '' : `; without the port, the rule "${rule.name}" would apply`
  return `${bypassed.message}${named}`
}
