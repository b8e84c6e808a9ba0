import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, inject, it } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }

const user = inject('installed')
const folder = join(user, 'node_modules', 'imagepuller-auth')
const files = readdirSync(folder, { encoding: 'utf8', recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
  .sort()
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const run = (program: string, args: readonly string[]) =>
  execFileSync(program, args, { cwd: user, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

it('works when it is installed and imported as a user would', () => {
  writeFileSync(
    join(user, 'user.js'),
    `import { createResolver, parseConfig, parseCaBundle } from 'imagepuller-auth'
import { denyingTlsOptions, tlsOptions } from 'imagepuller-auth/transport'
const config = parseConfig('[registries."."]\\nca-certs = ""')
const resolution = createResolver(config).resolve('nginx')
console.log(resolution.tls.kind, resolution.schemes.length, parseCaBundle('').certificates.length)
const refusal = (() => { try { tlsOptions(resolution) } catch (error) { return error.code } })()
console.log(refusal, denyingTlsOptions().ca.length)
import { findCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
console.log(findCredentials(parseDockerConfig('{}'), 'ghcr.io').kind)
import { stringifyConfig } from 'imagepuller-auth/write'
console.log(stringifyConfig(config, { revealSecrets: true }).split('\\n')[0])
import schema from 'imagepuller-auth/schema.json' with { type: 'json' }
console.log(schema.type)
`,
  )
  expect(run(process.execPath, ['user.js'])).toBe(
    'deny-all 0 0\nERR_TRUST_DENIED 1\nnone\n[registries."."]\nobject\n',
  )
})

it('has a command line', () => {
  writeFileSync(join(user, 'config.toml'), '')
  const program = join(user, 'node_modules', '.bin', 'imagepuller-auth')
  expect(run(program, ['resolve', 'config.toml', 'nginx'])).toMatch(/^ {2}trust +web-pki/m)
})

/** What a page links to, of the package: a file, or all files of a folder. */
function linkedFrom(page: string): readonly string[] {
  const links = [...read(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
  return links.flatMap(([, link = '']) => {
    const target = normalize(join(dirname(page), link))
    const found = files.filter((name) => name === target || name.startsWith(`${target}/`))
    expect(found, `${page} links to ${link}`).not.toEqual([])
    return found
  })
}

it('holds what was built, and what the README leads to', () => {
  const others = files.filter((name) => !name.startsWith('dist/'))
  const reached = new Set(['README.md'])
  for (const name of reached) {
    for (const target of name.endsWith('.md') ? linkedFrom(name) : []) reached.add(target)
  }
  expect(others.sort()).toEqual(
    [...new Set(['CHANGELOG.md', 'LICENSE', 'package.json', ...reached])].sort(),
  )
  expect(reached.size).toBeGreaterThan(20)
})

const entries = Object.values(packageJson.exports).flatMap((entry) =>
  typeof entry === 'string' ? [] : [entry],
)

it('holds of its code the entries, their chunks, their maps and their declarations', () => {
  const built = files.filter((name) => name.startsWith('dist/'))
  const code = built.filter((name) => name.endsWith('.js'))
  expect(built.filter((name) => !/\.(?:js|js\.map|d\.ts)$/.test(name))).toEqual([])
  expect(built.filter((name) => name.endsWith('.d.ts') !== name.startsWith('dist/types/'))).toEqual(
    [],
  )
  const named = [
    ...entries.map((entry) => entry.default.slice(2)),
    packageJson.bin['imagepuller-auth'],
  ]
  expect(code.filter((name) => !name.startsWith('dist/chunks/')).sort()).toEqual(named.sort())
  for (const { types } of entries) expect(built).toContain(types.slice(2))
  // An entry that only hands on what its chunks hold has no code of its own, thus no map.
  const mapped = code.filter((name) => /^\/\/# sourceMappingURL=/m.test(read(name)))
  expect(mapped.length).toBeGreaterThan(5)
  for (const name of mapped) expect(built).toContain(`${name}.map`)
})

it('has source maps with their sources', () => {
  for (const name of files.filter((candidate) => candidate.endsWith('.js.map'))) {
    const { sources, sourcesContent } = JSON.parse(read(name))
    expect(sourcesContent, name).toHaveLength(sources.length)
    expect(sourcesContent.every((text: unknown) => typeof text === 'string' && text !== '')).toBe(
      true,
    )
  }
})

it('is not minified', () => {
  const code = files
    .filter((name) => name.endsWith('.js'))
    .map(read)
    .join('\n')
  expect(code).toContain('\nfunction parseImageReference(')
  expect(code).toMatch(/^ *\/\*\*$/m)
})

it('shows no type of a dependency in its API', () => {
  const reports = readdirSync(new URL('../../docs/api-report', import.meta.url))
  expect(reports).toHaveLength(entries.length)
  for (const name of reports) {
    const report = readFileSync(new URL(`../../docs/api-report/${name}`, import.meta.url), 'utf8')
    expect(report, name).not.toMatch(/from '(?!\.)|import\('(?!\.)|<reference/)
  }
})
