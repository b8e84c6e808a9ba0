import { readFileSync } from 'node:fs'
import {
  answerChallenge,
  type BasicCredentials,
  ConfigError,
  type Credentials,
  createResolver,
  headersOf,
  parseConfig,
  parseTokenResponse,
  type Resolution,
  Secret,
  type TokenRequest,
} from 'imagepuller-auth'
import { describe, expect, test } from 'vitest'
import { authCases } from '../support/vectors.js'

type Case = (typeof authCases)[number]

/**
 * These keep the rule from being read, by docs/findings.md: control characters save in a
 * password that is a JSON object, and half of a pair. A keychain may have them all the same.
 */
function isRefused({ auth }: Case): boolean {
  const half = Boolean(auth.username) !== Boolean(auth.password)
  return half || KEYS.some((key) => hasControlCharacter(auth[key] ?? '') && !isKeyFile(auth[key]))
}

function isKeyFile(password = ''): boolean {
  return password.startsWith('{') && JSON.parse(password).type === 'service_account'
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => /\p{Cc}/u.test(character))
}

/** A case's keys as a keychain would have them, the strongest first. */
function credentialsOf({ auth }: Case): Credentials {
  const { username, password, registrytoken, identitytoken } = auth
  if (registrytoken) {
    return { kind: 'registry-token', registryToken: new Secret(registrytoken) }
  }
  const pair = username && password && Buffer.from(`${username}:${password}`).toString('base64')
  const encoded = pair || auth.auth
  const basic = encoded ? basicOf(encoded) : undefined
  if (identitytoken) {
    return { kind: 'identity-token', identityToken: new Secret(identitytoken), basic }
  }
  return basic ?? { kind: 'anonymous' }
}

function basicOf(encoded: string): BasicCredentials {
  return { kind: 'basic', username: undefined, password: undefined, encoded: new Secret(encoded) }
}

const KEYS = ['username', 'password', 'auth', 'identitytoken', 'registrytoken'] as const

function resolve(row: Case): Resolution {
  const { registry, repository, auth } = row
  const lines = KEYS.flatMap((key) => {
    return auth[key] === undefined ? [] : [`${key} = ${JSON.stringify(auth[key])}`]
  })
  const document = isRefused(row) ? '' : `[registries."."]\n${lines.join('\n')}`
  return createResolver(parseConfig(document)).resolve(`${registry}/${repository}`)
}

/** A puller against the servers of a case: what it sends to the realm, and then to the registry. */
function pull(row: Case) {
  const sent: object[] = []
  const outcome = (authorization: string | null) => ({ tokenRequests: sent, authorization })
  if (row.challenge === 'none') return outcome(null)
  const answer = answerChallenge(resolve(row), row.wwwAuthenticate, {
    url: `https://${row.registry}/v2/`,
    clientId: 'go-containerregistry',
    credentials: isRefused(row) ? credentialsOf(row) : undefined,
  })
  if (answer.kind === 'none') return outcome(null)
  if (answer.kind === 'authorization') return outcome(received(headersOf(answer)))
  for (let next: TokenRequest | undefined = answer; next; next = next.fallback) {
    sent.push(asSent(next))
    const { status = 0, body = '' } = row.tokenServer?.[next.method] ?? {}
    if (status === 404) continue
    const token = status === 200 ? parseTokenResponse(next, body, 0) : undefined
    return outcome(token?.kind === 'token' ? received(headersOf(token)) : null)
  }
  return outcome(null)
}

function asSent(request: TokenRequest) {
  const { method, url, body } = request
  const headers = headersOf(request)
  const form = body && { contentType: headers['content-type'], body: body.reveal() }
  return { method, url, authorization: headers['authorization'] ?? null, ...form }
}

/** The bytes that `fetch` and `node:http` send for a header's value, read as UTF-8. */
function received({ authorization = '' }: Record<string, string>): string {
  return Buffer.from(authorization, 'latin1').toString('utf8')
}

const page = readFileSync(new URL('../../docs/deviations.md', import.meta.url), 'utf8')

/** What go-containerregistry does otherwise, by its name in docs/deviations.md. */
const DEVIATIONS: Readonly<
  Record<string, { applies: (row: Case) => boolean; authorization: (row: Case) => string | null }>
> = {
  'nothing is sent to a registry that asked for neither Basic nor Bearer': {
    applies: ({ challenge, want }) =>
      (challenge === 'none' || challenge === 'other') && want.authorization !== null,
    authorization: () => null,
  },
  'a registry token needs no realm': {
    applies: ({ auth, want }) => Boolean(auth.registrytoken) && want.error === 'handshake',
    authorization: ({ auth }) => `Bearer ${auth.registrytoken}`,
  },
  'a realm with user info is refused': {
    applies: ({ auth, wwwAuthenticate }) =>
      !auth.registrytoken && wwwAuthenticate.some((line) => line.includes('@')),
    authorization: () => null,
  },
}

describe('auth-headers.json', () => {
  const deviating = (row: Case) => Object.values(DEVIATIONS).filter(({ applies }) => applies(row))

  test.each(authCases.map((row, i) => [row.category, i, row] as const))(
    '%s, row %i',
    (_, __, row) => {
      const [deviation, ...more] = deviating(row)
      expect(more).toEqual([])
      const { tokenRequests, authorization } = row.want
      const got = pull(row)
      if (deviation === undefined) return expect(got).toEqual({ tokenRequests, authorization })
      expect(got).toEqual({ tokenRequests: [], authorization: deviation.authorization(row) })
      return expect(got).not.toEqual({ tokenRequests, authorization })
    },
  )

  test.each(Object.entries(DEVIATIONS))('deviation: %s', (name, { applies }) => {
    expect(page).toContain(`| ${name} |`)
    expect(authCases.filter(applies).length).toBeGreaterThan(0)
  })

  test('a configuration takes the credentials of all others', () => {
    expect(authCases.filter(isRefused).length).toBeGreaterThan(10)
    expect(authCases.filter((row) => !isRefused(row)).length).toBeGreaterThan(150)
    const others = authCases.filter(isRefused)
    for (const { auth } of others) {
      const lines = KEYS.map((key) => `${key} = ${JSON.stringify(auth[key] ?? '')}`)
      expect(() => parseConfig(`[registries.a]\n${lines.join('\n')}`)).toThrow(ConfigError)
    }
  })

  test('every category is there', () => {
    expect(new Set(authCases.map(({ category }) => category)).size).toBe(22)
  })
})
