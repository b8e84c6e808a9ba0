// When a token ends, by `expires_in` and `issued_at` of a token service's answer.
import { type GenericSchema, number, pipe, safeInteger, string } from 'valibot'
import { isOf } from '../options.js'

/** In seconds: the distribution specification's "Token Authentication" without `expires_in`. */
const DEFAULT_LIFETIME = 60

/** In seconds: a day. A longer one outlives whatever it was granted for. */
const MAX_LIFETIME = 24 * 60 * 60

/** In characters: with a fraction of any use. */
const MAX_TIME = 64

const seconds: GenericSchema<number> = pipe(number(), safeInteger())

const text: GenericSchema<string> = string()

/**
 * The end of a token in milliseconds since 1970.
 *
 * It lasts `expires_in` seconds, a day at most; 60 seconds without it, or where it is 0 or no whole
 * number. It begins at `issued_at`, or now where that is missing, no RFC 3339 time or in the future.
 * Where it would have ended already by that, the two clocks disagree, and it lasts 60 seconds from
 * now: else it would be asked for again with each request.
 */
export function endOfToken(expiresIn: unknown, issuedAt: unknown, now: number): number {
  const lifetime = lifetimeOf(expiresIn) * 1000
  const issued = parseTime(issuedAt)
  if (issued === undefined || issued > now) return now + lifetime
  const end = issued + lifetime
  return end > now ? end : now + DEFAULT_LIFETIME * 1000
}

/** go-containerregistry takes no token from an answer with nonsense here; here it is a short one. */
function lifetimeOf(expiresIn: unknown): number {
  if (!isOf(seconds, expiresIn)) return DEFAULT_LIFETIME
  return Math.min(expiresIn || DEFAULT_LIFETIME, MAX_LIFETIME)
}

/** An RFC 3339 time, its fraction dropped. */
function parseTime(value: unknown): number | undefined {
  if (!isOf(text, value) || value.length > MAX_TIME) return undefined
  const parts = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(value)
  if (parts === null) return undefined
  const [, date, time, zone = ''] = parts
  const milliseconds = Date.parse(`${date}T${time}${zone.toUpperCase()}`)
  return Number.isNaN(milliseconds) || !isDay(date) ? undefined : milliseconds
}

/** Whether a month has such a day: some engines read 30 February as 2 March. */
function isDay(date = ''): boolean {
  return new Date(`${date}T12:00:00Z`).toISOString().startsWith(date)
}

/** Throws a `TypeError` for what is no time. */
export function checkTime(caller: string, now: unknown): void {
  if (typeof now !== 'number' || !Number.isFinite(now)) {
    throw new TypeError(`${caller}: expected now to be a time in milliseconds since 1970`)
  }
}
