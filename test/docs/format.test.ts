import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf } from '../../src/config/keys.js'
import { membersOfInterface } from '../support/unions.js'

const page = readFileSync(new URL('../../docs/format.md', import.meta.url), 'utf8')

const rowsBelow = (text: string) =>
  [...text.matchAll(/^\| (`[^|]+`) \| ([^|]+) \| (.+) \|$/gm)].map(([, ...cells]) => cells)

it('the page of the format has the key table, word by word', () => {
  const want = [
    ...rowsOf(EXTRA_ENV_ROWS).map(([, row]) => ['extra-env.', row] as const),
    ...rowsOf(RULE_ROWS).map(([, row]) => ['registries."NAME".', row] as const),
  ].map(([prefix, { key, type, meaning }]) => [`\`${prefix}${key}\``, type, meaning])
  expect(rowsBelow(page.split('\n## ')[0] ?? '')).toEqual(want)
})

it('the page of the format has every option', () => {
  const [, section = ''] = page.split('## Options of `parseConfig`\n')
  const options = membersOfInterface('src/config/parse-config.ts', 'ParseConfigOptions')
  expect(rowsBelow(section).map(([name]) => name)).toEqual(options.map((name) => `\`${name}\``))
})

it('the page of the format names the Secret', () => {
  for (const name of [
    'contrast-node-installer-imagepuller-config',
    'kube-system',
    'contrast-imagepuller.toml',
  ]) {
    expect(page).toContain(`\`${name}\``)
  }
})
