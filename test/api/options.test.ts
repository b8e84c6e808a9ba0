// Every function that takes options refuses those that it doesn't know, by its own name.
import { answerChallenge, createResolver, parseCaBundle, parseConfig } from 'imagepuller-auth'
import { verifyChain } from 'imagepuller-auth/certificates'
import {
  findCredentials,
  parseDockerConfig,
  readDockerConfig,
} from 'imagepuller-auth/docker-config'
import { compileProxy } from 'imagepuller-auth/proxy'
import { comparePuller, predictPuller } from 'imagepuller-auth/puller'
import { fromDockerConfig, stringifyConfig, toKubernetesSecret } from 'imagepuller-auth/write'
import { describe, expect, it } from 'vitest'

const config = parseConfig('')
const resolution = createResolver(config).resolve('nginx')
const file = parseDockerConfig('{}')

type Call = (options: never) => unknown

const CALLS: Readonly<Record<string, Call>> = {
  answerChallenge: (options) => answerChallenge(resolution, 'Basic', options),
  comparePuller: (options) => comparePuller('', [], options),
  compileProxy,
  createResolver: (options) => createResolver(config, options),
  findCredentials: (options) => findCredentials(file, 'ghcr.io', options),
  fromDockerConfig: (options) => fromDockerConfig(file, options),
  parseCaBundle: (options) => parseCaBundle('', options),
  parseConfig: (options) => parseConfig('', options),
  parseDockerConfig: (options) => parseDockerConfig('{}', options),
  predictPuller: (options) => predictPuller('', options),
  readDockerConfig: (options) => readDockerConfig({}, options),
  stringifyConfig: (options) => stringifyConfig(config, options),
  toKubernetesSecret: (options) => toKubernetesSecret(config, options),
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
