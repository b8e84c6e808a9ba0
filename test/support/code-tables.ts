/** Tables of codes on the pages of the docs, and the sentences that they have for each. */

import { readFileSync } from 'node:fs'

/** The text of a page. */
export const pageOf = (path: string): string =>
  readFileSync(new URL(`../../docs/${path}.md`, import.meta.url), 'utf8')

/** The rows of the table whose header begins so, and which has that code: cells without padding. */
export function rowsOf(page: string, header: string, code: string): string[][] {
  const tables = pageOf(page).split(/\n(?!\|)/)
  const found = tables.filter((table) => {
    return table.startsWith(`\n| ${header} |`) || table.startsWith(`| ${header} |`)
  })
  const table = found.find((one) => one.includes(`\n| \`${code}\``))
  if (table === undefined) throw new Error(`docs/${page}.md has no table ${header} with ${code}`)
  const [, , ...rows] = table.trim().split('\n')
  return rows.map((row) => {
    return row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'))
  })
}

/** The code of a cell, without its quotes. */
export const codeIn = (cell = ''): string => cell.replaceAll('`', '')

/** Whether a sentence is the one of a cell, where `…` stands for what is put into it. */
export function isSentence(cell: string, message: string): boolean {
  const parts = cell.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(message)
}
