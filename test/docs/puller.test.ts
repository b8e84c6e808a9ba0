import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PULLER_SENTENCES } from '../../src/puller/index.js'

const page = readFileSync(new URL('../../docs/puller.md', import.meta.url), 'utf8')

it('docs/puller.md has each code with its severity and its sentences, word by word', () => {
  const listed = [...page.matchAll(/^\| `puller-.*$/gm)].map(([row]) => row)
  const wanted = Object.entries(PULLER_SENTENCES).map(
    ([code, { severity, message, help = '' }]) =>
      `| \`${code}\` | ${severity} | ${message} | ${help} |`,
  )
  expect(listed).toEqual(wanted)
  expect(listed.length).toBeGreaterThan(10)
})
