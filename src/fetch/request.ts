// A request as the caller gives it: its method, header, body, signal and scopes, checked.
import { custom, string } from 'valibot'
import { isTexts, option, optionsOf } from '../options.js'
import type { Signal } from '../transport/index.js'

/** What a request to a registry is made with. */
export interface RegistryRequest {
  /** The method. Default: GET. */
  readonly method?: string
  /** The header: names and values, or what gives such pairs, as `Headers` does. */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [string, string]>
  /** The body, as the client takes it. One that is a stream is never sent twice. */
  readonly body?: unknown
  /** Ends the request, save a connection that is being made. */
  readonly signal?: Signal
  /** What to ask a token service for. Default: what the method needs on the image's repository. */
  readonly scopes?: readonly string[]
}

/** The same, checked. */
export interface ReadRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly isStream: boolean
  readonly signal: Signal | undefined
  readonly scopes: readonly string[] | undefined
}

const isSignal = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return typeof Reflect.get(value, 'addEventListener') === 'function'
}

const read = optionsOf('registryFetch', () => ({
  method: option(string(), 'a method, as a string'),
  headers: option(
    custom<object>((value) => typeof value === 'object' && value !== null),
    'names and values, or pairs of them',
  ),
  body: option(
    custom<unknown>(() => true),
    'a body',
  ),
  signal: option(custom<Signal>(isSignal), 'an AbortSignal'),
  scopes: option(custom<readonly string[]>(isTexts), 'an array of strings'),
}))

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** RFC 9110, section 5.1: a field's name is a token. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/

/** Characters that would end a field, or that no client sends. */
const UNSENDABLE = /[^\t\x20-\x7e\x80-\xff]/

/** What the configuration decides, or what would give a redirect's target a session. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'host',
  'proxy-authorization',
])

/** Reads a request; throws a `TypeError` where it isn't one. */
export function readRequest(request: unknown): ReadRequest {
  const { method = 'GET', headers, body, signal, scopes } = read(request)
  const upper = method.toUpperCase()
  if (!METHODS.has(upper)) {
    throw new TypeError(`registryFetch: expected method to be one of ${[...METHODS].join(', ')}`)
  }
  if (isSafe(upper) && body !== undefined && body !== null) {
    throw new TypeError(`registryFetch: expected no body with ${upper}`)
  }
  return {
    method: upper,
    headers: readHeaders(headers),
    body: body ?? undefined,
    isStream: isStream(body),
    signal,
    scopes: scopes && Object.freeze([...scopes]),
  }
}

/** Whether a request changes nothing, so that it may go elsewhere, whatever it did. */
export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD'
}

function readHeaders(headers: object | undefined): Readonly<Record<string, string>> {
  const fields = new Map<string, string>()
  for (const pair of pairsOf(headers)) {
    const [name, value] = pair as readonly [unknown, unknown]
    if (typeof name !== 'string' || typeof value !== 'string' || !NAME.test(name)) {
      throw new TypeError('registryFetch: expected headers to be names and values, as strings')
    }
    if (UNSENDABLE.test(value)) {
      throw new TypeError(`registryFetch: expected the field ${name} without control characters`)
    }
    const lower = name.toLowerCase()
    if (OWN_FIELDS.has(lower)) {
      throw new TypeError(`registryFetch: expected no ${lower} in headers, which is decided here`)
    }
    const present = fields.get(lower)
    fields.set(lower, present === undefined ? value : `${present}, ${value}`)
  }
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(fields)))
}

function pairsOf(headers: object | undefined): Iterable<unknown> {
  if (headers === undefined) return []
  const iterate: unknown = Reflect.get(headers, Symbol.iterator)
  return typeof iterate === 'function' ? (headers as Iterable<unknown>) : Object.entries(headers)
}

/** A WHATWG stream, or whatever gives its pieces one after the other: it can be read once. */
function isStream(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || ArrayBuffer.isView(body)) return false
  if (typeof Reflect.get(body, 'getReader') === 'function') return true
  const isAsync = typeof Reflect.get(body, Symbol.asyncIterator) === 'function'
  const isSync = typeof Reflect.get(body, Symbol.iterator) === 'function'
  // FormData and URLSearchParams are iterable, and are read anew each time.
  return isAsync || (isSync && typeof Reflect.get(body, 'next') === 'function')
}
