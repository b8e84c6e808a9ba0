// The table of renamings names what is there now, and not what was there before.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('CHANGELOG.md', root), 'utf8')
const [, latest = ''] = page.split(/^## /m)
const [, table = ''] = latest.split('### Renamed')
const rows = [...table.matchAll(/^\| (.*?) +\| (.*?) +\|$/gm)]
  .map(([, before = '', after = '']) => ({ before, after }))
  .slice(2)

const reports = readdirSync(new URL('docs/api-report', root)).map((name) =>
  readFileSync(new URL(`docs/api-report/${name}`, root), 'utf8'),
)

/** Whole words in code that can only be names of the API: types, and functions of several words. */
const namesIn = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)]
    .flatMap(([, code = '']) => code.split(/[^\w]+/))
    .filter((word) => /^(?:[A-Z]\w+[a-z]\w*|[a-z]+[A-Z]\w+)$/.test(word))

const isInApi = (name: string) => reports.some((report) => new RegExp(`\\b${name}\\b`).test(report))

describe('CHANGELOG.md', () => {
  it('has renamings', () => expect(rows.length).toBeGreaterThan(20))

  it.each(rows)('$before: $after is there', ({ after }) => {
    expect(namesIn(after).filter((name) => !isInApi(name))).toEqual([])
  })

  it('lists only commands that are there', () => {
    const [, listed = ''] = /^- The commands (`[\s\S]*?)\. /m.exec(latest) ?? []
    const names = [...listed.matchAll(/`([a-z]+)`/g)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(3)
    expect(names.filter((name) => !COMMANDS.has(name ?? ''))).toEqual([])
  })
})
