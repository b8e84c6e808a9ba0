// What a helper is run with, as the caller gives it.
import { custom, type GenericSchema, string } from 'valibot'
import { type Checked, type OptionRow, option } from '../options.js'
import { type HelperLimits, type RunHelper, runHelper } from './run-helper.js'

/** Options of whatever asks a credential helper. */
export interface HelperOptions {
  /** The environment: where files and helpers are found, and what helpers get. Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The operating system, as `process.platform` names it. Default: this one. */
  readonly platform?: string
  /** Runs a credential helper. Default: as a process, without a shell, found in PATH. */
  readonly run?: RunHelper
  /** How long a helper may take, in milliseconds. Default: 30,000. */
  readonly timeout?: number
}

/** How a helper is run. */
export interface HelperSettings {
  readonly run: RunHelper
  readonly limits: HelperLimits
}

/** In bytes. Tokens of clouds have some thousand. */
const MAX_OUTPUT = 1024 * 1024

/** In milliseconds. */
const TIMEOUT = 30_000

/** A timer of Node's can't wait longer, in milliseconds. */
const MAX_TIMEOUT = 2 ** 31 - 1

type Variables = Readonly<Record<string, string | undefined>>

/** The rows of these options. */
export const HELPER_OPTIONS: {
  readonly env: OptionRow<GenericSchema<Variables>>
  readonly platform: OptionRow<GenericSchema<string>>
  readonly run: OptionRow<GenericSchema<RunHelper>>
  readonly timeout: OptionRow<GenericSchema<number>>
} = {
  env: option(
    custom<Variables>((value) => typeof value === 'object' && value !== null),
    'an object of variables, such as process.env',
  ),
  platform: option(string(), 'a platform, such as process.platform'),
  run: option(
    custom<RunHelper>((value) => typeof value === 'function'),
    'a function',
  ),
  timeout: option(
    custom<number>((value) => Number.isSafeInteger(value) && isInTime(value as number)),
    'a whole number of milliseconds, 2147483647 at most',
  ),
}

function isInTime(timeout: number): boolean {
  return timeout > 0 && timeout <= MAX_TIMEOUT
}

/** The settings, with the defaults. */
export function helperSettings({
  env,
  platform,
  run,
  timeout,
}: Checked<typeof HELPER_OPTIONS>): HelperSettings {
  const limits = Object.freeze({
    env: Object.freeze({ ...(env ?? process.env) }),
    platform: platform ?? process.platform,
    timeout: timeout ?? TIMEOUT,
    maxOutput: MAX_OUTPUT,
  })
  return { run: run ?? runHelper, limits }
}
