// One decision has one wording, whichever command says it.

import { describe, expect, it } from 'vitest'
import { PEMS } from '../support/lint.js'
import { createFolder, run } from './support/command.js'

const folder = createFolder()
const config = folder.file(
  'config.toml',
  `[extra-env]
HTTPS_PROXY = "http://u:hunter2@proxy.corp:3128"
NO_PROXY = ".direct.corp"

[registries."pinned.corp."]
ca-certs = '''
${PEMS['CERTIFICATE']}'''
username = "u"
password = "hunter2"

[registries."loose.direct.corp."]
insecure-skip-verify = true

[registries."denied.corp."]
ca-certs = "nobody"

[registries."mirrored.corp."]
mirror = "https://mirror.corp/hub"
mirror-fallback = true
registrytoken = "hunter2"
`,
)
const empty = folder.file('empty.toml', '')

interface Words {
  readonly rule: string
  readonly trust: string
  readonly credentials: string
  readonly schemes: string
  readonly endpoint: string
  readonly proxy: string
}

const PROXY = 'http://proxy.corp:3128 (https-proxy, with credentials)'
const REST = { endpoint: 'the registry', proxy: PROXY, schemes: 'https', credentials: 'anonymous' }

const DECISIONS: readonly (readonly [host: string, words: Words])[] = [
  ['free.corp', { ...REST, rule: 'no rule applies', trust: 'web-pki (the roots of the system)' }],
  [
    'pinned.corp',
    {
      ...REST,
      rule: 'registries."pinned.corp." (exact)',
      trust: 'ca-bundle (the certificates of the rule alone)',
      credentials: 'basic',
    },
  ],
  [
    'loose.direct.corp',
    {
      ...REST,
      rule: 'registries."loose.direct.corp." (exact)',
      trust: 'skip-verify (certificates are not verified)',
      schemes: 'https, then http',
      proxy: 'direct (no-proxy ".direct.corp")',
    },
  ],
  [
    'denied.corp',
    {
      ...REST,
      rule: 'registries."denied.corp." (exact)',
      trust: 'deny-all (no TLS handshake may succeed)',
      schemes: 'none',
    },
  ],
  [
    'mirrored.corp',
    {
      ...REST,
      rule: 'registries."mirrored.corp." (exact)',
      trust: 'web-pki (the roots of the system)',
      credentials: 'registry-token',
      endpoint: 'the mirror https://mirror.corp/hub (ns=mirrored.corp), then the registry',
    },
  ],
]

/** The rows of an image's table, by their names. */
function rowsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const [, name = '', words = ''] = /^ {2}(\S.{10}) {2}(.+)$/.exec(line) ?? []
      return name === '' ? [] : [[name.trim(), words]]
    }),
  )
}

/** How an aspect changes, with both sides on lines of their own. */
const CHANGE =
  /^ {2}(?<aspect>\w+) +(?:looser|tighter|different)\n +before: (?<before>.*)\n +after: {2}(?<after>.*)$/gm

