// The steps of a pull for one image, save for the pulling: it ends at the first step that fails.

import type { Resolution, Resolver } from 'imagepuller-auth'
import { decideEndpoints, type EndpointSummary } from 'imagepuller-auth/explain'
import { createRegistryFetch, type RegistryFetch, RegistryFetchError } from 'imagepuller-auth/fetch'
import { expectedError } from '../failure.js'
import type { CheckedImage, Said, StepName } from '../step.js'
import { adviceFor, adviceForTokens } from './advice.js'
import { errorCodeIn, readAtMost } from './body.js'
import { helpFor } from './challenge.js'
import type { Detour } from './connect-to.js'
import type { Deadline } from './deadline.js'
import { describeReference, describeRule } from './decision.js'
import type { CheckResponse } from './exchange.js'
import { type Audience, Journal } from './journal.js'
import { ACCEPT, MAX_MANIFEST, type Manifest, readManifest } from './manifest.js'
import type { SentSecrets } from './sent-secrets.js'
import { StepFault } from './step-fault.js'
import { Wire } from './wire.js'

/** What all images are checked with. */
export interface Checking {
  readonly resolver: Resolver
  readonly detour: Detour
  readonly deadline: Deadline
  /** The time in milliseconds since 1970, by which certificates are judged. */
  readonly now: number
  /** A clock that only goes forward, in milliseconds. */
  readonly clock: () => number
  /** What is said of no image: a server may have heard it for an earlier one. */
  readonly secrets: SentSecrets
}

/** Makes the steps for an image, and tells the audience of each as it happens. */
export async function checkImage(
  resolution: Resolution,
  checking: Checking,
  audience: Audience,
): Promise<CheckedImage> {
  const check = new ImageCheck(resolution, checking, audience)
  const isFine = await check.run()
  return { image: resolution.image.name, isFine, steps: check.journal.steps }
}

/** The check of one image. */
class ImageCheck {
  readonly journal: Journal
  readonly #resolution: Resolution
  readonly #endpoints: readonly EndpointSummary[]
  readonly #wire: Wire
  readonly #fetch: RegistryFetch<CheckResponse>

  constructor(resolution: Resolution, checking: Checking, audience: Audience) {
    const { resolver, clock, now, secrets } = checking
    secrets.noteImage(resolution)
    this.journal = new Journal(audience, clock, secrets)
    this.#resolution = resolution
    this.#endpoints = decideEndpoints(resolver, resolution)
    this.#wire = new Wire({ ...checking, journal: this.journal, resolution })
    // The tokens of one image aren't shared with the next, for which each step is to be seen, too.
    const began = clock()
    const time = () => now + clock() - began
    this.#fetch = createRegistryFetch(resolver, { fetch: this.#wire.send, now: time })
  }

  /** Whether every step did. */
  async run(): Promise<boolean> {
    const { journal } = this
    const { image } = this.#resolution
    journal.tell('reference', image.name, describeReference(image))
    const rule = describeRule(this.#resolution, this.#endpoints)
    journal.tell('rule', image.host, rule)
    if (rule.outcome === 'failed') return false
    try {
      await this.#ping()
      const manifest = await this.#manifest()
      await this.#layer(manifest)
      return true
    } catch (error) {
      if (error instanceof Ended) return false
      this.#fail(error)
      return false
    }
  }

  async #ping(): Promise<void> {
    const response = await this.#get('/v2/', '/v2/')
    const { carried, origin } = this.#wire.latest
    if (response.status === 401 && carried === 'token') {
      await response.body.cancel()
      const message = `${origin} refuses at /v2/ a token that is for the image alone, as some registries do; the manifest decides`
      return this.journal.end({ outcome: 'passed-over', message })
    }
    if (response.status !== 200) await this.#refused('/v2/', response)
    await response.body.cancel()
    const how = carried === 'nothing' ? 'and asks for nothing' : `and takes the ${carried}`
    this.journal.end({ outcome: 'ok', message: `${origin} answers with status 200 ${how}` })
  }

