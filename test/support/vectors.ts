import { readFileSync } from 'node:fs'
import type { Keys } from './resolve-with.js'

interface ChallengeCase {
  readonly category: string
  readonly headers: readonly string[]
  readonly want: readonly { readonly scheme: string; readonly parameters: Record<string, string> }[]
  readonly rfc: 'same' | 'differs' | 'malformed'
  readonly rfc9110?: ChallengeCase['want']
}

interface AuthCase {
  readonly category: string
  readonly registry: string
  readonly repository: string
  readonly auth: Keys
  readonly challenge: 'none' | 'basic' | 'bearer' | 'other'
  readonly wwwAuthenticate: readonly string[]
  readonly tokenServer?: Record<'GET' | 'POST', { readonly status: number; readonly body: string }>
  readonly want: {
    readonly tokenRequests: readonly {
      readonly method: string
      readonly url: string
      readonly authorization: string | null
      readonly contentType?: string
      readonly body?: string
    }[]
    readonly authorization: string | null
    readonly error?: 'handshake' | 'request'
  }
}

/** The cases of a file of vectors. Read, not imported: a bundler turns the key `__proto__` into a prototype. */
export function read<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8')
  return JSON.parse(text, withoutPrototype).cases
}

/** Absent is absent, in the suite with a polluted Object.prototype too. */
function withoutPrototype(_: string, value: unknown): unknown {
  return value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.setPrototypeOf(value, null)
    : value
}

export const challengeCases: readonly ChallengeCase[] = read('challenges.json')
export const authCases: readonly AuthCase[] = read('auth-headers.json')
