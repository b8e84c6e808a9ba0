import {
  answerChallenge,
  createResolver,
  parseChallenges,
  parseConfig,
  requestUrls,
} from 'imagepuller-auth'
import { describe, expect, it } from 'vitest'

/**
 * The shapes of the challenges that registries answer with, and the whole way from a configuration to
 * what is sent for them. Nothing is asked: what is recorded is what their documentation and their
 * sources say.
 */
const registries = [
  {
    name: 'Docker Hub',
    rule: 'docker.io.',
    image: 'nginx',
    challenge: 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    token:
      'https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io',
    foreign: false,
  },
  {
    name: 'ghcr.io',
    rule: 'ghcr.io.',
    image: 'ghcr.io/acme/app',
    challenge:
      'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    token: 'https://ghcr.io/token?scope=repository%3Aacme%2Fapp%3Apull&service=ghcr.io',
    foreign: false,
  },
  {
    name: 'quay.io',
    rule: 'quay.io.',
    image: 'quay.io/acme/app',
    challenge: 'Bearer realm="https://quay.io/v2/auth",service="quay.io"',
    token: 'https://quay.io/v2/auth?scope=repository%3Aacme%2Fapp%3Apull&service=quay.io',
    foreign: false,
  },
  {
    name: 'Google Artifact Registry',
    rule: '.pkg.dev.',
    image: 'europe-docker.pkg.dev/acme/images/app',
    challenge:
      'Bearer realm="https://europe-docker.pkg.dev/v2/token",service="europe-docker.pkg.dev"',
    token:
      'https://europe-docker.pkg.dev/v2/token?scope=repository%3Aacme%2Fimages%2Fapp%3Apull&service=europe-docker.pkg.dev',
    foreign: false,
  },
  {
    name: 'Amazon ECR, which asks for Basic',
    rule: '.amazonaws.com.',
    image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app',
    challenge:
      'Basic realm="https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/",service="ecr.amazonaws.com"',
    token: undefined,
  },
  {
    name: 'Azure',
    rule: 'acme.azurecr.io.',
    image: 'acme.azurecr.io/app',
    challenge: 'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io"',
    token:
      'https://acme.azurecr.io/oauth2/token?scope=repository%3Aapp%3Apull&service=acme.azurecr.io',
    foreign: false,
  },
  {
    name: 'GitLab, whose token service is the domain above',
    rule: 'registry.gitlab.com.',
    image: 'registry.gitlab.com/acme/app',
    challenge: 'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"',
    token:
      'https://gitlab.com/jwt/auth?scope=repository%3Aacme%2Fapp%3Apull&service=container_registry',
    foreign: false,
  },
  {
    name: 'Harbor',
    rule: 'harbor.corp.',
    image: 'harbor.corp/team/app',
    challenge: 'Bearer realm="https://harbor.corp/service/token",service="harbor-registry"',
    token:
      'https://harbor.corp/service/token?scope=repository%3Ateam%2Fapp%3Apull&service=harbor-registry',
    foreign: false,
  },
  {
    name: 'Artifactory',
    rule: 'acme.jfrog.io.',
    image: 'acme.jfrog.io/docker-local/app',
    challenge:
      'Bearer realm="https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token",service="acme.jfrog.io"',
    token:
      'https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token?scope=repository%3Adocker-local%2Fapp%3Apull&service=acme.jfrog.io',
    foreign: false,
  },
  {
    name: 'distribution with a password file',
    rule: 'registry.corp.',
    image: 'registry.corp/app',
    challenge: 'Basic realm="Registry Realm"',
    token: undefined,
  },
  {
    name: 'a registry whose token service is elsewhere, which is marked',
    rule: 'docker.elastic.co.',
    image: 'docker.elastic.co/beats/filebeat',
    challenge: 'Bearer realm="https://docker-auth.elastic.co/auth",service="token-service"',
    token:
      'https://docker-auth.elastic.co/auth?scope=repository%3Abeats%2Ffilebeat%3Apull&service=token-service',
    foreign: true,
  },
]

describe('registries that people use', () => {
  it.each(registries)('$name', ({ rule, image, challenge, token, foreign }) => {
    const config = parseConfig(`[registries."${rule}"]\nusername = "u"\npassword = "p"\n`)
    const resolution = createResolver(config).resolve(image)
    const [url = ''] = requestUrls(
      resolution,
      `/v2/${resolution.image.repository}/manifests/latest`,
    )
    const answer = answerChallenge(resolution, parseChallenges(challenge), { url })
    const basic = `Basic ${Buffer.from('u:p').toString('base64')}`
    if (token === undefined) {
      if (answer.kind !== 'authorization') throw new Error(answer.kind)
      expect(answer.header.value.reveal()).toBe(basic)
      expect(answer.origin).toBe(new URL(url).origin)
      return
    }
    if (answer.kind !== 'token-request') throw new Error(answer.kind)
    expect(answer).toMatchObject({ method: 'GET', url: token, foreign })
    expect(answer.registry).toBe(new URL(url).origin)
    expect(answer.headers.map(({ value }) => value.reveal())).toEqual([basic])
  })
})
