import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import type { ImagePullerConfig } from '../../../src/config/config.js'
import { parseConfig } from '../../../src/config/parse-config.js'
import { leaksOf, mutantsOf, outcomeOf, show } from '../../support/canary.js'

describe('canary', () => {
  const secrets = [
    's3cr3t-canary-user',
    'p4ssw0rd-canary-xy',
    'dG9rZW4tY2FuYXJ5OnNlY3JldA==',
    'id3ntity-canary-tok',
    'r3gistry-canary-tok',
    'pr0xyuser-canary:pr0xypass-canary',
    't3xt-0f-th3-bundle-canary',
  ]
  const document = `[extra-env]
HTTPS_PROXY = "http://${secrets[5]}@proxy.corp:3128"
[registries."a.io."]
username = "${secrets[0]}"
password = "${secrets[1]}"
[registries."b.io."]
auth = "${secrets[2]}"
[registries."c.io."]
identitytoken = '${secrets[3]}'
registrytoken = '''${secrets[4]}'''
[registries."d.io."]
ca-certs = "no ${secrets[6]}"
`
  const raw = [
    ...secrets,
    Buffer.from(`${secrets[0]}:${secrets[1]}`).toString('base64'),
    'token-canary:secret',
  ]
  const leaks = leaksOf(raw)

  it('smol-toml itself leaks on these documents, so the sweep can fail', () => {
    let leaking = 0
    for (const text of mutantsOf(document)) {
      try {
        parse(text)
      } catch (error) {
        if (leaks(String(error)).length > 0) leaking++
      }
    }
    expect(leaking).toBeGreaterThan(100)
  })

  it('no output holds eight characters of a secret (threat 8)', () => {
    expect(leaks(outcomeOf(() => parseConfig(document)))).toEqual([])
    for (const text of mutantsOf(document)) {
      const output = outcomeOf(() => parseConfig(text))
      if (leaks(output).length > 0) expect.fail(`leak at ${text.slice(0, 20)}`)
    }
  }, 60_000)

  it('shows nothing where user and password are equal (threat 9)', () => {
    const config: ImagePullerConfig = parseConfig(
      `[registries."a.io"]\nusername = "${secrets[0]}"\npassword = "${secrets[0]}"`,
    )
    expect(leaks(show(config))).toEqual([])
  })
})
