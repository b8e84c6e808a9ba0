import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/reference.js'
import { issueOf } from '../../support/image-error.js'

/** A name of so many characters, of labels that DNS could hold. */
const nameOf = (length: number) => `${'a.'.repeat(length)}`.slice(0, length - 1).concat('b')

describe('a registry', () => {
  it.each([
    [nameOf(253), nameOf(253), 'the longest name'],
    [`${nameOf(253)}.`, nameOf(253), 'its trailing dot is not counted'],
    [`${nameOf(253)}:5000`, nameOf(253), 'nor is its port'],
  ])('%s has the host %s: %s', (registry, host) => {
    expect(parseImageReference(`${registry}/app`).host).toBe(host)
  })

  it.each<[text: string, code: string, says: RegExp, reason: string]>([
    [`${nameOf(254)}/app`, 'too-long', /at most 253/, 'one character too many'],
    [`${nameOf(255)}:5000/app`, 'too-long', /at most 253/, 'with a port'],
    ['https://ghcr.io/x', 'scheme', /leave out the scheme/, 'a scheme'],
    [
      'docker://ci_bot@git.example.local:5005#my-repo/image:latest',
      'user-info',
      /leave out the user info/,
      'report img-08',
    ],
    ['"ghcr.io/app"', 'invalid-host', /a quote/, 'quotes'],
    ['$REGISTRY.corp/app', 'invalid-host', /template or a shell/, 'a variable'],
    [' ghcr.io/app', 'invalid-host', /a blank/, 'a blank'],
    ['bücher.example/app', 'invalid-host', /"xn--"/, 'an international name'],
    ['ghcr.io:/app', 'invalid-port', /1 to 65535/, 'an empty port'],
    ['ghcr.io:0/app', 'invalid-port', /1 to 65535/, 'port 0'],
    ['ghcr..io/app', 'invalid-host', /each of its labels/, 'an empty label'],
  ])('%j is refused: %s, %s (%s)', (text, code, says) => {
    const issue = issueOf(text)
    expect(issue).toMatchObject({ part: 'registry', code })
    expect(issue.message).toMatch(says)
  })
})
