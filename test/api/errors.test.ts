// Every error on bad input: its class is exported, and its literal code is in the union of all codes.
import {
  ConfigError,
  createResolver,
  type ErrorCode,
  type ImagepullerAuthError,
  ImageReferenceError,
  parseConfig,
  parseImageReference,
} from 'imagepuller-auth'
import { DockerConfigError, parseDockerConfig } from 'imagepuller-auth/docker-config'
import { createRegistryFetch, RegistryFetchError } from 'imagepuller-auth/fetch'
import {
  bunFetchOptions,
  TrustDeniedError,
  tlsOptions,
  UnsupportedDecisionError,
} from 'imagepuller-auth/transport'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const denying = createResolver(parseConfig('[registries."."]\nca-certs = "none"'))
const denied = denying.resolve('nginx')
const neverSent = async () => new Response()
const allowed = createResolver(parseConfig('')).resolve('nginx')

interface Row {
  readonly type: abstract new (...args: never[]) => ImagepullerAuthError
  readonly provoke: () => unknown
  readonly issue: string
}

/** A row for each member of the union: one too few, or too many, doesn't compile. */
const ERRORS: Readonly<Record<ErrorCode, Row>> = {
  ERR_CONFIG_INVALID: {
    type: ConfigError,
    provoke: () => parseConfig('x = 1'),
    issue: 'unknown-key',
  },
  ERR_IMAGE_REFERENCE_INVALID: {
    type: ImageReferenceError,
    provoke: () => parseImageReference(''),
    issue: 'empty',
  },
  ERR_DOCKER_CONFIG_INVALID: {
    type: DockerConfigError,
    provoke: () => parseDockerConfig('{'),
    issue: 'invalid-json',
  },
  ERR_TRUST_DENIED: {
    type: TrustDeniedError,
    provoke: () => tlsOptions(denied),
    issue: 'deny-all',
  },
  ERR_DECISION_UNSUPPORTED: {
    type: UnsupportedDecisionError,
    provoke: () => bunFetchOptions(allowed),
    issue: 'not-bun',
  },
  ERR_REGISTRY_FETCH: {
    type: RegistryFetchError,
    provoke: () =>
      createRegistryFetch(denying, { fetch: neverSent, now: () => 0 })('nginx', '/v2/'),
    issue: 'denied',
  },
}

async function caught(run: () => unknown): Promise<ImagepullerAuthError> {
  try {
    await run()
  } catch (error) {
    return error as ImagepullerAuthError
  }
  throw new Error('nothing was thrown')
}

/** The codes of an error's issues, whichever class it has: the union narrows by `code`. */
function issuesOf(error: ImagepullerAuthError): readonly string[] {
  if (error.code === 'ERR_CONFIG_INVALID') return error.issues.map(({ code }) => code)
  return [error.issue.code]
}

describe('errors', () => {
  it.each(Object.entries(ERRORS))('%s has its class, its issue and no cause', async (code, row) => {
    const error = await caught(row.provoke)
    expect(error).toBeInstanceOf(row.type)
    expect([error.code, error.name]).toEqual([code, row.type.name])
    expect(issuesOf(error)).toEqual([row.issue])
    expect(Object.hasOwn(error, 'cause')).toBe(false)
  })

  it('are all in the union', async () => {
    const names = Object.keys(packageJson.exports).filter((path) => !path.endsWith('.json'))
    const entries = await Promise.all(
      names.map((path) => import(path.replace(/^\./, 'imagepuller-auth'))),
    )
    const classes = entries
      .flatMap(Object.entries)
      .flatMap(([name, value]) => (name.endsWith('Error') ? [value] : []))
    expect(new Set(classes)).toEqual(new Set(Object.values(ERRORS).map(({ type }) => type)))
  })
})
