// `createRegistryFetch`: requests to registries with the whole handshake done, on a client that is
// given.
import type { ImageReference } from '../image/index.js'
import { type Resolver, resolvers } from '../resolve/index.js'
import type { FetchedResponse } from '../transport/index.js'
import { Client } from './client.js'
import type { CreateRegistryFetchOptions } from './create-options.js'
import { type RegistryRequest, readRequest } from './request.js'

/**
 * Makes a request to an image's registry, and resolves to its answer, whatever the status is.
 *
 * @param image - The image: a reference, or one that was parsed (its `name` counts).
 * @param path - `manifests` for the image's own manifest, what follows `/v2/REPOSITORY/`, or an earlier
 *   answer's `Location`, relative or absolute.
 * @param request - Method, header, body, signal and scopes.
 * @throws `RegistryFetchError` where there is no answer of the registry to give, `ImageReferenceError`
 *   if the image is no reference, `TypeError` if an argument is of the wrong type, the signal's reason
 *   once it is aborted, and what the transport's adapters throw for what they can't be told. All of
 *   these by rejecting the promise.
 */
export type RegistryFetch<Response extends FetchedResponse> = (
  image: string | ImageReference,
  path: string,
  request?: RegistryRequest,
) => Promise<Response>

/**
 * Makes a function that sends requests to registries as the configuration says: trust, proxies,
 * mirrors, schemes, the token handshake, redirects without credentials. It opens nothing itself.
 *
 * What a registry asks for, the scheme that it answers by, and the tokens are remembered and shared by
 * all images. Nothing is retried: 429, 5xx and a last 401 are given as they are.
 *
 * Credentials go where `decideDestination` allows it, and nowhere else. Plain HTTP is tried where
 * https found no TLS, as the codes of the client's error say: never after a certificate error, one that
 * isn't known, or an answer.
 *
 * @param resolver - What `createResolver` gave.
 * @param options - See {@link CreateRegistryFetchOptions}.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { createRegistryFetch } from 'imagepuller-auth/fetch'
 *
 * const resolver = createResolver(parseConfig('[registries."."]\nca-certs = "none"'))
 * // With undici: fetch: undiciFetch(undici), of imagepuller-auth/transport
 * const fetch = async () => new Response()
 * const registryFetch = createRegistryFetch(resolver, { fetch, now: Date.now })
 * try {
 *   await registryFetch('ghcr.io/acme/app:1', 'manifests')
 * } catch (error) {
 *   console.log(error.code, error.issue.code) // ERR_REGISTRY_FETCH denied
 * }
 * ```
 */
export function createRegistryFetch<Response extends FetchedResponse>(
  resolver: Resolver,
  options: CreateRegistryFetchOptions<Response>,
): RegistryFetch<Response> {
  if (!resolvers.has(resolver)) {
    throw new TypeError('createRegistryFetch: expected what createResolver gave, not a copy')
  }
  const client = new Client<Response>(resolver, options)
  return async (image, path, request) => client.request(image, path, readRequest(request))
}
