import { readdirSync, readFileSync } from 'node:fs'
import * as http from 'node:http'
import * as https from 'node:https'
import { format } from 'node:util'
import ts from 'typescript'
import * as undici from 'undici'
import { describe, expect, it } from 'vitest'
import * as audit from '../../src/audit.js'
import * as certificates from '../../src/certificates.js'
import * as dockerConfig from '../../src/docker-config.js'
import * as explanations from '../../src/explain.js'
import * as fetchEntry from '../../src/fetch.js'
import * as api from '../../src/index.js'
import * as keychain from '../../src/keychain.js'
import * as lint from '../../src/lint.js'
import * as proxy from '../../src/proxy.js'
import * as puller from '../../src/puller.js'
import * as node from '../../src/transport.js'
import * as write from '../../src/write.js'

const root = new URL('../..', import.meta.url)
const MODULES: Readonly<Record<string, unknown>> = {
  'imagepuller-auth': api,
  'imagepuller-auth/transport': node,
  'imagepuller-auth/audit': audit,
  'imagepuller-auth/certificates': certificates,
  'imagepuller-auth/fetch': fetchEntry,
  'imagepuller-auth/keychain': keychain,
  'node:http': http,
  'node:https': https,
  undici,
  'imagepuller-auth/docker-config': dockerConfig,
  'imagepuller-auth/explain': explanations,
  'imagepuller-auth/lint': lint,
  'imagepuller-auth/proxy': proxy,
  'imagepuller-auth/puller': puller,
  'imagepuller-auth/write': write,
}

interface Example {
  readonly place: string
  readonly code: string
}

/** The TypeScript blocks of a text, without the asterisks of a docstring. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(new URL(file, root), 'utf8')
  return [...text.matchAll(/^( \* )?```ts\n(.*?)^(?: \* )?```/gms)].map(([, mark, block = '']) => ({
    place: `${file}:${text.slice(0, text.indexOf(block)).split('\n').length}`,
    code: mark ? block.replace(/^ \* ?/gm, '') : block,
  }))
}

/** What the comments behind, or below, the lines with console.log say. */
function expected(code: string): string[] {
  const lines = code.split('\n')
  return lines.flatMap((line, i) => {
    if (!line.includes('console.log(')) return []
    const below = lines[i + 1] ?? ''
    const comment = /\) \/\/ (.*)$/.exec(line)?.[1] ?? /^\s*\/\/ (.*)$/.exec(below)?.[1]
    return [comment ?? `${line}: an output in a comment`]
  })
}

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as FunctionConstructor

/** Examples may await at their top. */
async function run(code: string): Promise<string[]> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 }
  const { outputText } = ts.transpileModule(code, { compilerOptions })
  const printed: string[] = []
  const console = { log: (...values: unknown[]) => printed.push(format(...values)), warn: () => {} }
  const require = (name: string) => MODULES[name]
  await new AsyncFunction('exports', 'require', 'console', outputText)({}, require, console)
  return printed
}

const sources = readdirSync(new URL('src', root), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name}`)
const pages = [
  'README.md',
  'SECURITY.md',
  'docs/audit.md',
  'docs/certificates.md',
  'docs/resolution.md',
  'docs/docker.md',
  'docs/explain.md',
  'docs/fetch.md',
  'docs/format.md',
  'docs/keychain.md',
  'docs/proxy.md',
  'docs/puller.md',
  'docs/runtimes.md',
]
// Its first one is a function, which test/api/handshake.test.ts runs.
const [, ...steps] = examplesIn('docs/handshake.md')
const examples = [...[...sources, ...pages].flatMap(examplesIn), ...steps]

describe('examples', () => {
  it.each(examples)('$place prints what its comments say', async ({ code }) => {
    const want = expected(code)
    expect(want.length).toBeGreaterThan(0)
    expect(await run(code)).toEqual(want)
  })

  it('are in every function and class of the public API', () => {
    const entries = [
      api,
      audit,
      certificates,
      dockerConfig,
      explanations,
      lint,
      node,
      proxy,
      puller,
      write,
    ]
    const values = entries
      .flatMap(Object.entries)
      .filter(([, value]) => typeof value === 'function')
    const unshown = values
      .map(([name]) => name)
      .filter((name) => !name.endsWith('Error'))
      .filter((name) => !examples.some(({ code }) => code.includes(name)))
    expect(values.length).toBeGreaterThan(20)
    expect(unshown).toEqual([])
  })
})

describe('the example puller', () => {
  it('has 250 lines of code or less', () => {
    const folder = new URL('docs/examples/puller/', root)
    const lines = readdirSync(folder).flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8').split('\n'),
    )
    // Neither blank nor a comment.
    const code = lines.filter((line) => /^\s*(?!\/\/|\/\*|\*|\s)./.test(line))
    expect(code.length).toBeGreaterThan(100)
    expect(code.length).toBeLessThanOrEqual(250)
  })
})

describe('docs/resolution.md', () => {
  it('has references that are refused, and leaves the codes to docs/findings.md', () => {
    const page = readFileSync(new URL('docs/resolution.md', root), 'utf8')
    const [, section = ''] = page.split('## Image references that are refused\n')
    const [own = ''] = section.split('\n## ')
    const rows = [...own.matchAll(/^\| `([^`]+)` \|/gm)].map(([, reference = '']) => reference)
    expect(rows.length).toBeGreaterThan(3)
    for (const row of rows)
      expect(() => api.parseImageReference(row), row).toThrow(api.ImageReferenceError)
    expect(own).toContain('(findings.md#image-references)')
  })
})
