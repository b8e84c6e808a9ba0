// `headersOf`: the one call that reveals what is sent in a header.
import { ownValue } from '../options.js'
import { Secret } from '../secret.js'
import type { AuthorizationAnswer, HttpHeader } from './authorization.js'
import type { TokenRequest } from './token-request.js'
import type { Token } from './token-response.js'

/**
 * The header fields to send, in plain text: those of a token request, of an authorization answer, or
 * of a token. Call it where the request is sent, and only for its origin.
 *
 * @param request - What `answerChallenge` or `parseTokenResponse` gave.
 * @returns A new object, by name in lower case. Each character of a value is one byte.
 * @throws `TypeError` if the argument has no header.
 *
 * @example
 *
 * ```ts
 * import { answerChallenge, createResolver, headersOf, parseConfig } from 'imagepuller-auth'
 *
 * const config = parseConfig('[registries."registry.corp."]\nregistrytoken = "abc"')
 * const resolution = createResolver(config).resolve('registry.corp/acme/app')
 * const answer = answerChallenge(resolution, 'Bearer', { url: 'https://registry.corp/v2/' })
 * if (answer.kind === 'authorization') console.log(headersOf(answer))
 * // { authorization: 'Bearer abc' }
 * ```
 */
export function headersOf(
  request: TokenRequest | AuthorizationAnswer | Token,
): Record<string, string> {
  const entries = fieldsOf(request).map(({ name, value }) => [name, value.reveal()] as const)
  return Object.fromEntries(entries)
}

function fieldsOf(request: unknown): readonly HttpHeader[] {
  const headers = ownValue(request, 'headers') ?? [ownValue(request, 'header')]
  if (Array.isArray(headers) && headers.every(isHeader)) return headers
  throw new TypeError('headersOf: expected a token request, an authorization answer or a token')
}

function isHeader(header: unknown): header is HttpHeader {
  return typeof ownValue(header, 'name') === 'string' && ownValue(header, 'value') instanceof Secret
}
