// Inputs from public bug reports, each with what is right about it and why.
import {
  answerChallenge,
  ConfigError,
  createResolver,
  type Finding,
  type ImagePullerConfig,
  ImageReferenceError,
  parseCaBundle,
  parseConfig,
  parseImageReference,
  parseTokenResponse,
  type Resolution,
} from 'imagepuller-auth'
import {
  DockerConfigError,
  explainDockerCredentials,
  findCredentials,
  parseDockerConfig,
} from 'imagepuller-auth/docker-config'
import { fromDockerConfig, stringifyConfig } from 'imagepuller-auth/write'
import { describe, expect, it } from 'vitest'
import { read } from '../support/vectors.js'

/** Each kind has members of its own, which its test names. */
interface Report {
  readonly id: string
  readonly kind: string
  // biome-ignore lint/suspicious/noExplicitAny: the shape hangs on the kind, and the test reads it by it.
  readonly input: any
  // biome-ignore lint/suspicious/noExplicitAny: the same.
  readonly expected: any
}

const reports = read<Report>('reports.json')
const of = (kind: string) => reports.filter((report) => report.kind === kind)

/** The codes of version 0.1.0 that have another name now. */
const RENAMED: Readonly<Record<string, string>> = { scheme: 'invalid-scheme' }

function textOf(findings: readonly Finding[]): string {
  return findings.map(({ message, help }) => `${message}; ${help ?? ''}`).join('\n')
}

function mention(text: string, { messageShouldMention }: Report['expected']): void {
  if (messageShouldMention) expect(text).toMatch(new RegExp(messageShouldMention))
}

function outcomeOf(text: string | Uint8Array): {
  readonly config: ImagePullerConfig | undefined
  readonly findings: readonly Finding[]
} {
  try {
    const config = parseConfig(text)
    return { config, findings: config.findings }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { config: undefined, findings: error.issues }
  }
}

function summaryOf({ rule, tls, credentials, schemes, proxy }: Resolution) {
  return {
    rule: rule?.name ?? null,
    trust: tls.kind,
    credentials: credentials.kind,
    schemes,
    proxy: proxy.kind,
    entry: proxy.kind === 'direct' && proxy.code === 'no-proxy' ? proxy.entry : undefined,
  }
}

it('has each report run here, or by the tests of the command line', () => {
  const kinds = new Set(reports.map(({ kind }) => kind))
  const run = ['write', 'config', 'image', 'challenge', 'token', 'docker', 'convert', 'bundle']
  expect([...kinds].sort()).toEqual([...run, 'cli'].sort())
  expect(reports.length).toBeGreaterThan(60)
})

describe('configurations', () => {
  it.each(of('config'))('$id', ({ input, expected }) => {
    const text = input.tomlBase64 ? Buffer.from(input.tomlBase64, 'base64') : input.toml
    const { config, findings } = outcomeOf(text)
    const codes = findings.map(({ code }) => code)
    if (expected.error) expect(codes).toEqual(expected.error)
    for (const code of expected.warnings ?? []) expect(codes).toContain(code)
    if (expected.errorOrWarning) {
      expect(findings.some(({ severity }) => severity !== 'info')).toBe(true)
    }
    mention(textOf(findings), expected)
    if (expected.resolutions) {
      const resolver = createResolver(config as ImagePullerConfig)
      const summaries = input.images.map((image: string) => summaryOf(resolver.resolve(image)))
      expect(summaries).toMatchObject(expected.resolutions)
    }
  })

  it.each(of('write'))('$id is written', ({ input, expected }) => {
    const text = stringifyConfig(parseConfig(input.toml), { revealSecrets: true })
    expect(text).not.toContain(expected.tomlNot)
  })
})

describe('CA bundles', () => {
  it.each(of('bundle'))('$id', ({ input, expected }) => {
    const { certificates, skipped } = parseCaBundle(input.pem, { brokenCertificates: 'skip' })
    expect(certificates).toHaveLength(expected.certificates)
    expect(skipped.map(({ code }) => code)).toEqual(expected.skipped)
  })
})

