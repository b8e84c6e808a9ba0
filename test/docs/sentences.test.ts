// The sentences of codes that are said in several ways: each is provoked, and stands on its page word for word.

import { describe, expect, it } from 'vitest'
import * as docker from '../../src/docker-config.js'
import { createRegistryFetch, RegistryFetchError } from '../../src/fetch.js'
import { createResolver, parseCaBundle, parseConfig } from '../../src/index.js'
import { fromDockerConfig } from '../../src/write.js'
import { codeIn, isSentence, rowsOf } from '../support/code-tables.js'
import { type Answer, network } from '../support/network.js'
import { constantOf } from '../support/unions.js'
import vectors from '../vectors/ca-bundles.json' with { type: 'json' }

interface Said {
  readonly code: string
  readonly message: string
}

/** That each sentence has a row, and that each row has a sentence. */
function expectSaid(rows: readonly string[][], said: readonly Said[]): void {
  const used = said.map(({ code, message }) => {
    const row = rows.findIndex(([cell, sentence = '']) => {
      return codeIn(cell) === code && isSentence(sentence, message)
    })
    expect(row, `${code}: ${message}`).not.toBe(-1)
    return row
  })
  expect(rows.filter((_, at) => !used.includes(at))).toEqual([])
}

const BROKEN = { auths: { 'a.io': { auth: '!' } }, credHelpers: { 'b.io': 7 } }
const secret = (text: string) => ({
  kind: 'Secret',
  data: { '.dockerconfigjson': Buffer.from(text).toString('base64') },
})

const DOCKER: readonly (readonly [name: string, run: () => unknown])[] = [
  ['a large file', () => docker.parseDockerConfig('{ }', { maxBytes: 1 })],
  ['bytes', () => docker.parseDockerConfig(Uint8Array.of(0x22, 0xff, 0x22))],
  ['UTF-16', () => docker.parseDockerConfig(Uint8Array.of(0xff, 0xfe, 0x7b, 0))],
  ['YAML', () => docker.parseDockerConfig('apiVersion: v1')],
  ['no JSON', () => docker.parseDockerConfig('{')],
  ['a byte order mark', () => docker.parseDockerConfig('\ufeff{}')],
  ['a Secret of other things', () => docker.readDockerConfig(secret('no JSON'))],
  ['a number', () => docker.findCredentials(docker.readDockerConfig(BROKEN), 'b.io')],
  ['no base64', () => docker.findCredentials(docker.readDockerConfig(BROKEN), 'a.io')],
  [
    'an answer',
    () => fromDockerConfig(docker.parseDockerConfig('{ "Username": "u", "Secret": "" }')),
  ],
  [
    'a URL',
    () =>
      docker.findCredentials(docker.parseDockerConfig('{}'), 'https://a.io', { program: 'podman' }),
  ],
  ['a path', () => docker.helperRequest('../a', 'a.io')],
  ['a line end', () => docker.helperRequest('a', 'a.io\n')],
  ['a failure', () => docker.parseHelperResponse('no', 1)],
  ['another answer', () => docker.parseHelperResponse('no', 0)],
]

function issueOf(run: () => unknown): Said {
  try {
    run()
  } catch (error) {
    if (error instanceof docker.DockerConfigError) return error.issue
    throw error
  }
  return expect.unreachable()
}

describe('docs/docker.md', () => {
  it('has the sentences of errors', () => {
    const rows = rowsOf('docker', 'code of an error', 'broken-auth')
    expectSaid(
      rows,
      DOCKER.map(([, run]) => issueOf(run)),
    )
  })

  it('has the sentences of near misses, of which a message joins those of its codes', () => {
    const rows = rowsOf('docker', 'code of a near miss', 'scheme')
    const hints = constantOf<Record<string, string>>('src/docker-config/near-miss.ts', 'HINTS')
    expect(Object.fromEntries(rows.map(([cell, sentence]) => [codeIn(cell), sentence]))).toEqual(
      hints,
    )
    const config = docker.parseDockerConfig('{ "auths": { "A.io/": { "auth": "dTpw" } } }')
    const { nearMisses } = docker.explainDockerCredentials(config, 'a.io')
    const { codes, message } = nearMisses.find(({ program }) => program === 'contrast') ?? {}
    expect(codes).toEqual(['case', 'trailing-slash'])
    expect(message).toBe(`${hints['case']}; ${hints['trailing-slash']}`)
  })
})

const LABELS = constantOf<readonly string[]>('src/certificates/pem-label.ts', 'KNOWN_LABELS')

