// Secrets that come back in what servers say.

import { describe, expect, it } from 'vitest'
import { SentSecrets } from '../../../../src/cli/check/sent-secrets.js'
import { createResolver, parseConfig } from '../../../../src/index.js'

const RULE = '[registries."registry.corp."]\n'
const secretsOf = (toml: string) => {
  const secrets = new SentSecrets()
  secrets.noteImage(createResolver(parseConfig(toml)).resolve('registry.corp/app'))
  return secrets
}

describe('a secret is left out', () => {
  it.each([
    ['a password', `${RULE}username = "u"\npassword = "Hunter2000"\n`, 'hunter2000'],
    ['auth', `${RULE}auth = "${btoa('u:Hunter2000')}"\n`, 'Hunter2000'],
    ['a registry token', `${RULE}registrytoken = "Hunter2000"\n`, 'Hunter2000'],
    ['an identity token', `${RULE}identitytoken = "Hunter2000"\n`, 'Hunter2000'],
    [
      "a proxy's password",
      '[extra-env]\nHTTPS_PROXY = "http://u:Hunter2000@p.corp"\n',
      'Hunter2000',
    ],
  ])('%s', (_, toml, secret) => {
    expect(secretsOf(toml).conceal({ hosts: [`${secret}.evil.corp`], at: 7 })).toEqual({
      hosts: ['….evil.corp'],
      at: 7,
    })
  })

  it('that was sent in a header or a form', () => {
    const secrets = secretsOf('')
    secrets.note({ authorization: 'Bearer granted-token', accept: 'anything' }, 'scope=x')
    secrets.note({}, new URLSearchParams({ refresh_token: 'refreshing token' }).toString())
    const said = 'granted-token, refreshing token, anything'
    expect(secrets.conceal(said)).toBe('…, …, anything')
  })

  it('but not a short one, and not in PEM, which is what it is', () => {
    const secrets = secretsOf(`${RULE}registrytoken = "corp"\n`)
    expect(secrets.conceal('registry.corp')).toBe('registry.corp')
    const long = secretsOf(`${RULE}registrytoken = "Hunter2000"\n`)
    expect(long.conceal({ pem: 'Hunter2000' })).toEqual({ pem: 'Hunter2000' })
  })

  it('wherever it stands, beside another one', () => {
    const secrets = secretsOf(`${RULE}registrytoken = "hunter2000"\n`)
    secrets.note({ authorization: 'Bearer token-of-mine' }, undefined)
    const said = 'HUNTER2000hunter2000 a.Token-Of-Mine.b hunter200 hunter2000'
    expect(secrets.conceal(said)).toBe('…… a.….b hunter200 …')
  })

  it('beside letters whose lower case is longer', () => {
    const secrets = secretsOf(`${RULE}registrytoken = "hunter2000"\n`)
    const turkish = '\u0130'.repeat(20)
    expect(secrets.conceal(`${turkish}HUNTER2000${turkish}`)).toBe(`${turkish}…${turkish}`)
  })
})
