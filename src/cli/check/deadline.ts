// The time that a step has.

import type { StepFault } from './step-fault.js'

/** What to wait with, and for how long. */
export interface Deadline {
  readonly milliseconds: number
  /** What messages say, such as `10 seconds`. */
  readonly text: string
}

/** A deadline of so many seconds. */
export function deadlineOf(seconds: number): Deadline {
  return { milliseconds: seconds * 1000, text: seconds === 1 ? '1 second' : `${seconds} seconds` }
}

/**
 * What `begin` settles as, unless the time is over first: then the fault, and `abandon` is called.
 *
 * @param begin - Is given what settles it.
 */
export function within<Result>(
  { milliseconds }: Deadline,
  fault: StepFault,
  begin: (resolve: (result: Result) => void, reject: (error: unknown) => void) => () => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      abandon()
      reject(fault)
    }, milliseconds)
    const abandon = begin(
      (result) => {
        clearTimeout(timer)
        resolve(result)
      },
      (error) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
