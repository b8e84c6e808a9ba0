import { describe, expect, it } from 'vitest'
import { ConfigError, type ConfigFinding, parseConfig } from '../../../src/index.js'

const PULLER = 'username = "puller"\npassword = "correct horse"\n'

describe('mirror in a configuration', () => {
  const issuesOf = (lines: string, name = 'a.io.'): readonly ConfigFinding[] => {
    try {
      return parseConfig(`[registries."${name}"]\n${lines}`).findings
    } catch (error) {
      if (error instanceof ConfigError) return error.issues
      throw error
    }
  }

  it.each([
    ['mirror.corp', 'not-a-url', 'a URL such as https://mirror.corp'],
    ['//mirror.corp', 'no scheme', 'a URL such as https://mirror.corp'],
    ['https://mirror。corp', 'a full stop that is none', 'a URL such as https://mirror.corp'],
    ['https://mirror.corp/%zz', 'a broken escape', 'a URL such as https://mirror.corp'],
    ['ftp://mirror.corp', 'a scheme', 'begins with https://'],
    ['http://mirror.corp', 'plain HTTP', 'insecure-skip-verify'],
    ['https://puller:hunter2@mirror.corp', 'user info', 'leave out what stands before the "@"'],
    ['https://mirror.corp:0', 'a port', 'from 1 to 65535'],
    ['https://mirror..corp', 'an empty label', 'neither a domain name nor an IP address'],
    ['https://mirror.corp?x=1', 'a query', 'leave out "?"'],
    ['https://mirror.corp#x', 'a fragment', 'leave out "?"'],
  ])('%s is an error (%s)', (value, _, expectation) => {
    const [issue, ...others] = issuesOf(`mirror = "${value}"`)
    expect(issue).toMatchObject({
      code: 'invalid-mirror-url',
      path: ['registries', 'a.io.', 'mirror'],
      place: { kind: 'document', line: 2 },
    })
    expect(`${issue?.message}; ${issue?.help}`).toContain(expectation)
    expect(issue?.message).not.toContain('hunter2')
    expect(others).toEqual([])
  })

  it.each([
    ['credentials', PULLER, 'https://m.corp', ['mirror-without-credentials']],
    ['none', '', 'https://m.corp', []],
    ['none, with a placeholder', '', 'https://m.corp/$(PATH)', ['placeholder']],
    ['credentials, on the registry’s own origin', PULLER, 'https://a.io/cache', []],
    [
      'credentials, on its own origin by plain HTTP',
      `${PULLER}insecure-skip-verify = true\n`,
      'http://a.io/hub',
      ['credentials-without-tls'],
    ],
    ['credentials, on another port', PULLER, 'https://a.io:8443', ['mirror-without-credentials']],
  ])('a warning beside %s', (_, lines, mirror, codes) => {
    expect(issuesOf(`${lines}mirror = "${mirror}"`).map(({ code }) => code)).toEqual(codes)
  })
})