describe('image references', () => {
  it.each(of('image'))('$id', ({ input, expected }) => {
    try {
      parseImageReference(input.reference)
      expect.unreachable('expected an ImageReferenceError')
    } catch (error) {
      if (!(error instanceof ImageReferenceError)) throw error
      expect(error.issue).toMatchObject({ code: expected.error, part: expected.part })
      mention(error.message, expected)
      expect(error.message).not.toContain(input.reference)
    }
  })
})

describe('challenges', () => {
  it.each(of('challenge'))('$id', ({ input, expected }) => {
    const config = parseConfig(
      `registries = { '${input.rule}' = { username = 'u', password = 'p' } }`,
    )
    const resolution = createResolver(config).resolve(input.image)
    const url = `https://${resolution.image.registry}/v2/`
    const answer = answerChallenge(resolution, input.headers, { url })
    const { kind, header, url: target, foreign, reason, refusal } = expected
    expect(answer.kind).toBe(kind)
    if (answer.kind === 'authorization') expect(answer.header.value.reveal()).toBe(header)
    if (answer.kind === 'token-request') {
      expect(answer.url).toBe(target)
      if (foreign !== undefined) expect(answer.foreign).toBe(foreign)
    }
    if (answer.kind === 'none') {
      expect(answer).toMatchObject({ code: reason, refusal: RENAMED[refusal] ?? refusal })
      mention(answer.message, expected)
    }
  })

  it.each(of('token'))('$id', ({ input, expected }) => {
    const resolution = createResolver(parseConfig('')).resolve('nginx')
    const challenge = 'Bearer realm="https://auth.docker.io/token"'
    const url = 'https://index.docker.io/v2/'
    const request = answerChallenge(resolution, challenge, { url })
    if (request.kind !== 'token-request') throw new Error('expected a token request')
    const response = parseTokenResponse(request, input.body, input.now)
    expect(response).toMatchObject({ kind: expected.kind, code: expected.reason })
  })
})

describe("Docker's files", () => {
  it.each(of('docker'))('$id', ({ input, expected }) => {
    const config = parseDockerConfig(JSON.stringify(input.file))
    const texts: string[] = []
    for (const program of ['contrast', 'podman'] as const) {
      const server = input.server[program] ?? input.server
      const { username, password, helper, kind } = expected[program]
      const found = lookUp(() => findCredentials(config, server, { program }))
      expect(found.kind).toBe(kind)
      if (helper) expect(found).toMatchObject({ name: helper })
      if (username && found.kind === 'basic') expect(found.username?.reveal()).toBe(username)
      if (password && found.kind === 'basic') expect(found.password?.reveal()).toBe(password)
      if (found.kind === 'identity-token') texts.push(found.message)
      const { nearMisses } = explainDockerCredentials(config, server)
      texts.push(...nearMisses.map(({ key, message }) => `${key}: ${message}`))
    }
    mention(texts.join('\n'), expected)
  })

  function lookUp<Found>(find: () => Found): Found | { readonly kind: 'error' } {
    try {
      return find()
    } catch (error) {
      if (!(error instanceof DockerConfigError)) throw error
      return { kind: 'error' }
    }
  }

  it.each(of('convert'))('$id', ({ input, expected }) => {
    const { config, notes } = fromDockerConfig(parseDockerConfig(JSON.stringify(input.file)))
    expect(config.rules.map(({ name }) => name)).toEqual(expected.rules)
    if (expected.reportCount) expect(notes).toHaveLength(expected.reportCount)
    const shown = notes.flatMap(({ code, keys }) => keys.map((key) => `${code} ${key}`))
    for (const note of expected.report ?? []) expect(shown).toContain(note)
    mention(notes.map(({ message }) => message).join('\n'), expected)
  })
})
