import { afterEach, beforeEach } from 'vitest'

/**
 * Threat 18: the tests of the public API run once more with every name that the library reads polluted,
 * as the victim of a prototype pollution would run them. `auth`, `method` and `credentials` are left
 * out, since node:fs and fetch themselves stumble over them, and `0`, over which the runner does; the
 * modules' own tests have them.
 */
const NAMES = [
  'strict',
  'maxBytes',
  'brokenCertificates',
  'env',
  'clientId',
  'scopes',
  'username',
  'password',
  'identitytoken',
  'identityToken',
  'registrytoken',
  'registryToken',
  'mirror',
  'ca-certs',
  'caBundle',
  'insecure-skip-verify',
  'insecureSkipVerify',
  'registries',
  'extra-env',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'realm',
  'service',
  'scope',
  'token',
  'access_token',
  'refresh_token',
  'expires_in',
  'issued_at',
  'kind',
  'tls',
  'proxy',
  'schemes',
  'program',
  'format',
  'unknownKeys',
  'httpProxy',
  'httpsProxy',
  'noProxy',
  'revealSecrets',
  'rejected',
  'now',
  'version',
  'certificates',
  'ca',
  'rejectUnauthorized',
  'issues',
  'fault',
  'expected',
  'ignore',
  'typed',
  'maxDepth',
  'numbersAsFloat',
  'strictTemporal',
  'integersAsBigInt',
]

beforeEach(() => {
  for (const name of NAMES) {
    Object.defineProperty(Object.prototype, name, {
      value: 'polluted',
      configurable: true,
      writable: true,
      enumerable: false,
    })
  }
})

afterEach(() => {
  for (const name of NAMES) Reflect.deleteProperty(Object.prototype, name)
})
