import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ConfigError,
  type Credentials,
  createResolver,
  type ImagePullerConfig,
  parseConfig,
  parseImageReference,
} from '../../../src/index.js'
import { stringifyConfig } from '../../../src/write.js'
import { type PullerOutcome, pullerOutcomes } from '../../support/puller-model.js'
import { OTHER_PEM, PEM, REVEAL } from '../../support/write.js'

/** What this library decides about whom to trust, in the model's words. */
function trustOf(config: ImagePullerConfig, image: string) {
  const { tls } = createResolver(config).resolve(image)
  return tls.kind === 'ca-bundle' ? tls.certificates.map(({ pem }) => pem.trim()) : tls.kind
}

function credentialsOf(credentials: Credentials) {
  if (credentials.kind === 'registry-token') return credentials.registryToken.reveal()
  if (credentials.kind === 'identity-token') return credentials.identityToken.reveal()
  return credentials.kind === 'basic' ? credentials.encoded.reveal() : undefined
}

/** Whether the puller trusts nothing that this library doesn't. */
function trustsNoMore(outcome: PullerOutcome, config: ImagePullerConfig, image: string): boolean {
  const [theirs, ours] = [outcome.trust, trustOf(config, image)]
  if (ours === 'skip-verify' || theirs === 'deny-all') return true
  if (typeof theirs === 'string' || typeof ours === 'string') return theirs === ours
  return theirs.every((pem) => ours.includes(pem))
}

/** Whether the puller sends nothing that this library doesn't; without TLS it sends nothing at all. */
function sendsNoMore(outcome: PullerOutcome, config: ImagePullerConfig, image: string): boolean {
  if (outcome.credentials === undefined || outcome.trust === 'deny-all') return true
  const { credentials, endpoint } = createResolver(config).resolve(image)
  const [kind, value] = outcome.credentials
  const isMirror = outcome.mirror !== undefined && endpoint.kind === 'mirror'
  return kind === credentials.kind && value === credentialsOf(credentials) && !isMirror
}

const isSafe = (outcome: PullerOutcome, config: ImagePullerConfig, image: string) =>
  trustsNoMore(outcome, config, image) && sendsNoMore(outcome, config, image)

const outcomesOf = (toml: string, image: string) =>
  pullerOutcomes(toml, parseImageReference(image).registry, 'newest')

/** What is left out of the property, each with a document for which the puller does do more. */
const LEFT_OUT: Readonly<Record<string, readonly [toml: string, image: string]>> = {
  'a registry in upper case, for which the puller finds no rule': [
    `[registries."ghcr.io."]\nca-certs = '''\n${PEM}'''`,
    'GHCR.io/a',
  ],
  'a registry with a port, for which the puller applies a rule of that name': [
    '[registries."ghcr.io:5000"]\nregistrytoken = "t"',
    'ghcr.io:5000/a',
  ],
  'an IP address, for which the puller applies a rule of that name': [
    '[registries."192.0.2.7"]\nregistrytoken = "t"',
    '192.0.2.7/a',
  ],
  'two names that tie, of which the puller takes either': [
    `[registries.".corp."]\nregistrytoken = "t"\n[registries."a.corp."]\nca-certs = '''\n${PEM}'''`,
    'b.a.corp/x',
  ],
  'a mirror, to which the puller sends what the rule holds': [
    '[registries."ghcr.io."]\nregistrytoken = "t"\nmirror = "https://mirror.corp"',
    'ghcr.io/a',
  ],
}

const quote = (text: string) => JSON.stringify(text).replaceAll('\u007f', '\\u007f')

const label = fc.constantFrom('a', 'b', 'corp', 'io', 'docker', 'A', 'Corp')
const name = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '.'),
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '.'),
      )
      .map(([start, labels, end]) => start + labels.join('.') + end),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '.',
      '',
      '..',
      '...',
      'a..corp',
      'A.corp:5000',
      '*.corp',
      'https://a.corp',
      'docker.io',
      '192.0.2.7',
    ),
  },
  { weight: 1, arbitrary: fc.constant('u:p@a.corp') },
)
const rule = fc.record(
  {
    'ca-certs': fc.constantFrom(PEM, OTHER_PEM, '', 'none', ' ', `x\n${PEM}\ny${OTHER_PEM}`),
    'insecure-skip-verify': fc.boolean(),
    auth: fc.constantFrom('dTpw', ''),
    identitytoken: fc.constantFrom('identity', ''),
    registrytoken: fc.constantFrom('registry', ''),
    username: fc.constantFrom('user', ''),
  },
  { requiredKeys: [] },
)
const config = fc
  .array(fc.tuple(name, rule), { minLength: 1, maxLength: 5 })
  .map((rules) => {
    const lines = rules.flatMap(([key, values]) => [
      `[registries.${quote(key)}]`,
      ...Object.entries({ ...values, ...(values.username && { password: 'p' }) }).map(
        ([k, v]) => `${k} = ${typeof v === 'string' ? quote(v) : v}`,
      ),
    ])
    try {
      return parseConfig(lines.join('\n'))
    } catch (error) {
      if (error instanceof ConfigError) return undefined
      throw error
    }
  })
  .filter((value) => value !== undefined)
const host = fc.oneof(
  fc.constant('a.corp'),
  fc.constantFrom('docker.io', 'docker.com', 'x.docker.io', 'evila.corp'),
  fc
    .array(fc.constantFrom('a', 'b', 'corp', 'io', 'docker'), { minLength: 2, maxLength: 4 })
    .map((labels) => labels.join('.')),
)

const isSafeThere = (write: (config: ImagePullerConfig) => string) =>
  fc.property(config, host, (value, registry) => {
    const image = `${registry}/x`
    const outcomes = outcomesOf(write(value), image)
    // Where names tie, the puller's choice is chance.
    return outcomes.length > 1 || outcomes.every((outcome) => isSafe(outcome, value, image))
  })

const written = (value: ImagePullerConfig) => stringifyConfig(value, REVEAL)

describe("what Contrast's puller makes of a written configuration", () => {
  it('threat 24, property: it never trusts or sends more than this library decides', () => {
    fc.assert(isSafeThere(written), { numRuns: 800 })
  })

  it.each([
    ['the empty string for deny-all', /^ca-certs = '''\nNo [\s\S]*?'''$/gm, 'ca-certs = ""'],
    ['a rule of the empty name', /^/, '[registries.""]\nregistrytoken = "x"\n'],
    ['names in upper case', /^\[registries\."a\b/gm, '[registries."A'],
    ['user info left out', /"u:p@/g, '"'],
    ['no pin', /^ca-certs = '''\n-[\s\S]*?'''$/gm, ''],
  ])('the property fails for a writer with %s', (_, pattern, replacement) => {
    const mutant = (value: ImagePullerConfig) => written(value).replace(pattern, replacement)
    expect(fc.check(isSafeThere(mutant), { numRuns: 20_000, endOnFailure: true }).failed).toBe(true)
  })

  it.each(Object.entries(LEFT_OUT))('is left out: %s', (_, [toml, image]) => {
    const value = parseConfig(toml)
    const outcomes = outcomesOf(written(value), image)
    expect(outcomes.every((outcome) => isSafe(outcome, value, image))).toBe(false)
  })
})
