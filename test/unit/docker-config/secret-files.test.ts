import { describe, expect, it } from 'vitest'
import {
  type DockerConfig,
  findCredentials,
  parseDockerConfig,
  readDockerConfig,
} from '../../../src/docker-config.js'
import { base64, errorOf, fileOf, login } from '../../support/docker-config.js'

const secretOf = (data: object, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'regcred' },
  data,
  ...more,
})
const FILE = fileOf({ 'a.io': login('a') })
const userOf = (config: DockerConfig, server: string) => {
  const found = findCredentials(config, server)
  return found.kind === 'basic' ? found.username?.reveal() : found.kind
}

describe("a Secret's manifest", () => {
  it.each([
    ['.dockerconfigjson', secretOf({ '.dockerconfigjson': base64(FILE) })],
    [
      'wrapped base64',
      secretOf({ '.dockerconfigjson': `${base64(FILE).slice(0, 8)}\n${base64(FILE).slice(8)}\n` }),
    ],
    ['config.json', secretOf({ 'config.json': base64(FILE) })],
    ['stringData', secretOf({}, { data: undefined, stringData: { '.dockerconfigjson': FILE } })],
    [
      'stringData over data',
      secretOf(
        { '.dockerconfigjson': base64('{}') },
        { stringData: { '.dockerconfigjson': FILE } },
      ),
    ],
    [
      'a list',
      { kind: 'List', items: [{ kind: 'Pod' }, secretOf({ '.dockerconfigjson': base64(FILE) })] },
    ],
    [
      'a SecretList',
      { kind: 'SecretList', items: [secretOf({ '.dockerconfigjson': base64(FILE) })] },
    ],
  ])('is read: %s', (_, manifest) => {
    for (const config of [
      parseDockerConfig(JSON.stringify(manifest)),
      readDockerConfig(manifest),
    ]) {
      expect([config.document, config.format, userOf(config, 'a.io')]).toEqual([
        'secret',
        'config',
        'a',
      ])
    }
  })

  it('with the legacy map is a .dockercfg', () => {
    const manifest = secretOf({ '.dockercfg': base64(JSON.stringify({ 'a.io': login('a') })) })
    const config = readDockerConfig(manifest)
    expect([config.document, config.format]).toEqual(['secret', 'dockercfg'])
    expect(findCredentials(config, 'a.io', { program: 'podman' }).kind).toBe('basic')
  })

  it('in a list holds what all of them do, the first for one registry', () => {
    const items = [
      secretOf({ '.dockercfg': base64(JSON.stringify({ 'b.io': login('b') })) }),
      secretOf({ '.dockerconfigjson': base64(FILE) }),
      secretOf({
        '.dockerconfigjson': base64(fileOf({ 'a.io': login('c') }, { credsStore: 'x' })),
      }),
    ]
    const config = readDockerConfig({ kind: 'List', items })
    expect([userOf(config, 'a.io'), userOf(config, 'b.io')]).toEqual(['a', 'b'])
    expect(findCredentials(config, 'c.io')).toMatchObject({ kind: 'helper', name: 'x' })
  })

  it.each([
    ['no base64', secretOf({ '.dockerconfigjson': '!' })],
    ['no JSON', secretOf({ '.dockerconfigjson': base64('hunter2-hunter2') })],
    ['no text', secretOf({ '.dockerconfigjson': 5 })],
    [
      'a byte order mark, as in the file itself',
      secretOf({ '.dockerconfigjson': base64(`\ufeff${FILE}`) }),
    ],
  ])('with %s is a fault at its member', (_, manifest) => {
    const error = errorOf(() => parseDockerConfig(JSON.stringify(manifest)))
    expect(error.issue).toMatchObject({
      code: 'invalid-json',
      path: ['data', '.dockerconfigjson'],
      place: { line: 1 },
    })
    expect(error.issue.place?.column).toBe(
      JSON.stringify(manifest).indexOf('".dockerconfigjson"') + 1,
    )
    expect(`${error.stack}`).not.toContain('hunter2')
  })

  it('with something else than a text in stringData is a fault there', () => {
    const manifest = secretOf({}, { stringData: { '.dockerconfigjson': 5 } })
    const { issue } = errorOf(() => parseDockerConfig(JSON.stringify(manifest)))
    expect(issue).toMatchObject({ code: 'invalid-json', path: ['stringData', '.dockerconfigjson'] })
  })

  it('has the path and place of its member for a fault in an entry', () => {
    const text = JSON.stringify({
      kind: 'List',
      items: [secretOf({ '.dockerconfigjson': base64(fileOf({ 'a.io': { auth: '!' } })) })],
    })
    const error = errorOf(() => findCredentials(parseDockerConfig(text), 'a.io'))
    expect(error.issue).toMatchObject({
      code: 'broken-auth',
      path: ['items', '0', 'data', '.dockerconfigjson', 'auths', 'a.io', 'auth'],
      place: { line: 1 },
    })
  })

  it('gives way to auths beside it: what programs read comes first', () => {
    const both = {
      ...secretOf({ '.dockerconfigjson': base64(FILE) }),
      auths: { 'b.io': login('b') },
    }
    const config = readDockerConfig(both)
    expect([config.document, userOf(config, 'b.io'), userOf(config, 'a.io')]).toEqual([
      'config',
      'b',
      'none',
    ])
  })
})
