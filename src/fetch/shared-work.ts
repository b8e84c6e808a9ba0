// One piece of work for all that wait for it: it ends when the last of them no longer does.
import type { Signal } from '../transport/index.js'
import { throwIfAborted, untilAborted } from './abort.js'

interface Work<Result> {
  readonly promise: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/** Work that is under way, by what it is for. */
export class SharedWork<Result> {
  readonly #underWay = new Map<string, Work<Result>>()

  /**
   * What the work for a key results in; begins it unless it is under way. Where the signal is
   * aborted, the promise rejects with its reason, and the others go on waiting.
   */
  async join(
    key: string,
    begin: (signal: Signal) => Promise<Result>,
    signal: Signal | undefined,
  ): Promise<Result> {
    throwIfAborted(signal)
    const work = this.#underWay.get(key) ?? this.#start(key, begin)
    work.waiting++
    try {
      return await untilAborted(work.promise, signal)
    } finally {
      work.waiting--
      if (work.waiting === 0) this.#leave(key, work)
    }
  }

  #start(key: string, begin: (signal: Signal) => Promise<Result>): Work<Result> {
    const controller = new AbortController()
    const work: Work<Result> = { promise: begin(controller.signal), controller, waiting: 0 }
    this.#underWay.set(key, work)
    const forget = (): void => this.#forget(key, work)
    work.promise.then(forget, forget)
    return work
  }

  /** An aborted piece of work is nothing that a later request may join. */
  #leave(key: string, work: Work<Result>): void {
    if (this.#underWay.get(key) !== work) return
    this.#forget(key, work)
    work.controller.abort()
  }

  #forget(key: string, work: Work<Result>): void {
    if (this.#underWay.get(key) === work) this.#underWay.delete(key)
  }
}
