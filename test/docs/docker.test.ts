import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDockerConfig } from '../../src/docker-config.js'
import { fromDockerConfig } from '../../src/write.js'

const textOf = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const page = textOf('docs/docker.md')

/** The rows of the table with that head, as cells. */
function rowsUnder(head: string): readonly (readonly string[])[] {
  const table = page.slice(page.indexOf(`| ${head} |`)).split('\n\n')[0] ?? ''
  const rows = table.split('\n').slice(2)
  return rows.map((row) => row.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
}
const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

describe('the tables of docs/docker.md', () => {
  it.each([
    ['code of an error', 'src/docker-config/errors.ts', 'DockerConfigCode'],
    ['code of a near miss', 'src/docker-config/spelling.ts', 'NearMissCode'],
    ['code', 'src/write/notes.ts', 'ConversionNoteCode'],
  ])('have each %s', (head, path, name) => {
    const [, union = ''] =
      new RegExp(`type ${name} =([^\\n]*\\n(?:  \\| .*\\n)+)`).exec(textOf(path)) ?? []
    const codes = [...union.matchAll(/'([^']+)'/g)].map(([, code = '']) => code)
    expect(codes.length).toBeGreaterThan(5)
    const listed = rowsUnder(head).flatMap(([cell = '']) => codesIn(cell))
    expect([...new Set(listed)].sort()).toEqual(codes.sort())
  })

  it('have the severity of each note', () => {
    const file = {
      auths: {
        'a.io': { auth: 'dTpw', registrytoken: 't' },
        'x.a.io': {},
        'a.io/b': { auth: 'dTpw' },
        'u@a.io': { auth: 'dTpw' },
        'a.io:5': { auth: 'dTpw' },
        '10.0.0.1': { auth: 'dTpw' },
        '.a.io': { auth: 'dTpw' },
        '*.a.io': { auth: 'dTpw' },
        'A.io': { auth: 'dTpw' },
        'https://a.io': { auth: 'dTpw' },
        'b.io': { auth: '!' },
        'c.io': { username: 'u', password: 'p' },
      },
      Auths: { 'd.io': { auth: 'dTpw' } },
      credHelpers: { 'e.io': 'pass' },
    }
    const { notes } = fromDockerConfig(parseDockerConfig(JSON.stringify(file)))
    const severities = new Map(
      rowsUnder('code').flatMap(([codes = '', severity = '']) =>
        codesIn(codes).map((code) => [code, severity] as const),
      ),
    )
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(severities.keys()))
    for (const { code, severity } of notes)
      expect([code, severity]).toEqual([code, severities.get(code)])
  })
})
