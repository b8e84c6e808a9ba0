import { credentialsOf } from '../../src/credentials.js'
import { REGISTRY } from '../../src/resolve/endpoint.js'
import type { Resolution } from '../../src/resolve/resolution.js'
import type { Scheme } from '../../src/resolve/schemes.js'
import { Secret } from '../../src/secret.js'

/** The keys of a rule as the configuration has them; an empty string is the same as unset. */
export interface Keys {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** A resolution as the resolver gives it, for a registry that is spelled in its normal form. */
export function resolutionOf(
  registry: string,
  keys: Keys = {},
  schemes: readonly Scheme[] = ['https'],
  repository = 'acme/app',
): Resolution {
  // Own keys only: the suite also runs with a polluted Object.prototype.
  const own: Keys = Object.assign(Object.create(null), keys)
  const port = /:(\d+)$/.exec(registry)?.[1]
  return Object.freeze({
    image: Object.freeze({
      registry,
      host: port === undefined ? registry : registry.slice(0, -port.length - 1),
      port: port === undefined ? undefined : Number(port),
      repository,
      tag: 'latest',
      digest: undefined,
      name: `${registry}/${repository}:latest`,
    }),
    credentials: credentialsOf({
      username: secret(own.username),
      password: secret(own.password),
      auth: secret(own.auth),
      identityToken: secret(own.identitytoken),
      registryToken: secret(own.registrytoken),
    }),
    schemes,
    endpoint: REGISTRY,
  }) as unknown as Resolution
}

function secret(value: string | undefined): Secret | undefined {
  return value ? new Secret(value) : undefined
}
