// Every function that takes options refuses those that it doesn't know, by its own name.
import { answerChallenge, createResolver, parseCaBundle, parseConfig } from 'imagepuller-auth'
import { auditImages } from 'imagepuller-auth/audit'
import { verifyChain } from 'imagepuller-auth/certificates'
import {
  findCredentials,
  parseDockerConfig,
  readDockerConfig,
} from 'imagepuller-auth/docker-config'
import { explain, renderExplanation } from 'imagepuller-auth/explain'
import { createRegistryFetch } from 'imagepuller-auth/fetch'
import { askCredentialHelper, createKeychain } from 'imagepuller-auth/keychain'
import { lintConfig } from 'imagepuller-auth/lint'
import { compileProxy } from 'imagepuller-auth/proxy'
import { comparePuller, predictPuller } from 'imagepuller-auth/puller'
import { undiciFetch } from 'imagepuller-auth/transport'
import { fromDockerConfig, stringifyConfig, toKubernetesSecret } from 'imagepuller-auth/write'
import * as undici from 'undici'
import { describe, expect, it } from 'vitest'

const config = parseConfig('')
const resolver = createResolver(config)
const resolution = resolver.resolve('nginx')
const explanation = explain(resolver, 'nginx')
const send = async (): Promise<Response> => {
  throw new Error('nothing is to be sent')
}
const registryFetch = createRegistryFetch(resolver, { fetch: send, now: () => 0 })
const file = parseDockerConfig('{}')

type Call = (options: never) => unknown

const CALLS: Readonly<Record<string, Call>> = {
  answerChallenge: (options) => answerChallenge(resolution, 'Basic', options),
  askCredentialHelper: (options) => askCredentialHelper('pass', 'ghcr.io', options),
  auditImages: (options) => auditImages(resolver, [], options),
  comparePuller: (options) => comparePuller('', [], options),
  compileProxy,
  createKeychain,
  createRegistryFetch: (options) => createRegistryFetch(resolver, options),
  createResolver: (options) => createResolver(config, options),
  explain: (options) => explain(resolver, 'nginx', options),
  findCredentials: (options) => findCredentials(file, 'ghcr.io', options),
  fromDockerConfig: (options) => fromDockerConfig(file, options),
  lintConfig: (options) => lintConfig('', options),
  parseCaBundle: (options) => parseCaBundle('', options),
  parseConfig: (options) => parseConfig('', options),
  parseDockerConfig: (options) => parseDockerConfig('{}', options),
  predictPuller: (options) => predictPuller('', options),
  readDockerConfig: (options) => readDockerConfig({}, options),
  registryFetch: (options) => registryFetch('nginx', 'manifests', options),
  renderExplanation: (options) => renderExplanation(explanation, options),
  stringifyConfig: (options) => stringifyConfig(config, options),
  toKubernetesSecret: (options) => toKubernetesSecret(config, options),
  undiciFetch: (options) => undiciFetch(undici, options),
  verifyChain: (options) => verifyChain([], parseCaBundle(''), options),
}

/** What is thrown, at once or later. */
async function thrownBy(call: Call, options: unknown): Promise<unknown> {
  try {
    await call(options as never)
  } catch (error) {
    return error
  }
  return undefined
}

const WRONG: readonly (readonly [string, unknown])[] = [
  ['an unknown one', { unknown: 1 }],
  ['an unknown one that is undefined', { unknown: undefined }],
  ['one of the prototype', { constructor: 1 }],
  ['a number', 5],
  ['null', null],
  ['an array', []],
]

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  it.each(WRONG)('refuses %s', async (_, options) => {
    const error = await thrownBy(call, options)
    expect(error).toBeInstanceOf(TypeError)
    expect((error as TypeError).message).toMatch(new RegExp(`^${name}: `))
  })
})
