export type { Bypassed } from './bypassed.js'
export type { Endpoint, MirrorEndpoint, RegistryEndpoint } from './endpoint.js'
export { requestUrls } from './request-urls.js'
export { type Resolution, resolutions } from './resolution.js'
export { type CreateResolverOptions, createResolver, type Resolver } from './resolver.js'
export type { Scheme } from './schemes.js'
export type {
  CaBundleTrust,
  DenyAllTrust,
  SkipVerifyTrust,
  TlsTrust,
  WebPkiTrust,
} from './trust.js'
