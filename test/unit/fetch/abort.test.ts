import { describe, expect, it } from 'vitest'
import { throwIfAborted, untilAborted } from '../../../src/fetch/abort.js'

const never = new Promise<never>(() => {})

/** A signal that counts its listeners. */
function counted(signal: AbortSignal) {
  let listeners = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners--
    remove(...args)
  }
  return { signal, listeners: () => listeners }
}

describe('untilAborted', () => {
  it('is the promise where there is no signal', async () => {
    await expect(untilAborted(Promise.resolve(1), undefined)).resolves.toBe(1)
  })

  it('rejects with the reason of a signal that was aborted before, whose event is over', async () => {
    await expect(untilAborted(never, AbortSignal.abort('enough'))).rejects.toBe('enough')
  })

  it('threat 18: takes no option from a polluted prototype', async () => {
    const { signal } = new AbortController()
    Reflect.set(Object.prototype, 'signal', 'polluted')
    try {
      await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'signal')
    }
  })

  it('rejects with the reason of a signal that is aborted later', async () => {
    const controller = new AbortController()
    const waiting = untilAborted(never, controller.signal)
    controller.abort('enough')
    await expect(waiting).rejects.toBe('enough')
  })

  it.each([
    ['resolved', () => Promise.resolve(1)],
    ['rejected', () => Promise.reject(1)],
  ])('leaves no listener at a signal that outlives a promise that is %s', async (_, begin) => {
    const { signal, listeners } = counted(new AbortController().signal)
    await untilAborted(begin(), signal).catch(() => undefined)
    await new Promise((resolve) => setImmediate(resolve))
    expect(listeners()).toBe(0)
  })
})

describe('throwIfAborted', () => {
  it('throws the reason, and only of an aborted signal', () => {
    expect(() => throwIfAborted(undefined)).not.toThrow()
    expect(() => throwIfAborted(new AbortController().signal)).not.toThrow()
    expect(() => throwIfAborted(AbortSignal.abort(new RangeError('enough')))).toThrow(RangeError)
  })
})
