// The journal of one image: one step at a time is open, and what is said of it may depend on whether
// another one follows, since only the client of the registry knows whether it goes on by another way.

import type { Said, Step, StepName } from '../step.js'
import type { SentSecrets } from './sent-secrets.js'
import { StepFault } from './step-fault.js'

/** Is told of each step as it happens. */
export interface Audience {
  /** A step has begun. */
  begun(name: StepName, subject: string): void
  /** The step that was begun last has ended. */
  ended(step: Step): void
}

interface OpenStep {
  readonly name: StepName
  readonly subject: string
  readonly since: number
  /** What is said if another step follows, and when that was known. */
  interim?: { readonly said: Said; readonly at: number }
  fault?: StepFault
}

/** The steps of one image. */
export class Journal {
  readonly steps: Step[] = []
  readonly #audience: Audience
  readonly #clock: () => number
  readonly #secrets: SentSecrets
  #open: OpenStep | undefined

  /** @param clock - A clock that only goes forward, in milliseconds. */
  constructor(audience: Audience, clock: () => number, secrets: SentSecrets) {
    this.#audience = audience
    this.#clock = clock
    this.#secrets = secrets
  }

  /** Begins a step. One that is open ends with what was noted for that case. */
  begin(name: StepName, subject: string, since: number = this.#clock()): void {
    this.#closeOpen()
    this.#open = { name, subject, since }
    this.#audience.begun(name, this.#secrets.conceal(subject))
  }

  /** What is said of the open step if another one follows. */
  note(said: Said): void {
    if (this.#open) this.#open.interim = { said, at: this.#clock() }
  }

  /** Ends the open step. */
  end(said: Said): void {
    if (this.#open) this.#close(this.#open, said, this.#clock())
  }

  /** A step that is over at once. */
  tell(name: StepName, subject: string, said: Said): void {
    this.begin(name, subject)
    this.end(said)
  }

  /**
   * Makes a step. Its fault stays open: if another step follows, it is passed over.
   *
   * @param isKnown - Whether the same has been said before, so that only a fault is news.
   */
  async step<Result>(
    name: StepName,
    subject: string,
    isKnown: boolean,
    run: () => Promise<readonly [Result, Omit<Said, 'outcome'>]>,
  ): Promise<Result> {
    if (!isKnown) this.begin(name, subject)
    const since = this.#clock()
    try {
      const [result, said] = await run()
      if (!isKnown) this.end({ outcome: 'ok', ...said })
      return result
    } catch (error) {
      if (!(error instanceof StepFault)) throw error
      if (isKnown) this.begin(name, subject, since)
      this.fault(error)
      throw error
    }
  }

  /** The open step failed; whether the image did is seen by what follows. */
  fault(fault: StepFault): void {
    if (this.#open === undefined) return
    this.#open.fault = fault
    const { help: _, missing: __, ...said } = fault.said
    this.note({ ...said, outcome: 'passed-over' })
  }

  /** Begins a step unless it is the one that is open. */
  resume(name: StepName, subject: string): void {
    if (this.#open?.name !== name) this.begin(name, subject)
  }

  /** Ends the image at the open step, by its own fault or by one that shows only here. */
  fail(name: StepName, subject: string, otherwise: Omit<Said, 'outcome'>): void {
    const fault = this.#open?.fault
    if (this.#open === undefined) this.begin(name, subject)
    this.end({ ...(fault?.said ?? otherwise), outcome: 'failed' })
  }

  #closeOpen(): void {
    const open = this.#open
    if (open === undefined) return
    const { said, at } = open.interim ?? {
      said: { outcome: 'ok', message: open.subject },
      at: this.#clock(),
    }
    this.#close(open, said, at)
  }

  #close({ name, since }: OpenStep, said: Said, at: number): void {
    this.#open = undefined
    const concealed = this.#secrets.conceal(said)
    const step = Object.freeze({ name, milliseconds: Math.max(0, at - since), ...concealed })
    this.steps.push(step)
    this.#audience.ended(step)
  }
}
