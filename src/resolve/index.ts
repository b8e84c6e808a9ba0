// From a configuration and an image to the decision: rule, trust, credentials, schemes, way.
export type { Bypassed, BypassedByAddress, BypassedByPort } from './bypassed.js'
export type { Denial, Permission } from './decision.js'
export {
  type Endpoint,
  type MirrorEndpoint,
  mirrorEndpoint,
  REGISTRY,
  type RegistryEndpoint,
} from './endpoint.js'
export { type DecidedEndpoint, endpointsOf } from './endpoints.js'
export {
  type Change,
  changeOfSets,
  compareCredentials,
  compareTrust,
  joinChanges,
} from './looseness.js'
export { isOwnOrigin } from './own-origins.js'
export { isRequestPath, requestUrls } from './request-urls.js'
export type {
  DeniedResolution,
  PermittedResolution,
  Resolution,
  ResolvedImage,
} from './resolution.js'
export {
  type CreateResolverOptions,
  createDecider,
  createResolver,
  type Decider,
  type Resolver,
  resolvers,
} from './resolver.js'
export type { Route } from './route.js'
export type { Scheme } from './schemes.js'
export {
  type CaBundleTrust,
  type DenyAllTrust,
  type SkipVerifyTrust,
  type TlsTrust,
  trustOf,
  type WebPkiTrust,
} from './trust.js'
export { type Ways, wayToRegistry } from './ways.js'
