// User info in a proxy's URL: it goes into the environment of the puller's process, and on its way to a
// proxy that isn't reached by TLS it can be read.
import { checkProxyUrl, compileProxy, proxySchemeOf } from '../../proxy/index.js'
import type { Secret } from '../../secret.js'
import type { Check } from '../check.js'
import { AT_KEY, type Hit } from '../finding.js'

/** Whether proxies are given credentials. */
export const proxyCredentials: Check = function* ({ extraEnv }) {
  yield* inVariable('HTTP_PROXY', extraEnv?.httpProxy)
  yield* inVariable('HTTPS_PROXY', extraEnv?.httpsProxy)
}

function* inVariable(key: string, value: Secret | undefined): Generator<Hit> {
  if (value === undefined || !hasUserInfo(value)) return
  const code = 'proxy-credentials'
  const path = ['extra-env', key]
  if (proxySchemeOf(value.reveal()) === 'https') {
    const message = 'has a user name or a password for the proxy, which every pull sends'
    yield { code, severity: 'info', path, spot: AT_KEY, message, help: undefined }
    return
  }
  const message =
    'has a user name or a password for a proxy that is reached without TLS: they can be read on the way there'
  const help = 'reach the proxy by https, or let it know the guest without a password'
  yield { code, severity: 'warning', path, spot: AT_KEY, message, help }
}

/** By the decision for a URL, as it is made for pulls. */
function hasUserInfo(value: Secret): boolean {
  if (checkProxyUrl(value.reveal()) !== undefined) return false
  const decision = compileProxy({ httpsProxy: value })('https://registry.example/')
  return decision.kind === 'proxy' && decision.authorization !== undefined
}