describe.each(DECISIONS)('an image of %s', (host, words) => {
  const image = `${host}/app:1`
  // A mirror and the registry behind it have each its own credentials and proxy, in the same words.
  const isOne = !words.endpoint.includes(', then ')
  const mirror = isOne ? '' : 'the mirror at https://mirror.corp: '
  const registry = isOne ? '' : `the registry at https://${host}: `

  it.each(['resolve', 'audit'])('has the words in %s', async (command) => {
    const { stdout } = await run([command, config, image])
    expect(stdout.split('\n')[0]).toBe(image)
    const { credentials, proxy, ...others } = words
    expect(rowsIn(stdout)).toMatchObject(others)
    for (const word of [credentials, proxy]) expect(stdout).toContain(`  ${registry}${word}\n`)
  })

  it('has them in explain, before what follows', async () => {
    const { stdout } = await run(['explain', config, image])
    expect(stdout.split('\n')[0]).toBe(image)
    const rows = rowsIn(stdout)
    expect(rows['trust']?.split(':')[0]).toBe(words.trust.split(' ')[0])
    expect(rows['rule']?.startsWith(words.rule)).toBe(true)
    const own = { ...words, proxy: words.proxy.replace(', with credentials', '') }
    for (const name of ['credentials', 'schemes', 'endpoint', 'proxy'] as const) {
      const row = rows[name]
      const of = name === 'proxy' ? mirror : ''
      if (row !== undefined) expect(row.startsWith(`${of}${own[name]}: `), row).toBe(true)
    }
  })

  it('has them in diff, on both sides', async () => {
    for (const [files, side] of [
      [[empty, config], 'after'],
      [[config, empty], 'before'],
    ] as const) {
      const { stdout } = await run(['diff', ...files, image])
      expect(stdout.split('\n')[0]).toBe(image)
      const changes = [...stdout.matchAll(CHANGE)].map(({ groups }) => groups)
      expect(changes.length).toBeGreaterThan(0)
      for (const change of changes) {
        const told = change?.[side]
        const aspect = change?.['aspect'] as keyof Words
        const isApart = aspect === 'credentials' || aspect === 'proxy'
        if (isApart && !isOne)
          expect(told?.endsWith(`; ${registry}${words[aspect]}`), told).toBe(true)
        else expect(told?.startsWith(words[aspect]), told).toBe(true)
      }
      expect(stdout).not.toContain('hunter2')
    }
  })

  it('has them in check', async () => {
    const to = (name: string) => ['--connect', `${name}=127.0.0.1:1`]
    const args = [...to(host), ...to('proxy.corp'), ...to('mirror.corp')]
    const { stdout } = await run(['check', config, image, ...args])
    const line = stdout.split('\n').find((text) => / rule +\d+ ms /.test(text))
    expect(line).toContain(`${words.rule}: `)
    expect(line).toContain(`trust ${words.trust}`)
    if (words.schemes === 'none') return
    const of = isOne ? '' : `for ${mirror}anonymous and for ${registry}`
    expect(line).toContain(`credentials ${of}${words.credentials}`)
    if (words.endpoint !== 'the registry') expect(line).toContain(`endpoint ${words.endpoint}`)
    expect(line?.endsWith(`proxy ${words.proxy}`)).toBe(true)
  })
})

describe('diff, where both sides have the same words', () => {
  const rule = (keys: string) => `[registries."a.corp."]\n${keys}\n`
  const proxy = (user: string) => `[extra-env]\nHTTPS_PROXY = "http://${user}@p.corp:3128"\n`
  const anchor = (label: string) => rule(`ca-certs = '''\n${PEMS[label]}'''`)

  it.each([
    [
      'other credentials',
      rule('auth = "dTpodW50ZXIy"'),
      rule('auth = "dTpodW50ZXIz"'),
      /^ {2}credentials {2}different\n +before: basic\n +after: {2}basic, but another secret$/m,
    ],
    [
      'other credentials for the proxy',
      proxy('u:hunter2'),
      proxy('u:hunter3'),
      /^ {2}proxy {8}different\n +before: http:\/\/p\.corp:3128 \(https-proxy, with credentials\)\n +after: {2}\S+ \(https-proxy, with credentials\), but another secret$/m,
    ],
    [
      'another certificate of the same name',
      anchor('CERTIFICATE'),
      anchor('TWIN CERTIFICATE'),
      /^ {2}trust {8}different\n +before: ca-bundle .+: CN=Corp Root \(SHA-256 ([0-9a-f]{16})…\)\n +after: {2}ca-bundle .+: CN=Corp Root \(SHA-256 (?!\1)[0-9a-f]{16}…\)$/m,
    ],
    [
      'credentials beside a mirror',
      rule('mirror = "https://m.corp"'),
      rule('mirror = "https://m.corp"\nauth = "dTpodW50ZXIy"'),
      /^ {2}endpoint {5}looser\n +before: the mirror https:\/\/m\.corp \(ns=a\.corp\)\n +after: {2}.+, to which Contrast's puller sends the credentials$/m,
    ],
  ])('says what changes besides: %s', async (_, before, after, expected) => {
    const files = [folder.file('before.toml', before), folder.file('after.toml', after)]
    const { stdout } = await run(['diff', ...files, 'a.corp/x:1'])
    expect(stdout).toMatch(expected)
    const data = (await run(['diff', '--json', ...files, 'a.corp/x:1'])).stdout
    for (const { before: was, after: is } of JSON.parse(data).images[0].changes) {
      expect([was, is]).not.toContain(undefined)
    }
    expect(stdout + data).not.toMatch(/hunter|dTpodW/)
  })
})
