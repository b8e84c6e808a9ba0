import { describe, expect, it } from 'vitest'
import { openSecretManifest } from '../../../src/lint/index.js'

const NAME = 'contrast-node-installer-imagepuller-config'
const KEY = 'contrast-imagepuller.toml'
const metadata = { name: NAME, namespace: 'kube-system' }
const secret = (members: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata, ...members })
const base64 = (text: string) => Buffer.from(text).toString('base64')
const opened = (manifest: unknown) => {
  const { document, findings } = openSecretManifest(manifest)
  const text = document === undefined ? undefined : Buffer.from(document).toString()
  return [
    text,
    ...findings.map(({ code, severity, path }) => `${severity} ${code} ${path.join('.')}`),
  ]
}

describe('the Secret', () => {
  it.each<[string, unknown, readonly unknown[]]>([
    ['as it should be', secret({ data: { [KEY]: base64('text') } }), ['text']],
    [
      'base64 with line ends',
      secret({ data: { [KEY]: `${base64('some text')}\n` } }),
      ['some text'],
    ],
    ['the text itself', secret({ stringData: { [KEY]: 'text' } }), ['text']],
    [
      'both, of which the text wins',
      secret({ data: { [KEY]: base64('old') }, stringData: { [KEY]: 'new' } }),
      ['new'],
    ],
    [
      'another name',
      secret({ metadata: { ...metadata, name: 'x' }, stringData: { [KEY]: '' } }),
      ['', 'error secret-name metadata.name'],
    ],
    [
      'another namespace',
      secret({ metadata: { name: NAME }, stringData: { [KEY]: '' } }),
      ['', 'error secret-namespace metadata.namespace'],
    ],
    [
      'no metadata',
      secret({ metadata: undefined, stringData: { [KEY]: '' } }),
      ['', 'error secret-name metadata.name', 'error secret-namespace metadata.namespace'],
    ],
    [
      'one file of another name',
      secret({ data: { 'config.toml': base64('text') } }),
      ['text', 'error secret-key data'],
    ],
    [
      'two files, neither of them the one',
      secret({ data: { a: '', b: '' } }),
      [undefined, 'error secret-key data'],
    ],
    ['the file beside another', secret({ data: { a: '', [KEY]: base64('text') } }), ['text']],
    ['no data', secret({}), [undefined, 'error secret-key data']],
    ['data that is a list', secret({ data: [] }), [undefined, 'error secret-key data']],
    ['no base64', secret({ data: { [KEY]: 'plain text' } }), [undefined, 'error secret-data data']],
    ['no text', secret({ stringData: { [KEY]: 1 } }), [undefined, 'error secret-data stringData']],
    [
      'too large together',
      secret({ stringData: { [KEY]: 'x', other: 'ä'.repeat(512 * 1024) } }),
      ['x', 'error secret-too-large stringData'],
    ],
    [
      'a list',
      {
        kind: 'List',
        items: [
          { kind: 'Secret', metadata: { name: 'x' } },
          secret({ stringData: { [KEY]: 'text' } }),
        ],
      },
      ['text'],
    ],
    [
      'a list without it',
      { kind: 'List', items: [null, 1, { kind: 'ConfigMap' }] },
      [undefined, 'error secret-kind '],
    ],
    [
      'another kind',
      { kind: 'ConfigMap', data: { [KEY]: 'x' } },
      [undefined, 'error secret-kind '],
    ],
    ['a text', 'Secret', [undefined, 'error secret-kind ']],
    ['nothing', null, [undefined, 'error secret-kind ']],
    ['an inherited kind', Object.create({ kind: 'Secret' }), [undefined, 'error secret-kind ']],
  ])('%s', (_, manifest, expected) => expect(opened(manifest)).toEqual(expected))

  it('leaves a document that is too large by itself to those that read it', () => {
    const text = 'x'.repeat(1024 * 1024 + 1)
    expect(opened(secret({ stringData: { [KEY]: text } }))).toEqual([text])
  })

  it('takes nothing from a polluted prototype (threat 18)', () => {
    const names = ['0', 'kind', 'metadata', 'data', 'stringData', 'name', 'namespace', 'items']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, {
        value: 'Secret',
        configurable: true,
        writable: true,
      })
    }
    let found: unknown
    try {
      found = opened({})
    } finally {
      for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    }
    expect(found).toEqual([undefined, 'error secret-kind '])
  })

  it('freezes what it gives', () => {
    const found = openSecretManifest({})
    expect([found, found.findings, found.findings[0]].every(Object.isFrozen)).toBe(true)
  })
})
