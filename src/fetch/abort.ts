// Abort signals: their reason is what a promise rejects with.
import type { Signal } from '../transport/index.js'

/** The promise, unless the signal is aborted first. */
export function untilAborted<Result>(
  promise: Promise<Result>,
  signal: Signal | undefined,
): Promise<Result> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const settle = (): void => signal.removeEventListener('abort', abort)
    const abort = (): void => {
      settle()
      reject(signal.reason)
    }
    // Without options, of which a polluted prototype would have more.
    signal.addEventListener('abort', abort)
    promise.then(resolve, reject).then(settle)
    // An event that came before the listener doesn't come again.
    if (signal.aborted) abort()
  })
}

/** Throws the signal's reason if it has been aborted. */
export function throwIfAborted(signal: Signal | undefined): void {
  if (signal?.aborted) throw signal.reason
}
