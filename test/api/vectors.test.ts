// Every row of the vectors by the public entries. Where the answer is another than that of the program
// that computed the row, it stands in the snapshot; the reason for it stands beside the module's own
// test, which puts each such row into a named class.
import {
  answerChallenge,
  createResolver,
  parseCaBundle,
  parseChallenges,
  parseConfig,
  parseImageReference,
  parseTokenResponse,
  type TokenRequest,
} from 'imagepuller-auth'
import {
  type DockerProgram,
  findCredentials,
  parseDockerConfig,
} from 'imagepuller-auth/docker-config'
import { describe, expect, it } from 'vitest'
import { resolveWith } from '../support/resolve-with.js'
import { authCases, challengeCases, read } from '../support/vectors.js'

interface Row {
  readonly category: string
}

/** One test for each category: all of its rows, and the own answers that differ. */
function compare<Case extends Row>(
  cases: readonly Case[],
  answer: (row: Case) => unknown,
  want: (row: Case) => unknown,
): void {
  const categories = [...new Set(cases.map(({ category }) => category))]
  it.each(categories)('%s', (category) => {
    const rows = cases.filter((row) => row.category === category)
    const differing = rows.flatMap((row) => {
      const own = textOf(attempt(() => answer(row)))
      const wanted = textOf(want(row))
      return own === wanted ? [] : [`${cases.indexOf(row)}: ${own}`]
    })
    expect(differing).toMatchSnapshot()
    expect(rows.length).toBeGreaterThan(0)
  })
}

/** The same for the same members, in whatever order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

/** Whatever is thrown, by its name: anything but an error of the library would show. */
function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return { error: (error as Error).name }
  }
}

interface ReferenceCase extends Row {
  readonly ref: string
  readonly want: {
    readonly ok: boolean
    readonly registry?: string
    readonly repository?: string
    readonly kind?: string
    readonly identifier?: string
    readonly name?: string
  }
}

describe('image-refs.json', () => {
  compare(
    read<ReferenceCase>('image-refs.json'),
    ({ ref }) => {
      const { registry, repository, tag, digest, name } = parseImageReference(ref)
      const kind = digest === undefined ? 'tag' : 'digest'
      return { registry, repository, kind, identifier: digest ?? tag, name }
    },
    ({ want: { ok, ...reference } }) => (ok ? reference : { error: 'ImageReferenceError' }),
  )
})

interface MatchingCase extends Row {
  readonly keys: readonly string[]
  readonly registry: string
  readonly want: string | null
}

describe('registry-matching.json', () => {
  compare(
    read<MatchingCase>('registry-matching.json'),
    ({ keys, registry }) => {
      const document = keys.map((key) => `[registries.${JSON.stringify(key)}]\n`).join('')
      return createResolver(parseConfig(document)).resolve(`${registry}/app`).rule?.name ?? null
    },
    ({ want }) => want,
  )
})

interface ProxyCase extends Row {
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  readonly want: string | null
}

