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

/** What that release does with a configuration. */
export function readPrediction(
  bytes: Uint8Array,
  { puller }: OptionValues<typeof PULLER_OPTIONS>,
): PullerPrediction {
  try {
    return predictPuller(bytes, puller === undefined ? {} : { version: puller })
  } catch (error) {
    expectedError(error, TypeError)
    throw new Misuse('--puller: expected a release from 1.15 on, as X.Y')
  }
}
