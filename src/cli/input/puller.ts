// The release of Contrast's puller that a command compares with.

import { type PullerPrediction, predictPuller } from 'imagepuller-auth/puller'
import type { OptionValues } from '../description.js'
import { expectedError, Misuse } from '../failure.js'

/** The options of every command that says what Contrast's puller does. */
export const PULLER_OPTIONS = {
  puller: {
    type: 'string',
    value: 'VERSION',
    help: "The release of Contrast's puller to compare with, such as 1.21; the newest known one by default.",
  },
} as const

type PullerOptions = OptionValues<typeof PULLER_OPTIONS>

/** What that release does with a configuration. */
export function readPrediction(
  document: string | Uint8Array,
  { puller }: PullerOptions,
): PullerPrediction {
  try {
    return predictPuller(document, puller === undefined ? {} : { version: puller })
  } catch (error) {
    expectedError(error, TypeError)
    throw new Misuse('--puller: expected a release from 1.15 on, as X.Y')
  }
}

/** That release, before any configuration was read. */
export function readVersion(options: PullerOptions): string {
  return readPrediction('', options).version
}
