import type { ProxyDecision } from '../proxy/index.js'
import type { TlsTrust } from '../resolve/index.js'
import { UnsupportedDecisionError } from './errors.js'
import { isProxied } from './proxied.js'
import { isRuntime } from './runtime.js'
import { verificationOf } from './verification.js'

/** Options of `Deno.createHttpClient`: none. */
export type DenoClientOptions = Readonly<Record<string, never>>

/**
 * Options for `Deno.createHttpClient`, which has none for most decisions: it adds CAs to the default
 * ones instead of replacing them. Under Deno, use {@link tlsOptions}, {@link httpsAgent} or
 * {@link undiciDispatcher}, which the same runtime follows.
 *
 * Deno takes a proxy from the process's environment even where the decision is none.
 *
 * @param tls - Whom to trust.
 * @param proxy - `resolution.proxy`, or what `resolver.proxyFor` gave.
 * @throws {@link TrustDeniedError} for `deny-all`.
 * @throws {@link UnsupportedDecisionError} for everything but the web PKI without a proxy, and on
 * any other runtime.
 * @throws `TypeError` if an argument is something else.
 *
 * @example
 *
 * ```ts
 * import { denoClientOptions } from 'imagepuller-auth/node'
 *
 * const direct = { kind: 'direct', reason: 'not-configured', entry: undefined } as const
 * try {
 *   denoClientOptions({ kind: 'skip-verify' }, direct)
 * } catch (error) {
 *   console.log(error.code, error.part) // ERR_DECISION_UNSUPPORTED runtime
 * }
 * ```
 */
export function denoClientOptions(tls: TlsTrust, proxy: ProxyDecision): DenoClientOptions {
  verificationOf(tls)
  if (!isRuntime('Deno')) {
    throw new UnsupportedDecisionError('runtime', 'only Deno has clients of that kind')
  }
  if (tls.kind !== 'web-pki') {
    throw new UnsupportedDecisionError('trust', "Deno's fetch trusts the default CAs in any case")
  }
  if (isProxied(proxy)) {
    throw new UnsupportedDecisionError('proxy', "Deno's fetch asks the environment for a proxy")
  }
  return Object.freeze({})
}
