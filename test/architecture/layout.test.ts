import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { type Module, modules, readModule, root } from '../support/sources.js'

/** The floors of the house, lowest first: an arrow goes down only. */
const FLOORS = [
  ['lazy'],
  ['text'],
  ['net', 'secret', 'options', 'findings', 'membership', 'node-installer', 'expected-error'],
  ['image', 'credentials'],
  ['names', 'certificates', 'proxy'],
  ['config'],
  ['resolve', 'docker-config', 'inspect'],
  ['handshake', 'write', 'transport', 'keychain', 'puller'],
  ['explain', 'lint'],
  ['audit', 'fetch'],
  ['errors'],
  ['entries'],
  ['cli'],
] as const

/** The files of `src` that package.json offers under a name of their own. */
const ENTRIES = Object.values(packageJson.exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : [entry.default.replace('./dist/', '').replace(/\.js$/, '.ts')],
)

/** The room of a module: its folder, or its own name where it stands at the top. */
const roomOf = (path: string) =>
  ENTRIES.includes(path) ? 'entries' : path.replace(/\/.*$|\.ts$/, '')

const floorOf = (path: string) =>
  FLOORS.findIndex((rooms) => (rooms as readonly string[]).includes(roomOf(path)))

/** @peculiar/x509 needs its polyfill before the first module of its room runs: an entry asks for it. */
const POLYFILL = 'inspect/reflect.ts'

/** The type of a keychain compiles without Node's types, which everything else of its room needs. */
const KEYCHAIN_TYPE = 'keychain/keychain.ts'

const DOORS_BESIDES = [POLYFILL, KEYCHAIN_TYPE]

/** What is wrong with the arrows of a module. */
function faultsOf({ path, files }: Module): string[] {
  return files.flatMap((target) => {
    if (roomOf(path) === roomOf(target) && roomOf(path) !== 'entries') return []
    if (floorOf(target) >= floorOf(path)) return [`${path} goes up or sideways to ${target}`]
    const isDoor = !target.includes('/') || target.endsWith('/index.ts')
    return isDoor || DOORS_BESIDES.includes(target) ? [] : [`${path} enters ${target} by no door`]
  })
}

/** The first ring of modules that import each other, by way of types as well. */
function cycleAmong(all: readonly Module[]): readonly string[] | undefined {
  const filesOf = new Map(all.map(({ path, files }) => [path, files]))
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path]
    if (done.has(path)) return undefined
    done.add(path)
    for (const target of filesOf.get(path) ?? []) {
      const cycle = walk(target, [...way, path])
      if (cycle) return cycle
    }
    return undefined
  }
  for (const { path } of all) {
    const cycle = walk(path, [])
    if (cycle) return cycle
  }
  return undefined
}

describe('the floors', () => {
  it('have a place for every module', () => {
    expect(modules.map(({ path }) => path).filter((path) => floorOf(path) < 0)).toEqual([])
    expect(modules.length).toBeGreaterThan(100)
  })

  it('are left downwards only, and a folder is entered by its door', () => {
    expect(modules.flatMap(faultsOf)).toEqual([])
  })

  it('hold no ring of modules', () => {
    expect(cycleAmong(modules)).toBeUndefined()
  })

  it.each([
    ['up', 'text/base64.ts', "import { a } from '../net/index.js'"],
    ['up for a type', 'text/base64.ts', "import type { A } from '../net/index.js'"],
    ['up by a type in place', 'text/base64.ts', "export type A = import('../net/index.js').A"],
    ['up by an export', 'text/base64.ts', "export * from '../net/index.js'"],
    ['up when it is called', 'text/base64.ts', "await import('../net/index.js')"],
    ['sideways', 'names/index.ts', "import { a } from '../proxy/index.js'"],
    ['from entry to entry', 'write.ts', "export { a } from './proxy.js'"],
    ['past the door', 'net/host.ts', "import { a } from '../text/hex.js'"],
    ['past the door of an entry', 'write.ts', "import { a } from './write/document.js'"],
  ])('would show an arrow that goes %s', (_, path, text) => {
    expect(faultsOf(readModule(path, text))).toHaveLength(1)
  })

  it.each([
    ['to a neighbour', 'text/hex.ts', "import { a } from './base64.js'"],
    ['down', 'net/host.ts', "import { a } from '../text/index.js'"],
    ['down to a file without a folder', 'config/rule.ts', "import { a } from '../secret.js'"],
    ['into a folder of its own name', 'write.ts', "export { a } from './write/index.js'"],
    ['nowhere: a comment', 'text/hex.ts', "// import { a } from '../net/host.js'"],
  ])('allow an arrow that goes %s', (_, path, text) => {
    expect(faultsOf(readModule(path, text))).toEqual([])
  })

  it('are on the page of the architecture, highest first', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    const rows = [...page.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, floor, rooms = '']) => ({
      floor: Number(floor),
      rooms: rooms.startsWith('the entries')
        ? ['entries']
        : [...rooms.matchAll(/`([a-z-]+)(?:\.ts)?`/g)].map(([, room]) => room),
    }))
    expect(rows.toReversed()).toEqual(FLOORS.map((rooms, i) => ({ floor: i + 1, rooms })))
  })

  it('would show a ring', () => {
    const ring = [
      readModule('text/a.ts', "import type { B } from './b.js'"),
      readModule('text/b.ts', "export * from './c.js'"),
      readModule('text/c.ts', "import { a } from './a.js'"),
    ]
    expect(cycleAmong(ring)).toEqual(['text/a.ts', 'text/b.ts', 'text/c.ts', 'text/a.ts'])
  })
})

