import { describe, expect, it } from 'vitest'
import { parseDockerConfig } from '../../../src/docker-config.js'
import { fromDockerConfig } from '../../../src/write.js'
import { leaksOf, mutantsOf, outcomeOf } from '../../support/canary.js'
import { convert } from '../../support/conversion.js'
import { base64, fileOf, login } from '../../support/docker-config.js'

describe('notes', () => {
  it('come with the lost ones first, one for all that say the same', () => {
    const { notes } = convert({
      'a.io': login('a'),
      'b.io': {},
      'c.io:5000': login('c'),
      'd.io:5000': login('d'),
      'e.io:5000': {},
      'f.io': { username: 'u', password: 'p' },
    })
    expect(notes.map(({ severity, code, keys }) => [severity, code, ...keys])).toEqual([
      ['error', 'port', 'c.io:5000', 'd.io:5000'],
      ['warning', 'fallback', 'f.io'],
      ['info', 'port', 'e.io:5000'],
      ['info', 'covers-subdomains', 'a.io', 'f.io'],
      ['info', 'empty', 'b.io'],
    ])
    for (const note of notes) {
      expect([Object.isFrozen(note), Object.isFrozen(note.keys)]).toEqual([true, true])
      expect(note.message).toMatch(/^\w.*[^.]$/)
    }
  })

  it.each([
    ['contrast', "Contrast's command line"],
    ['docker', 'Docker'],
    ['podman', 'Podman'],
  ] as const)('name the program whose reading counts: %s', (program, name) => {
    const entries = { 'a.io': login('a'), 'A.io': login('b'), 'b.io': {}, 'a.io/': login('c') }
    const config = parseDockerConfig(fileOf(entries, { Auths: { 'c.io': login('d') } }))
    const { notes } = fromDockerConfig(config, { program })
    const named = notes.filter(({ message }) => message.includes(name))
    expect(named.map(({ code }) => code)).toEqual(expect.arrayContaining(['unused', 'empty']))
    for (const { message } of notes) expect(message).not.toMatch(/the program|PROGRAM/)
  })

  it('show no secret, whatever it is beside', () => {
    const secret = 'hunter2-hunter2'
    const auth = base64(`puller:${secret}`)
    const { config, notes } = convert({
      [`https://puller:${secret}@ghcr.io`]: { auth },
      'a.io:5000': { auth },
      'b.io': { auth, identitytoken: secret, password: secret },
      'c.io': { identitytoken: `${secret}\n` },
      'd.io': { auth: `${auth}!` },
    })
    const shown = JSON.stringify([notes, config, config.findings])
    expect(notes.map(({ code }) => code)).toEqual([
      'user-info',
      'port',
      'broken',
      'left-out',
      'covers-subdomains',
    ])
    for (const text of [secret, auth.slice(0, 12)]) expect(shown).not.toContain(text)
  })

  it('threat 8: no conversion of a mutated file shows eight characters of a secret', () => {
    const secrets = ['s3cr3t-canary-user', 'p4ssw0rd-canary-xy', 'id3ntity-canary-tok']
    const [user = '', password = '', token = ''] = secrets
    const auth = base64(`${user}:${password}`)
    const document = fileOf(
      { 'a.io': { auth, username: user, password }, 'x.a.io': { identitytoken: token } },
      { credsStore: '' },
    )
    const leaks = leaksOf([...secrets, auth])
    const leakingOf = (read: (text: string) => unknown) =>
      [...mutantsOf(document)].filter(
        (text, i) => i % 2 === 0 && leaks(outcomeOf(() => read(text))).length > 0,
      )
    expect(leakingOf(JSON.parse).length).toBeGreaterThan(10)
    expect(leakingOf((text) => fromDockerConfig(parseDockerConfig(text)))).toEqual([])
  }, 60_000)
})