describe('docs/certificates.md', () => {
  const rows = rowsOf('certificates', 'code of a block | message | help', 'no-end')
  const ofCode = (code: string) => rows.filter(([cell]) => codeIn(cell) === code)

  it('has the sentences of other labels, and what to do about each', () => {
    const labels = [...LABELS.filter((label) => label !== 'CERTIFICATE'), 'ANOTHER']
    const text = labels
      .map((label) => `-----BEGIN ${label}-----\n-----END ${label}-----\n`)
      .join('')
    const { skipped } = parseCaBundle(text)
    expect(skipped).toHaveLength(labels.length)
    expectSaid(ofCode('other-label'), skipped)
    for (const { message, help } of skipped) {
      const row = ofCode('other-label').find(([, sentence = '']) => isSentence(sentence, message))
      expect(row?.[2], message).toBe(help)
    }
  })

  it('has the sentence of what is no certificate', () => {
    const text = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'
    const { skipped } = parseCaBundle(text, { brokenCertificates: 'skip' })
    expectSaid(ofCode('invalid-certificate'), skipped)
    expect(skipped.map(({ help }) => help)).toEqual(
      ofCode('invalid-certificate').map(([, , help]) => help),
    )
    for (const { text: bundle } of vectors.cases) {
      for (const one of parseCaBundle(bundle, { brokenCertificates: 'skip' }).skipped) {
        // The fault of a line comes first, since it is the cause.
        const { code, message } = one
        if (code === 'invalid-certificate')
          expect(message).toMatch(
            /^(this line .+, and )?expected an X\.509 certificate in DER, but /,
          )
      }
    }
  })
})

const asks = (challenge: string): Answer => ({
  status: 401,
  headers: { 'www-authenticate': challenge },
})
const leads = (location: string): Answer => ({ status: 307, headers: { location } })
const TOKENS = 'Bearer realm="https://tokens.example/t"'
const isFirst = (url: string) => new URL(url).host === 'registry.corp'

interface Request {
  readonly document?: string
  readonly answer: (url: string) => Answer
  readonly options?: Partial<Parameters<typeof createRegistryFetch>[1]>
}

const keychain = (credentials: () => Promise<never>) => ({ keychain: { credentials } })
const FAILURE = {
  kind: 'failure',
  code: 'helper-failed',
  helper: 'x',
  message: 'it failed',
} as never

const REQUESTS: readonly (readonly [name: string, request: Request])[] = [
  ['a denied one', { document: '[registries."."]\nca-certs = "none"', answer: () => ({}) }],
  ['a Basic challenge', { answer: () => asks('Basic') }],
  [
    'a keychain that fails',
    { answer: () => asks('Basic'), options: keychain(async () => FAILURE) },
  ],
  [
    'a keychain that throws',
    { answer: () => asks('Basic'), options: keychain(() => Promise.reject(new Error('x'))) },
  ],
  ['a bad realm', { answer: () => asks('Bearer realm="https://10.0.0.1/t"') }],
  ['a foreign realm', { answer: () => asks(TOKENS), options: { foreignRealm: 'refuse' } }],
  ['no token', { answer: (url) => (isFirst(url) ? asks(TOKENS) : { status: 500 }) }],
  ['a redirect to no URL', { answer: () => leads('https://a\\b') }],
  ['a redirect to plain HTTP', { answer: () => leads('http://a.example/') }],
  ['redirects without end', { answer: () => leads('https://a.example/') }],
  ['no connection', { answer: () => ({ fault: 'ECONNREFUSED' }) }],
  [
    'a redirect to no server',
    { answer: (url) => (isFirst(url) ? leads('https://a.example/') : { fault: 'ENOTFOUND' }) },
  ],
]

async function faultOf({ document = '', answer, options }: Request): Promise<Said> {
  const { fetch } = network(({ url }) => answer(url))
  const resolver = createResolver(parseConfig(document))
  const registryFetch = createRegistryFetch(resolver, { fetch, now: () => 0, ...options })
  const error: unknown = await registryFetch('registry.corp/app:1', 'manifests').then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof RegistryFetchError) return error.issue
  throw error ?? new Error('expected a fault')
}

describe('docs/fetch.md', () => {
  it('has the sentences of errors', async () => {
    const said: Said[] = []
    for (const [, request] of REQUESTS) said.push(await faultOf(request))
    expectSaid(rowsOf('fetch', '`code` | message', 'redirect'), said)
  })
})
