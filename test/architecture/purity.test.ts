import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modules, root } from '../support/sources.js'

/** What the core may not hold, and which of both tells: the compiler, the lint rule, or each of them. */
const PLANTED = [
  {
    name: 'a module of Node',
    source:
      "import { readFileSync } from 'node:fs'\nexport const planted: unknown = readFileSync\n",
    tells: ['tsc', 'biome'],
  },
  {
    name: 'a module of Node by its short name',
    source: "import fs from 'fs'\nexport const planted: unknown = fs\n",
    tells: ['tsc', 'biome'],
  },
  { name: 'the process', source: 'export const planted: unknown = process.env\n', tells: ['tsc'] },
  {
    name: 'fetch',
    source: "export const planted: unknown = fetch('https://ghcr.io')\n",
    tells: ['tsc'],
  },
  { name: 'a buffer', source: "export const planted: unknown = Buffer.from('')\n", tells: ['tsc'] },
  {
    name: 'a clock that never goes back',
    source: 'export const planted: unknown = performance.now()\n',
    tells: ['tsc'],
  },
  {
    name: 'a timer',
    source: 'export const planted: unknown = setTimeout(() => undefined, 1)\n',
    tells: ['tsc'],
  },
  {
    name: 'the console',
    source: 'console.log(1)\nexport const planted: number = 1\n',
    tells: ['tsc', 'biome'],
  },
  {
    name: 'nothing that is forbidden',
    source: 'export const planted: number = new Date(0).getTime()\n',
    tells: [],
  },
].map((row, index) => ({ ...row, file: `planted-${index}.ts` }))

/** The core's own file of a folder that else needs Node's types: tsconfig.json names it. */
const KEYCHAIN = 'src/keychain/keychain.ts'

describe('the core', () => {
  const copy = mkdtempSync(join(tmpdir(), 'imagepuller-auth-purity-'))
  const outputs = new Map<string, string>()
  const run = (tool: string, ...args: readonly string[]) => {
    const program = join(root, 'node_modules', '.bin', tool)
    const { stdout, stderr } = spawnSync(program, args, { cwd: copy, encoding: 'utf8' })
    outputs.set(tool, stdout + stderr)
  }

  beforeAll(() => {
    mkdirSync(join(copy, 'src'))
    for (const file of ['tsconfig.json', 'package.json', 'src/platform.d.ts', KEYCHAIN]) {
      cpSync(join(root, file), join(copy, file))
    }
    for (const { file, source } of PLANTED) writeFileSync(join(copy, 'src', file), source)
    const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'))
    writeFileSync(join(copy, 'biome.json'), JSON.stringify({ ...config, vcs: undefined }))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    run('tsc', '-p', 'tsconfig.json', '--noEmit')
    run('biome', 'lint', '--error-on-warnings', '--max-diagnostics=none', '--colors=off', 'src')
  }, 60_000)
  afterAll(() => rmSync(copy, { recursive: true }))

  it.each(PLANTED)('may hold $name: told by $tells', ({ file, tells }) => {
    const telling = [...outputs].filter(([, output]) => output.includes(`src/${file}`))
    expect(telling.map(([tool]) => tool)).toEqual(tells)
  })

  const CLOCK_OR_CHANCE = /\bDate\.now\b|\bnew Date\(\)|\bDate\(\)|\bMath\.random\b/
  it('reads no clock and no chance', () => {
    const core = modules.filter(({ path }) => !/^(?:cli|keychain)(?:\/|\.ts$)/.test(path))
    // Their examples, in comments, read the clock.
    const reading = core.filter(({ text }) =>
      CLOCK_OR_CHANCE.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, '')),
    )
    expect(reading.map(({ path }) => path)).toEqual([])
    const planted = ['Date.now()', 'new Date()', 'Math.random()']
    expect(planted.filter((source) => !CLOCK_OR_CHANCE.test(source))).toEqual([])
  })
})

describe('a polluted prototype', () => {
  /** Each `in`, of which `#private in object` asks no prototype, and each `for…in`. */
  const asking = (text: string): string[] => {
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      const isIn =
        ts.isBinaryExpression(node) &&
        node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
        !ts.isPrivateIdentifier(node.left)
      if (isIn || ts.isForInStatement(node)) found.push(node.getText())
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest, true))
    return found
  }

  it('is never asked what an object has', () => {
    expect(
      modules.flatMap(({ path, text }) => asking(text).map((one) => `${path}: ${one}`)),
    ).toEqual([])
    const planted = ["'kind' in value", 'for (const key in value) key']
    expect(planted.flatMap(asking)).toEqual(planted)
    expect(asking('class A { #b; c = (d) => #b in d }')).toEqual([])
  })
})

it('makes no expression with a property of Unicode until it is asked for one', () => {
  const eager = modules.filter(
    ({ path, text }) => !path.startsWith('cli/') && /^[^`]*\\p\{/m.test(text),
  )
  expect(eager.map(({ path }) => path)).toEqual([])
})
