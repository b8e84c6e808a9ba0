import { expect, it } from 'vitest'
import { decideDestination } from '../../../src/handshake/index.js'
import { createResolver, parseConfig } from '../../../src/index.js'
import { isOwnOrigin } from '../../../src/resolve/index.js'

const SKIP = '[registries."."]\ninsecure-skip-verify = true\n'

it.each([
  ['', 'a.corp/x', 'https://a.corp', true, 'the registry'],
  ['', 'a.corp:443/x', 'https://a.corp', true, 'the port of the scheme'],
  ['', 'A.corp./x', 'https://a.corp', true, 'another spelling'],
  ['', 'a.corp:5000/x', 'https://a.corp:5000', true, 'its port'],
  ['', 'a.corp:5000/x', 'https://a.corp', false, 'another port'],
  ['', 'a.corp/x', 'https://a.corp:5000', false, 'a port that it lacks'],
  ['', 'a.corp/x', 'https://b.a.corp', false, 'a subdomain'],
  ['', 'nginx', 'https://index.docker.io', true, 'Docker Hub'],
  ['', 'nginx', 'https://docker.io', false, 'a name for Docker Hub that is not dialled'],
  ['', 'a.corp/x', 'http://a.corp', false, 'plain HTTP'],
  [SKIP, 'a.corp/x', 'http://a.corp', true, 'plain HTTP, where it is allowed'],
  [SKIP, 'a.corp:80/x', 'http://a.corp', true, 'the port of plain HTTP'],
  ['[registries."."]\nca-certs = "none"', 'a.corp/x', 'https://a.corp', false, 'what is denied'],
  ['', '1.2.3.4.5/x', 'https://1.2.3.4.5', false, 'what nothing can dial'],
])('%j, %s, %s: %s (%s)', (document, image, origin, expected) => {
  const resolution = createResolver(parseConfig(document)).resolve(image)
  expect(isOwnOrigin(resolution, origin)).toBe(expected)
  // What may be told credentials as the registry itself is what this is about.
  const { kind } = decideDestination(resolution, `${origin}/v2/`, 'registry')
  expect(kind === 'allowed').toBe(expected)
})
