import { describe, expect, it } from 'vitest'
import {
  answerChallenge,
  createResolver,
  decideDestination,
  parseChallenges,
  parseConfig,
  type Resolution,
  Secret,
} from '../../../src/index.js'

const PULLER = 'username = "puller"\npassword = "correct horse"\n'

function resolve(registries: string, image: string): Resolution {
  return createResolver(parseConfig(registries)).resolve(image)
}

const mirrored = (mirror: string, image: string, more = '') =>
  resolve(`[registries."."]\nmirror = "${mirror}"\n${more}`, image)

describe('an endpoint', () => {
  it('is the registry itself without a mirror', () => {
    const { endpoint } = resolve('', 'a.io/x')
    expect(endpoint).toStrictEqual({ kind: 'registry' })
    expect(Object.isFrozen(endpoint)).toBe(true)
  })

  it.each([
    ['https://m.corp', 'a.io/x', 'https://m.corp', 'a.io', 'a registry'],
    ['https://M.corp./', 'a.io:5000/x', 'https://m.corp', 'a.io:5000', 'its port'],
    ['https://m.corp:8443/a/', 'nginx', 'https://m.corp:8443', 'docker.io', 'Docker Hub'],
    ['https://m.corp', 'Docker.IO./a/b', 'https://m.corp', 'docker.io', 'by any of its names'],
  ])('at %s for %s is at %s, for %s: %s', (mirror, image, origin, namespace) => {
    const { endpoint } = mirrored(mirror, image)
    expect(endpoint).toMatchObject({ kind: 'mirror', origin, namespace, fallback: false })
    expect(Object.isFrozen(endpoint)).toBe(true)
  })
})

describe('a mirror’s 401', () => {
  const BEARER = parseChallenges('Bearer realm="https://m.corp/token",service="m"')
  const BASIC = parseChallenges('Basic realm="m"')
  const resolution = mirrored('https://m.corp/hub', 'a.io/x', PULLER)
  const url = 'https://m.corp/hub/v2/x/manifests/1?ns=a.io'

  it('gets no Basic credentials', () => {
    const answer = answerChallenge(resolution, BASIC, { url })
    expect(answer).toEqual({
      kind: 'none',
      code: 'no-credentials-for-mirrors',
      message: expect.stringContaining('the mirror is at https://m.corp'),
    })
  })

  it('gets an anonymous token request, for a token that is bound to the mirror', () => {
    const answer = answerChallenge(resolution, BEARER, { url })
    expect(answer).toMatchObject({
      kind: 'token-request',
      url: 'https://m.corp/token?scope=repository%3Ax%3Apull&service=m',
      headers: [],
      registry: 'https://m.corp',
      foreign: false,
    })
  })

  it.each(['identitytoken = "secret-token"', 'registrytoken = "secret-token"'])(
    'gets nothing of %s',
    (line) => {
      const other = mirrored('https://m.corp', 'a.io/x', line)
      const answer = answerChallenge(other, BEARER, { url: 'https://m.corp/v2/' })
      expect(answer).toMatchObject({ kind: 'token-request', method: 'GET', headers: [] })
      expect(answerChallenge(other, BASIC, { url: 'https://m.corp/v2/' }).kind).toBe('none')
    },
  )

  it('gets no token for a refresh token of the registry, whose token service it names', () => {
    const challenges = parseChallenges('Bearer realm="https://auth.a.io/token",service="a.io"')
    const token = new Secret('r3fr3sh')
    const refresh = { registry: 'https://a.io', origin: 'https://auth.a.io', token }
    const own = answerChallenge(resolution, challenges, { url: 'https://a.io/v2/', refresh })
    expect(own).toMatchObject({ kind: 'token-request', method: 'POST' })
    const mirrors = answerChallenge(resolution, challenges, { url, refresh })
    expect(mirrors).toMatchObject({ kind: 'token-request', method: 'GET', headers: [] })
  })

  it.each([
    ['another port', 'https://m.corp:8443/v2/'],
    ['plain HTTP', 'http://m.corp/v2/'],
    ['a subdomain', 'https://x.m.corp/v2/'],
    ['elsewhere', 'https://evil.example/v2/'],
    ['no URL', 'm.corp'],
  ])('from %s gets nothing', (_, elsewhere) => {
    const answer = answerChallenge(resolution, BEARER, { url: elsewhere })
    expect(answer).toMatchObject({ kind: 'none', code: 'other-origin' })
  })

  it('and the registry itself still gets the credentials', () => {
    const answer = answerChallenge(resolution, BASIC, { url: 'https://a.io/v2/' })
    expect(answer).toMatchObject({ kind: 'authorization', origin: 'https://a.io' })
  })

  it('on the registry’s own origin gets them too', () => {
    const same = mirrored('https://a.io/cache', 'a.io/x', PULLER)
    const answer = answerChallenge(same, BASIC, { url: 'https://a.io/cache/v2/?ns=a.io' })
    expect(answer).toMatchObject({ kind: 'authorization', origin: 'https://a.io' })
  })

  it.each([
    ['http://m.corp:5000', 'https://auth.corp/token'],
    ['http://m.corp:5000', 'http://auth.corp/token'],
    ['https://m.corp', 'http://auth.corp/token'],
  ])('at %s may name %s where nothing is verified', (mirror, realm) => {
    const resolution = mirrored(mirror, 'a.io/app', 'insecure-skip-verify = true\n')
    const challenges = parseChallenges(`Bearer realm="${realm}",service="m"`)
    const answer = answerChallenge(resolution, challenges, { url: `${mirror}/v2/` })
    expect(answer).toMatchObject({ kind: 'token-request', realm, headers: [] })
  })

  it('may name no realm of plain HTTP elsewhere', () => {
    const challenges = parseChallenges('Bearer realm="http://auth.corp/token",service="m"')
    const url = 'https://m.corp/v2/'
    const answer = answerChallenge(mirrored('https://m.corp', 'a.io/app'), challenges, { url })
    expect(answer).toMatchObject({ code: 'realm-refused', refusal: 'invalid-scheme' })
  })

  it('may name no realm within its network', () => {
    const challenges = parseChallenges('Bearer realm="https://10.0.0.1/token"')
    const answer = answerChallenge(resolution, challenges, { url })
    expect(answer).toMatchObject({ code: 'realm-refused', refusal: 'local-host' })
  })

  it('with a port is answered at that port', () => {
    const other = mirrored('https://m.corp:8443', 'a.io/x', PULLER)
    const answer = answerChallenge(other, BEARER, { url: 'https://m.corp:8443/v2/' })
    expect(answer).toMatchObject({ kind: 'token-request', registry: 'https://m.corp:8443' })
  })

  it('is no place for credentials, says decideDestination', () => {
    expect(decideDestination(resolution, url, 'registry')).toMatchObject({ kind: 'refused' })
  })
})