/** The modules that may import a package: a file, or a folder with a slash at its end. */
const PACKAGES: readonly (readonly [name: string, rooms: readonly string[]])[] = [
  ['smol-toml', ['config/toml.ts', 'write/document.ts']],
  // In the rows of the options, and where JSON from elsewhere is read.
  [
    'valibot',
    [
      'options.ts',
      'certificates/bundle.ts',
      'config/parse-config.ts',
      'resolve/resolver.ts',
      'audit/',
      'docker-config/',
      'fetch/',
      'handshake/',
      'inspect/',
      'keychain/',
      'lint/',
      'puller/',
      'transport/',
      'write/',
      'explain/',
    ],
  ],
  ['@noble/hashes/sha2.js', ['certificates/']],
  ['@peculiar/x509', ['inspect/']],
  ['reflect-metadata', ['inspect/']],
  ['yaml', ['cli/']],
]

/** Node's own modules, the package itself, and what the table says. */
function mayImport(path: string, name: string): boolean {
  const isOfNode = path === 'keychain.ts' || /^(?:cli|keychain)\//.test(path)
  if (name.startsWith('node:')) return isOfNode
  if (/^imagepuller-auth(?:\/|$)/.test(name)) return path.startsWith('cli/')
  return PACKAGES.some(
    ([known, rooms]) =>
      name === known &&
      rooms.some((room) => (room.endsWith('/') ? path.startsWith(room) : path === room)),
  )
}

describe('packages', () => {
  it('are imported where the table says, and nowhere else', () => {
    const wrong = modules.flatMap(({ path, packages }) =>
      packages.filter((name) => !mayImport(path, name)).map((name) => `${path}: ${name}`),
    )
    expect(wrong).toEqual([])
  })

  it('are all dependencies that a user gets, and all of these are used', () => {
    const used = new Set(PACKAGES.map(([name]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]))
    expect(Object.keys(packageJson.dependencies).sort()).toEqual([...used].sort())
  })

  it('are on the page of the architecture', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
    const [, table = ''] = page.split('| package | by |')
    const listed = [...table.matchAll(/^\| ([@a-z][^|]*) \|/gm)].map(([, name]) => name)
    expect(listed.sort()).toEqual(Object.keys(packageJson.dependencies).sort())
  })

  it.each(Object.keys(packageJson.dependencies))(
    'the page names each room that imports %s',
    (name) => {
      const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
      const [, row = ''] = page.split(`\n| ${name} | `)
      const [said = ''] = row.split('\n', 1)
      const named = [...said.matchAll(/`([^`]+)`/g)].map(([, room = '']) => room)
      const importing = modules
        .filter(({ packages }) =>
          packages.some((one) => one === name || one.startsWith(`${name}/`)),
        )
        .map(
          ({ path }) => named.find((room) => path === room || path.startsWith(`${room}/`)) ?? path,
        )
      expect([...new Set(importing)].sort()).toEqual(named.sort())
    },
  )

  it('of the folders, the command line imports text alone', () => {
    const targets = modules
      .filter(({ path }) => path.startsWith('cli/'))
      .flatMap(({ files }) => files)
      .filter((target) => !target.startsWith('cli/'))
    expect(targets.filter((target) => target !== 'text/index.ts')).toEqual([])
  })

  it.each([
    ['text/hex.ts', 'node:buffer'],
    ['text/hex.ts', 'buffer'],
    ['config/keys.ts', 'smol-toml'],
    ['handshake/answer.ts', 'imagepuller-auth'],
    ['cli/main.ts', 'commander'],
    ['names/index.ts', 'constructor'],
  ])('would show %s importing %s', (path, name) => expect(mayImport(path, name)).toBe(false))
})

describe('files', () => {
  const DRAWERS = /(?:^|\/)(?:utils?|helpers|types|constants|common|misc|shared|lib)(?:\/|\.ts$)/

  it('have names of their own, no drawers', () => {
    expect(modules.map(({ path }) => path).filter((path) => DRAWERS.test(path))).toEqual([])
    expect(
      ['text/utils.ts', 'common/a.ts', 'types.ts'].filter((path) => !DRAWERS.test(path)),
    ).toEqual([])
  })

  it('are as small as their noun', () => {
    const long = modules
      .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)
      .filter((line) => Number(line.split(': ')[1]) > 300)
    expect(long).toEqual([])
  })

  const OPENING = /^(?:#!.*\n)?(?:\/\/ \S|\/\*\*\n(?: \*.*\n)*? \* @module\n)/
  it('open with a comment that says what they are for', () => {
    const silent = modules.filter(({ text }) => !OPENING.test(text))
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('of test/unit stand where their module does', () => {
    const tests = readdirSync(join(root, 'test/unit'), {
      encoding: 'utf8',
      recursive: true,
    }).filter((name) => name.endsWith('.test.ts'))
    const homeless = tests.filter((name) => {
      const [stem = ''] = name.split('.')
      return !existsSync(join(root, 'src', `${stem}.ts`))
    })
    expect(homeless).toEqual([])
    expect(tests.length).toBeGreaterThan(20)
  })
})
