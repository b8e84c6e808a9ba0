// A check: what is to be found in a document, as a function.
import type { Hit } from './finding.js'
import type { Subject } from './subject.js'

/** What a check is told besides the document. */
export interface Circumstances {
  /** Milliseconds since 1970; undefined where no validity is judged. */
  readonly now: number | undefined
  /** How long before its end something is reported, in milliseconds. */
  readonly notice: number
}

/** Finds what it is for, in any order. */
export type Check = (subject: Subject, circumstances: Circumstances) => Iterable<Hit>
