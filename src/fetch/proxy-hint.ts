// Which variable names a proxy that is at fault.
import { configurations, type ImagePullerConfig, type KeptConfig } from '../config/index.js'
import { type Resolver, resolvers } from '../resolve/index.js'
import type { Attempt, ConfigurationHint } from './errors.js'

/** The proxy wants credentials, or others. */
const UNAUTHORIZED = 'ERR_PROXY_STATUS_407'

/** A hint at the first proxy that is at fault; none where none is. */
export function proxyHints(
  resolver: Resolver,
  attempts: readonly Attempt[],
): readonly ConfigurationHint[] {
  const failed = attempts.find(({ proxy }) => proxy?.isAtFault)
  if (failed === undefined) return []
  const variable = failed.origin.startsWith('https:') ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const place = placeOf(resolver, variable)
  const where = place
    ? `${variable} of extra-env in line ${place.line}`
    : `${variable} of the process`
  const what = failed.reason === UNAUTHORIZED ? 'user name and password' : 'host and port'
  const message = `the proxy is that of ${where}: check its ${what}, or name the host of ${failed.origin} in NO_PROXY`
  return [Object.freeze({ code: 'proxy', rule: undefined, message, place })]
}

function placeOf(resolver: Resolver, variable: string): ConfigurationHint['place'] {
  // A resolver is made of a configuration.
  const config = resolvers.keptOf(resolver) as ImagePullerConfig
  return (configurations.keptOf(config) as KeptConfig).placeOf(['extra-env', variable])
}
