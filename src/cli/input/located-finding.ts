// A finding about a configuration, and the file that it is about.

import type { Finding } from 'imagepuller-auth'
import { locate } from '../render/index.js'
import { nameOf } from './name.js'

/** A finding with the file that it is about. */
export interface LocatedFinding<Found extends Finding = Finding> {
  /** The file as it was given. */
  readonly file: string
  /** The document within the file where that is a manifest, whose lines are other ones. */
  readonly within: string | undefined
  readonly finding: Found
}

/** Where a finding is, for a line that begins with it. */
export function placeOf({ file, within, finding }: LocatedFinding): string {
  const name = nameOf(file)
  return locate(within === undefined ? name : `${name}(${within})`, finding.place)
}
