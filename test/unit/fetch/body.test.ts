import { describe, expect, it } from 'vitest'
import { discard, readBody } from '../../../src/fetch/body.js'

const { signal } = new AbortController()
const bytes = (text: string) => new TextEncoder().encode(text)

/** A stream of these pieces, and whether it was cancelled. */
function streamOf(pieces: readonly (Uint8Array | undefined)[]) {
  let isCancelled = false
  const left = [...pieces]
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (left.length === 0) controller.close()
      else controller.enqueue(left.shift() as Uint8Array)
    },
    cancel: () => {
      isCancelled = true
    },
  })
  return { stream, isCancelled: () => isCancelled }
}

const responseOf = (body: ReadableStream<Uint8Array> | null) => ({
  status: 200,
  headers: new Headers(),
  body,
})

const read = async (pieces: readonly (Uint8Array | undefined)[], most: number) => {
  const { stream, isCancelled } = streamOf(pieces)
  const body = await readBody(responseOf(stream), most, signal)
  return [body && new TextDecoder().decode(body), isCancelled()]
}

describe('readBody', () => {
  it('joins the pieces, up to the limit', async () => {
    expect(await read([bytes('ab'), bytes('c')], 3)).toEqual(['abc', false])
  })

  it('lets go of a body that is longer, without reading on', async () => {
    expect(await read([bytes('ab'), bytes('cd'), bytes('ef')], 3)).toEqual([undefined, true])
  })

  it('passes over a piece that is none', async () => {
    expect(await read([undefined, bytes('ab'), undefined, bytes('c')], 3)).toEqual(['abc', false])
  })

  it('is empty where an answer has no body', async () => {
    expect(await readBody(responseOf(null), 3, signal)).toEqual(new Uint8Array())
  })

  it('rejects as soon as it is aborted, and lets go', async () => {
    let isCancelled = false
    const drip = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true
      },
    })
    const controller = new AbortController()
    const reading = readBody(responseOf(drip), 3, controller.signal)
    controller.abort('enough')
    await expect(reading).rejects.toBe('enough')
    expect(isCancelled).toBe(true)
  })
})

describe('discard', () => {
  it('has nothing to let go of where there is no body', () => {
    expect(() => discard(responseOf(null))).not.toThrow()
  })

  it.each<[string, () => ReadableStream<Uint8Array>]>([
    [
      'is being read',
      () => {
        const { stream } = streamOf([])
        stream.getReader()
        return stream
      },
    ],
    ['has failed', () => new ReadableStream({ start: (it) => it.error(new Error('reset')) })],
  ])('passes over that a body which %s can’t be cancelled', async (_, make) => {
    const unhandled: unknown[] = []
    const note = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', note)
    try {
      discard(responseOf(make()))
      await new Promise((resolve) => setTimeout(resolve, 5))
    } finally {
      process.off('unhandledRejection', note)
    }
    expect(unhandled).toEqual([])
  })
})
