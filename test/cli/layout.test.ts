// Which parts of the command line touch the process, files and foreign parsers.

import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = new URL('../../src/cli/', import.meta.url)
const files = readdirSync(root, { encoding: 'utf8', recursive: true }).filter((name) =>
  name.endsWith('.ts'),
)
const textOf = (name: string) => readFileSync(new URL(name, root), 'utf8')
const importsOf = (name: string) =>
  ts.preProcessFile(textOf(name)).importedFiles.map(({ fileName }) => fileName)

/** The files in which an identifier stands. */
function usersOf(...identifiers: string[]): string[] {
  return files.filter((name) => {
    const source = ts.createSourceFile(name, textOf(name), ts.ScriptTarget.ESNext)
    const find = (node: ts.Node): boolean =>
      (ts.isIdentifier(node) && identifiers.includes(node.text)) ||
      (ts.forEachChild(node, find) ?? false)
    return find(source)
  })
}

describe('the command line', () => {
  it('is begun by six lines, which alone know the process', () => {
    expect(textOf('bin.ts').trimEnd().split('\n')).toHaveLength(6)
    expect(usersOf('process', 'console', 'globalThis')).toEqual(['bin.ts'])
  })

  it('reads and writes files in io.ts alone', () => {
    const users = files.filter((name) => importsOf(name).some((path) => /^(node:)?fs/.test(path)))
    expect(users).toEqual(['io.ts'])
  })

  it('has a pure rendering: of Node, nothing, and of the rest the descriptions of commands', () => {
    for (const name of files.filter((path) => path.startsWith('render/'))) {
      const foreign = importsOf(name).filter((path) => !path.startsWith('./'))
      for (const path of foreign)
        expect(path, name).toMatch(
          /^imagepuller-auth|^\.\.\/description\.js$|^\.\.\/step\.js$|^\.\.\/\.\.\/text\/index\.js$/,
        )
    }
  })

  it('imports the entries by the name of the package, and of the folders text alone', () => {
    for (const name of files) {
      const depth = name.split('/').length
      const outside = '../'.repeat(depth)
      const foreign = importsOf(name).filter((path) => path.startsWith(outside))
      for (const path of foreign) expect(path, name).toBe(`${outside}text/index.js`)
    }
  })

  it('has the YAML parser only by an import that waits until there is some', () => {
    const users = files.filter((name) => importsOf(name).includes('yaml'))
    expect(users).toEqual(['input/manifests.ts', 'input/yaml.ts'])
    for (const name of users) {
      const values = textOf(name).match(/^import (?!type ).*'yaml'$/m)
      expect(values, name).toBeNull()
    }
  })
})
