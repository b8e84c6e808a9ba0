// A rule, or the proxy variables, as the keys and values that a document has for it.
import type { ProxySettings } from '../proxy/index.js'
import type { RegistryRule } from './config.js'

/** The keys that a rule's table needs, secrets revealed. */
export function writeRuleKeys(rule: RegistryRule): ReadonlyMap<string, string | boolean> {
  const pem = rule.caBundle?.certificates.map(({ pem }) => pem).join('')
  return present<string | boolean>([
    ['insecure-skip-verify', rule.insecureSkipVerify || undefined],
    ['username', rule.username?.reveal()],
    ['password', rule.password?.reveal()],
    ['auth', rule.auth?.reveal()],
    ['identitytoken', rule.identityToken?.reveal()],
    ['registrytoken', rule.registryToken?.reveal()],
    ['mirror', rule.mirror],
    ['ca-certs', pem === '' ? 'No certificate stands here, so no TLS handshake will succeed.\n' : pem],
  ])
}

/** The keys that `[extra-env]` needs, secrets revealed. */
export function writeExtraEnvKeys(settings: ProxySettings): ReadonlyMap<string, string> {
  return present([
    ['HTTP_PROXY', settings.httpProxy?.reveal()],
    ['HTTPS_PROXY', settings.httpsProxy?.reveal()],
    ['NO_PROXY', settings.noProxy?.reveal()],
  ])
}

function present<Value>(
  entries: readonly (readonly [string, Value | undefined])[],
): ReadonlyMap<string, Value> {
  const kept = new Map<string, Value>()
  for (const [key, value] of entries) if (value !== undefined) kept.set(key, value)
  return kept
}
