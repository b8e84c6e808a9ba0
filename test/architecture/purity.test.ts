import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tool = (name: string) => join(root, 'node_modules', '.bin', name)
const core = readdirSync(join(root, 'src'), { encoding: 'utf8', recursive: true }).filter(
  (name) => name.endsWith('.ts') && name !== 'cli.ts',
)
/** Code without its comments, whose examples read the clock and import the package. */
const codeOf = (path: string) =>
  readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '')
const sourceOf = (name: string) => codeOf(join(root, 'src', name))

describe('the core', () => {
  const copy = mkdtempSync(join(tmpdir(), 'imagepuller-auth-purity-'))
  const check = (source: string) => {
    writeFileSync(join(copy, 'src', 'planted.ts'), source)
    const types = spawnSync(tool('tsc'), ['-p', 'tsconfig.json', '--noEmit'], { cwd: copy })
    const lint = spawnSync(tool('biome'), ['lint', '--error-on-warnings', 'src/planted.ts'], {
      cwd: copy,
    })
    return types.status === 0 && lint.status === 0
  }
  beforeAll(() => {
    cpSync(join(root, 'src'), join(copy, 'src'), { recursive: true })
    for (const file of ['tsconfig.json', 'package.json']) cpSync(join(root, file), join(copy, file))
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
    writeFileSync(join(copy, 'biome.json'), JSON.stringify({ ...config, vcs: undefined }))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  })
  afterAll(() => rmSync(copy, { recursive: true }))

  it('passes its own checks', () => {
    expect(check('export const planted: number = new Date(0).getTime()\n')).toBe(true)
  }, 60_000)

  it.each([
    "import { readFileSync } from 'node:fs'\nexport const planted: unknown = readFileSync\n",
    "import fs from 'fs'\nexport const planted: unknown = fs\n",
    'export const planted: unknown = process.env\n',
    "export const planted: unknown = fetch('https://ghcr.io')\n",
    "export const planted: unknown = Buffer.from('')\n",
    'export const planted: unknown = performance.now()\n',
    'export const planted: unknown = setTimeout(() => undefined, 1)\n',
    'console.log(1)\nexport const planted: number = 1\n',
  ])('may not hold %j', (source) => expect(check(source)).toBe(false), 60_000)

  const readsClock = (source: string) =>
    /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bMath\.random\b/.test(source)
  it('reads no clock and no chance', () => {
    expect(core.filter((name) => readsClock(sourceOf(name)))).toEqual([])
    expect(['Date.now()', 'new Date()', 'Math.random()'].filter(readsClock)).toHaveLength(3)
  })
})

describe('the layout', () => {
  const importsOf = (name: string) =>
    [...sourceOf(name).matchAll(/^(?:import|export) (?:[^']*? from )?'([^']+)'/gm)].map(
      (m) => m[1] ?? '',
    )

  it.each([
    ['smol-toml', ['config.ts', 'write/document.ts']],
    ['valibot', ['config.ts', 'docker-config/parse.ts']],
    ['@peculiar/x509', ['ca-bundle.ts']],
    ['reflect-metadata', ['ca-bundle.ts', 'reflect.ts']],
    ['sha256-uint8array', ['ca-bundle.ts']],
  ])('imports %s in %j alone', (dependency, files) => {
    expect(core.filter((name) => importsOf(name).includes(dependency))).toEqual(files)
  })

  it('has arrows that go one way', () => {
    const reachable = (from: string, seen = new Set<string>()): Set<string> => {
      for (const target of importsOf(from)) {
        const file = target.startsWith('.')
          ? normalize(join(dirname(from), target)).replace(/\.js$/, '.ts')
          : undefined
        if (file === undefined || seen.has(file)) continue
        seen.add(file)
        reachable(file, seen)
      }
      return seen
    }
    for (const name of core) {
      if (name.endsWith('.d.ts')) continue
      const targets = reachable(name)
      expect(targets.has(name), `${name} reaches itself`).toBe(false)
    }
  })

  it('shows no type of a dependency in its declarations', () => {
    const dist = join(root, 'dist')
    const declarations = readdirSync(dist, { encoding: 'utf8', recursive: true }).filter((name) =>
      name.endsWith('.d.ts'),
    )
    expect(declarations.length).toBeGreaterThan(10)
    for (const name of declarations) {
      const text = codeOf(join(dist, name)).replace(/^import 'reflect-metadata';$/m, '')
      expect(text, name).not.toMatch(/from '(?!\.)|import\('(?!\.)/)
    }
  })
})
