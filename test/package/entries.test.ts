import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, inject, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const user = inject('installed')
const folder = join(user, 'node_modules', 'imagepuller-auth')
const require = createRequire(join(user, 'index.js'))
const names = Object.entries(packageJson.exports)
  .filter(([, entry]) => typeof entry !== 'string')
  .map(([path]) => path.replace('.', 'imagepuller-auth'))

/** The files and the packages that a file of the package loads, at once or later. */
function loadedBy(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(relative(folder, file))) return seen
  seen.add(relative(folder, file))
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles) {
    if (fileName.startsWith('.')) loadedBy(join(dirname(file), fileName), seen)
    else seen.add(fileName)
  }
  return seen
}
const packagesOf = (name: string) =>
  [...loadedBy(require.resolve(name))].filter((loaded) => !loaded.startsWith('dist/')).sort()

const VALIBOT = 'valibot'
const TOML = 'smol-toml'
const SHA_2 = '@noble/hashes/sha2.js'
const NODE = ['node:child_process', 'node:fs', 'node:fs/promises', 'node:path']
const X509 = ['@peculiar/x509', 'reflect-metadata']
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'imagepuller-auth': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/image-reference': [],
  'imagepuller-auth/proxy': [],
  'imagepuller-auth/handshake': [VALIBOT],
  'imagepuller-auth/transport': [SHA_2, VALIBOT],
  'imagepuller-auth/docker-config': [VALIBOT],
  'imagepuller-auth/write': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/puller': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/fetch': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/keychain': [...NODE, VALIBOT],
  'imagepuller-auth/explain': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/audit': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/lint': [SHA_2, TOML, VALIBOT],
  'imagepuller-auth/certificates': [SHA_2, ...X509, VALIBOT],
}

/** What a process has to say of itself before and after it imports an entry. */
function importing(name: string): { readonly added: readonly string[]; readonly printed: string } {
  const code = `
    const seen = () => ['globalThis', 'Reflect', 'Object', 'Object.prototype', 'Array.prototype', 'process.env']
      .flatMap((path) => Reflect.ownKeys(eval(path)).map((key) => path + '.' + String(key)))
    const before = new Set(seen())
    const listening = process.eventNames().length
    await import(${JSON.stringify(name)})
    const added = seen().filter((key) => !before.has(key))
    const listeners = process.eventNames().length - listening
    process.stdout.write('|' + JSON.stringify({ added, status: process.exitCode ?? null, listeners }))`
  const printed = execFileSync(
    process.execPath,
    ['--trace-warnings', '--input-type=module', '--eval', code],
    { cwd: user, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const [first = '', last = '{}'] = printed.split('|')
  const { added, ...others } = JSON.parse(last)
  expect(others).toEqual({ status: null, listeners: 0 })
  return { added, printed: first }
}

describe.each(names)('%s', (name) => {
  it('loads the packages that it needs, and no other', () => {
    expect(packagesOf(name)).toEqual(PACKAGES[name])
  })

  it('prints nothing, sets no status and leaves the globals alone', () => {
    const { added, printed } = importing(name)
    expect(printed).toBe('')
    const isAllowed = (key: string) =>
      name === 'imagepuller-auth/certificates' &&
      // The polyfill of @peculiar/x509, and the helpers of tslib, as the entry's page says.
      (key.startsWith('Reflect.') || key.startsWith('globalThis.__'))
    expect(added.filter((key) => !isAllowed(key))).toEqual([])
  })
})

it('would see what an entry adds and prints', () => {
  const code = `data:text/javascript,${encodeURIComponent("globalThis.planted = Reflect.planted = 1; process.stdout.write('hello')")}`
  expect(importing(code)).toEqual({
    added: ['globalThis.planted', 'Reflect.planted'],
    printed: 'hello',
  })
})

it('has one Secret for all entries', () => {
  const code = `
    const classes = new Set()
    for (const name of ${JSON.stringify(names)}) {
      const { Secret } = await import(name)
      if (Secret) classes.add(Secret)
    }
    process.stdout.write(String(classes.size))`
  const args = ['--input-type=module', '--eval', code]
  expect(execFileSync(process.execPath, args, { cwd: user, encoding: 'utf8' })).toBe('1')
})

it('names in package.json what a tool may not leave out', () => {
  expect(packageJson.sideEffects).toEqual(['./dist/certificates.js', './dist/cli.js'])
})