  async #manifest(): Promise<Manifest> {
    const { identifier, digest } = this.#resolution.image
    const manifest = await this.#readManifest(identifier, digest)
    if (manifest.next === undefined) return manifest
    return this.#readManifest(manifest.next, manifest.next)
  }

  async #readManifest(identifier: string, digest: string | undefined): Promise<Manifest> {
    const path = `/v2/${this.#resolution.image.repository}/manifests/${identifier}`
    const response = await this.#get('manifest', path, { accept: ACCEPT })
    if (response.status !== 200) await this.#refused('manifest', response)
    const { origin } = this.#wire.latest
    const { bytes, isCut } = await readAtMost(response, MAX_MANIFEST)
    const manifest = isCut ? 'what it sends has more than 4 MiB' : readManifest(bytes, digest)
    if (typeof manifest === 'string') {
      const help = 'the registry is at fault, or the image was pushed damaged: push it anew'
      return this.#end({ message: `${origin}: ${manifest}`, help })
    }
    const message = `${origin} has ${manifest.shown.digest}`
    this.journal.end({ outcome: 'ok', message, manifest: manifest.shown })
    return manifest
  }

  async #layer({ layers }: Manifest): Promise<void> {
    if (layers === undefined) {
      const message = 'the index leads to no manifest with layers, so that none is asked for'
      return this.journal.tell('layer', 'none', { outcome: 'passed-over', message })
    }
    if (layers.first === undefined) {
      const message = 'the manifest has no layer to ask for'
      return this.journal.tell('layer', 'none', { outcome: 'ok', message })
    }
    const path = `/v2/${this.#resolution.image.repository}/blobs/${layers.first}`
    const response = await this.#get('layer', path, { range: 'bytes=0-0' })
    if (response.status !== 200 && response.status !== 206) await this.#refused('layer', response)
    const { origin } = this.#wire.latest
    const { bytes } = await readAtMost(response, 1)
    if (bytes.length === 0) {
      const help = 'the storage is at fault, or the image was pushed damaged: push it anew'
      return this.#end({ message: `${origin} sends nothing of ${layers.first}`, help })
    }
    const which = `the first of ${layers.count} ${layers.count === 1 ? 'layer' : 'layers'}`
    this.journal.end({ outcome: 'ok', message: `${origin} sends ${which}, ${layers.first}` })
  }

  #get(
    step: StepName,
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<CheckResponse> {
    this.#wire.expect(step, path)
    return this.#fetch(this.#resolution.image, path, { headers })
  }

  async #refused(step: StepName, response: CheckResponse): Promise<never> {
    const { origin, carried, role, isByProxy } = this.#wire.latest
    const { status } = response
    const retryAfter = response.headers.get('retry-after')
    const code = await errorCodeIn(response)
    const isElsewhere = role === 'elsewhere'
    // A token may have been asked for once more, in vain.
    this.journal.resume(step, origin)
    const answer = { step, status, code, retryAfter, origin, carried, isElsewhere, isByProxy }
    return this.#end(adviceFor(answer, this.#resolution))
  }

  #end(said: Omit<Said, 'outcome'>): never {
    this.journal.end({ ...said, outcome: 'failed' })
    throw new Ended()
  }

  /** What was thrown on the way, by a step or by the client of the registry. */
  #fail(error: unknown): void {
    this.journal.fail('connection', this.#resolution.image.host, this.#saidOf(error))
  }

  #saidOf(error: unknown): Omit<Said, 'outcome'> {
    if (error instanceof StepFault) return error.said
    const { code, message } = expectedError(error, RegistryFetchError).issue
    return { message, help: this.#helpFor(code) }
  }

  #helpFor(code: RegistryFetchError['issue']['code']): string {
    const { refusal } = this.#wire
    switch (code) {
      case 'token-service':
        return adviceForTokens(this.#wire.tokenStatus, this.#resolution)
      case 'redirect':
        return 'the registry is at fault: its administrator has to look at the redirects to its storage'
      default:
        return refusal ? helpFor(refusal, this.#resolution) : 'look at the steps before this one'
    }
  }
}

/** The image has ended, and its last step says why. */
class Ended extends Error {}