describe('proxy.json', () => {
  compare(
    read<ProxyCase>('proxy.json'),
    ({ env, url }) => {
      const lines = Object.entries(env).map(([name, text]) => `${name} = ${JSON.stringify(text)}\n`)
      const decision = createResolver(parseConfig(`[extra-env]\n${lines.join('')}`)).proxyFor(url)
      if (decision.kind === 'undialable') return { undialable: decision.code }
      return decision.kind === 'proxy' ? decision.url : null
    },
    ({ want }) => want?.replace(/\/\/[^/?#]*@/, '//') ?? null,
  )
})

interface BundleCase extends Row {
  readonly text: string
  readonly certificates: readonly { readonly sha256: string; readonly subject: string }[]
}

describe('ca-bundles.json', () => {
  const cases = read<BundleCase>('ca-bundles.json')
  const found = ({ text }: BundleCase, brokenCertificates: 'error' | 'skip') =>
    parseCaBundle(text, { brokenCertificates }).certificates.map(({ fingerprint, subject }) => ({
      sha256: fingerprint,
      subject,
    }))

  describe('with broken certificates passed over', () => {
    compare(
      cases,
      (row) => found(row, 'skip'),
      ({ certificates }) => certificates,
    )
  })

  describe('with broken certificates as errors', () => {
    compare(
      cases,
      (row) => found(row, 'error'),
      ({ certificates }) => certificates,
    )
  })
})

describe('challenges.json', () => {
  compare(
    challengeCases,
    ({ headers }) => parseChallenges(headers).challenges,
    ({ want, rfc9110 }) => rfc9110 ?? want,
  )
})

describe('auth-headers.json', () => {
  type Case = (typeof authCases)[number]
  const asSent = ({ method, url, headers, body }: TokenRequest) => {
    const value = (name: string) => headers.find((header) => header.name === name)?.value.reveal()
    const form = body && { contentType: value('content-type'), body: body.reveal() }
    return { method, url, authorization: value('authorization') ?? null, ...form }
  }
  const received = (value: string) => Buffer.from(value, 'latin1').toString('utf8')
  const pull = ({ registry, repository, auth, challenge, wwwAuthenticate, tokenServer }: Case) => {
    const resolution = resolveWith(auth, `${registry}/${repository}`)
    const tokenRequests: object[] = []
    const outcome = (authorization: string | null) => ({ tokenRequests, authorization })
    if (challenge === 'none') return outcome(null)
    const answer = answerChallenge(resolution, parseChallenges(wwwAuthenticate), {
      url: `https://${registry}/v2/`,
      clientId: 'go-containerregistry',
    })
    if (answer.kind === 'none') return outcome(null)
    if (answer.kind === 'authorization') return outcome(received(answer.header.value.reveal()))
    for (let next: TokenRequest | undefined = answer; next; next = next.fallback) {
      tokenRequests.push(asSent(next))
      const { status = 0, body = '' } = tokenServer?.[next.method] ?? {}
      if (status === 404) continue
      const token = status === 200 ? parseTokenResponse(next, body, 0) : undefined
      return outcome(token?.kind === 'token' ? received(token.header.value.reveal()) : null)
    }
    return outcome(null)
  }

  compare(authCases, pull, ({ want: { tokenRequests, authorization } }) => ({
    tokenRequests,
    authorization,
  }))
})

interface Stored {
  readonly kind?: string
  readonly username?: string
  readonly usernameBase64?: string
  readonly password?: string
  readonly passwordBase64?: string
  readonly token?: string
  readonly name?: string
  readonly server?: string
}
interface CredentialsCase extends Row {
  readonly config?: unknown
  readonly configBase64?: string
  readonly format?: 'dockercfg'
  readonly server: string
  readonly crate: Stored
  readonly containersImageApi: Stored
  /** Absent where Docker doesn't read the file, or Go's URL parser decides. */
  readonly dockerCli?: Stored
}

describe.each([
  ['contrast', 'crate'],
  ['podman', 'containersImageApi'],
  ['docker', 'dockerCli'],
] as const)('docker-credentials.json as %s', (program: DockerProgram, field) => {
  const bytesOf = (text = '', encoded?: string) =>
    encoded === undefined ? Buffer.from(text) : Buffer.from(encoded, 'base64')
  const pairOf = (stored: Stored) =>
    Buffer.concat([
      bytesOf(stored.username, stored.usernameBase64),
      Buffer.from(':'),
      bytesOf(stored.password, stored.passwordBase64),
    ]).toString('base64')

  compare(
    read<CredentialsCase>('docker-credentials.json').filter((row) => row[field] !== undefined),
    ({ config, configBase64, format, server }) => {
      const text = typeof config === 'string' ? config : JSON.stringify(config)
      const file = configBase64 === undefined ? text : Buffer.from(configBase64, 'base64')
      const parsed = parseDockerConfig(file, format ? { format } : {})
      const found = findCredentials(parsed, server, { program })
      if (found.kind === 'basic') return { kind: 'basic', pair: found.encoded.reveal() }
      if (found.kind === 'identity-token') {
        return { kind: found.kind, token: found.identityToken.reveal() }
      }
      if (found.kind === 'registry-token') {
        return { kind: found.kind, token: found.registryToken.reveal() }
      }
      if (found.kind === 'helper') return { kind: 'helper', name: found.name, server: found.server }
      return { kind: found.kind }
    },
    ({ [field]: stored = {} }) => {
      const { kind, token, name, server } = stored
      if (kind === 'error') return { error: 'DockerConfigError' }
      if (kind === 'basic') return { kind, pair: pairOf(stored) }
      if (kind === 'identity-token' || kind === 'registry-token') return { kind, token }
      return kind === 'helper' ? { kind, name, server } : { kind }
    },
  )
})
