/** Aborts end everything, and harm no other request. */
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { createRegistryFetch } from '../../../src/fetch/index.js'
import { createResolver } from '../../../src/resolve/index.js'
import type { SendInit } from '../../../src/transport/index.js'

const IMAGE = 'registry.corp/acme/app:1'
const REALM = 'https://auth.registry.corp/token'
const ASKED = `Bearer realm="${REALM}"`

interface Pending {
  readonly url: string
  readonly signal: AbortSignal
  readonly answer: (response: Response) => void
}

/** Servers that answer when the test says so, and a client that heeds the signal, or doesn't. */
function waiting(isDeaf = false) {
  const pending: Pending[] = []
  const fetch = (url: string, { signal }: { readonly signal?: unknown }): Promise<Response> =>
    new Promise((resolve, reject) => {
      const given = signal as AbortSignal
      pending.push({ url, signal: given, answer: resolve })
      if (!isDeaf) given?.addEventListener('abort', () => reject(given.reason))
    })
  const resolver = createResolver(parseConfig(''))
  const registryFetch = createRegistryFetch<Response>(resolver, { fetch, now: () => 0 })
  const next = async (match: string): Promise<Pending> => {
    for (;;) {
      const index = pending.findIndex(({ url }) => url.includes(match))
      if (index >= 0) return pending.splice(index, 1)[0] as Pending
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { registryFetch, pending, next }
}

const challenge = () => new Response(null, { status: 401, headers: { 'www-authenticate': ASKED } })
const settle = () => new Promise((resolve) => setTimeout(resolve, 5))

function cancellable(): {
  readonly body: ReadableStream<Uint8Array>
  readonly isCancelled: () => boolean
} {
  let isCancelled = false
  const body = new ReadableStream<Uint8Array>({
    cancel: () => {
      isCancelled = true
    },
  })
  return { body, isCancelled: () => isCancelled }
}

describe('an abort', () => {
  it('before the request sends nothing', async () => {
    const { registryFetch, pending } = waiting()
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    await expect(registryFetch(IMAGE, 'manifests', { signal })).rejects.toBe(reason)
    expect(pending).toEqual([])
  })

  it.each([false, true])(
    'rejects with its reason, though the client were deaf: %s',
    async (isDeaf) => {
      const { registryFetch, next, pending } = waiting(isDeaf)
      const controller = new AbortController()
      const request = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
      const sent = await next('/manifests/')
      controller.abort('enough')
      await expect(request).rejects.toBe('enough')
      const late = cancellable()
      sent.answer(new Response(late.body, { status: 401, headers: { 'www-authenticate': ASKED } }))
      await settle()
      expect(pending).toEqual([])
      expect(late.isCancelled()).toBe(isDeaf)
    },
  )

  it('at any moment leaves no answer open, rejects with its reason, and harms no later request', async () => {
    const ends: string[] = []
    for (let moment = 0; moment < 120; moment++) {
      const bodies: ReturnType<typeof cancellable>[] = []
      const fetch = async (url: string, { headers }: SendInit): Promise<Response> => {
        if (url.startsWith(REALM)) return new Response('{"token":"t"}')
        const one = cancellable()
        bodies.push(one)
        if (headers['authorization'] !== undefined) return new Response(one.body)
        return new Response(one.body, { status: 401, headers: { 'www-authenticate': ASKED } })
      }
      const resolver = createResolver(parseConfig(''))
      const registryFetch = createRegistryFetch<Response>(resolver, { fetch, now: () => 0 })
      const controller = new AbortController()
      const request = registryFetch(IMAGE, 'manifests', { signal: controller.signal }).then(
        async (response) => {
          await response.body?.cancel()
          return 'answered'
        },
        (reason) => reason,
      )
      for (let i = 0; i < moment; i++) await undefined
      controller.abort('enough')
      ends.push(await request)
      await settle()
      expect(bodies.every(({ isCancelled }) => isCancelled())).toBe(true)
      expect((await registryFetch(IMAGE, 'manifests')).ok).toBe(true)
    }
    expect(new Set(ends)).toEqual(new Set(['enough', 'answered']))
  })

  it('of the last that waits for a token ends its request', async () => {
    const { registryFetch, next } = waiting()
    const controller = new AbortController()
    const request = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
    ;(await next('/manifests/')).answer(challenge())
    const token = await next('/token')
    expect(token.signal.aborted).toBe(false)
    controller.abort('enough')
    await expect(request).rejects.toBe('enough')
    expect(token.signal.aborted).toBe(true)
  })

  it('of one of two that wait for a token harms not the other', async () => {
    const { registryFetch, next } = waiting()
    const controller = new AbortController()
    const first = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
    const second = registryFetch(IMAGE, 'tags/list')
    ;(await next('/manifests/')).answer(challenge())
    ;(await next('/tags/')).answer(challenge())
    const token = await next('/token')
    await settle()
    controller.abort('enough')
    await expect(first).rejects.toBe('enough')
    expect(token.signal.aborted).toBe(false)
    token.answer(new Response('{"token":"t"}'))
    ;(await next('/tags/')).answer(new Response('list'))
    expect(await (await second).text()).toBe('list')
  })

  it('of all is followed by a token request of its own', async () => {
    const { registryFetch, next } = waiting()
    const controller = new AbortController()
    const first = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
    ;(await next('/manifests/')).answer(challenge())
    await next('/token')
    controller.abort('enough')
    await expect(first).rejects.toBe('enough')
    const second = registryFetch(IMAGE, 'tags/list')
    // What the registry asks for is known by now.
    const token = await next('/token')
    expect(token.signal.aborted).toBe(false)
    token.answer(new Response('{"token":"t"}'))
    ;(await next('/tags/')).answer(new Response('list'))
    expect((await second).status).toBe(200)
  })

  it('ends the reading of a token that drips', async () => {
    const { registryFetch, next } = waiting()
    const controller = new AbortController()
    const request = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
    ;(await next('/manifests/')).answer(challenge())
    const drip = cancellable()
    ;(await next('/token')).answer(new Response(drip.body))
    await settle()
    controller.abort('enough')
    await expect(request).rejects.toBe('enough')
    await settle()
    expect(drip.isCancelled()).toBe(true)
  })

  it('ends what redirects lead to', async () => {
    const { registryFetch, next } = waiting()
    const controller = new AbortController()
    const request = registryFetch(IMAGE, 'manifests', { signal: controller.signal })
    const headers = { location: 'https://storage.corp/x' }
    ;(await next('/manifests/')).answer(new Response(null, { status: 307, headers }))
    const storage = await next('storage')
    controller.abort('enough')
    await expect(request).rejects.toBe('enough')
    expect(storage.signal.aborted).toBe(true)
  })

  it('is not waited for where an unwanted body drips', async () => {
    const { registryFetch, next } = waiting()
    const request = registryFetch(IMAGE, 'manifests')
    const drip = cancellable()
    const headers = { 'www-authenticate': ASKED }
    ;(await next('/manifests/')).answer(new Response(drip.body, { status: 401, headers }))
    ;(await next('/token')).answer(new Response('{"token":"t"}'))
    ;(await next('/manifests/')).answer(new Response('x'))
    expect((await request).status).toBe(200)
    expect(drip.isCancelled()).toBe(true)
  })
})
