import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { modules, readModule, root } from '../support/sources.js'

/** What the JavaScript of each module imports: its types are gone. */
const loaded = new Map(
  modules.map(({ path, text }) => {
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2022,
        verbatimModuleSyntax: true,
      },
    })
    return [path, readModule(path, outputText)]
  }),
)

/** The packages in everything that a module loads, itself included. */
function packagesBehind(path: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(path)) return new Set()
  seen.add(path)
  const module = loaded.get(path)
  const packages = new Set(module?.packages)
  for (const target of module?.files ?? []) {
    for (const name of packagesBehind(target, seen)) packages.add(name)
  }
  return packages
}

const VALIBOT = 'valibot'
const TOML = 'smol-toml'
const SHA_2 = '@noble/hashes/sha2.js'
const NODE = ['node:child_process', 'node:fs', 'node:fs/promises', 'node:path']

it.each([
  ['index.ts', [SHA_2, TOML, VALIBOT]],
  ['image-reference.ts', []],
  ['proxy.ts', []],
  ['handshake.ts', [VALIBOT]],
  ['transport.ts', [SHA_2, VALIBOT]],
  ['docker-config.ts', [VALIBOT]],
  ['write.ts', [SHA_2, TOML, VALIBOT]],
  ['puller.ts', [SHA_2, TOML, VALIBOT]],
  ['fetch.ts', [SHA_2, TOML, VALIBOT]],
  ['keychain.ts', [...NODE, VALIBOT]],
  ['explain.ts', [SHA_2, TOML, VALIBOT]],
  ['certificates.ts', [SHA_2, '@peculiar/x509', 'reflect-metadata', VALIBOT]],
  ['audit.ts', [SHA_2, TOML, VALIBOT]],
  ['lint.ts', [SHA_2, TOML, VALIBOT]],
])('%s loads the packages %j', (entry, packages) => {
  expect([...packagesBehind(entry)].sort()).toEqual(packages)
})

it('each entry stands in README.md', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const named = [...readme.matchAll(/^\| `(imagepuller-auth[a-z/-]*)`/gm)].map(([, name]) => name)
  const entries = Object.entries(packageJson.exports).filter(
    ([, entry]) => typeof entry !== 'string',
  )
  expect(named.sort()).toEqual(
    entries.map(([path]) => path.replace('.', 'imagepuller-auth')).sort(),
  )
})
