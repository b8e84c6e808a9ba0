import { describe, expect, it } from 'vitest'
import { explainDockerCredentials, parseDockerConfig } from '../../../src/docker-config.js'
import { leaksOf, mutantsOf, outcomeOf } from '../../support/canary.js'
import { fileOf } from '../../support/docker-config.js'

describe('canary', () => {
  const secrets = ['s3cr3t-canary-user', 'p4ssw0rd-canary-xy', 'id3ntity-canary-tok']
  const [user = '', password = '', token = ''] = secrets
  const auth = Buffer.from(`${user}:${password}`).toString('base64')
  const document = fileOf(
    { 'a.io': { auth, username: user, password }, 'b.io': { identitytoken: token } },
    { credsStore: 'desktop' },
  )
  const leaks = leaksOf([...secrets, auth])
  const leakingOf = (read: (text: string) => unknown) =>
    [...mutantsOf(document)].filter((text) => leaks(outcomeOf(() => read(text))).length > 0)

  it('JSON.parse itself leaks on these documents, so the sweep can fail', () =>
    expect(leakingOf(JSON.parse).length).toBeGreaterThan(10))

  it('threat 8: no output holds eight characters of a secret', () => {
    const everything = (text: string) => {
      const config = parseDockerConfig(text)
      return [
        config,
        explainDockerCredentials(config, 'a.io'),
        explainDockerCredentials(config, 'b.io'),
      ]
    }
    expect(leakingOf(everything)).toEqual([])
  }, 60_000)
})
