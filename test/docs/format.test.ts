import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXTRA_ENV_ROWS, RULE_ROWS, rowsOf } from '../../src/config/keys.js'
import { createResolver, parseConfig } from '../../src/index.js'
import { lintConfig } from '../../src/lint.js'
import { withPems } from '../support/lint.js'
import { membersOfInterface } from '../support/unions.js'

const page = readFileSync(new URL('../../docs/format.md', import.meta.url), 'utf8')

const rowsBelow = (text: string) =>
  [...text.matchAll(/^\| (`[^|]+`) \| ([^|]+) \| (.+) \|$/gm)].map(([, ...cells]) => cells)

it('the page of the format has the key table, word by word', () => {
  const want = [
    ...rowsOf(EXTRA_ENV_ROWS).map(([, row]) => ['extra-env.', row] as const),
    ...rowsOf(RULE_ROWS).map(([, row]) => ['registries."NAME".', row] as const),
  ].map(([prefix, { key, type, meaning }]) => [`\`${prefix}${key}\``, type, meaning])
  const [, section = ''] = page.split('## The keys\n')
  expect(rowsBelow(section.split('\n## ')[0] ?? '')).toEqual(want)
})

it('the page of the format has a file that does what its comments say', () => {
  const [, example = ''] = /```toml\n(.*?)```/s.exec(page) ?? []
  const document = withPems(example)
  const severities = lintConfig(document, { now: Date.UTC(2026, 5, 1) }).map(
    ({ severity }) => severity,
  )
  expect(new Set(severities)).toEqual(new Set(['info']))
  const resolver = createResolver(parseConfig(document))
  const decided = (image: string) => {
    const { tls, credentials, endpoint, proxy } = resolver.resolve(image)
    return [tls.kind, credentials.kind, endpoint.kind, proxy.kind].join(' ')
  }
  expect(decided('registry.corp/team/app:1')).toBe('ca-bundle basic registry direct')
  expect(decided('ghcr.io/acme/app:1')).toBe('web-pki basic registry proxy')
  expect(decided('nginx:1')).toBe('web-pki anonymous mirror direct')
  expect(decided('quay.io/x')).toBe('deny-all anonymous registry proxy')
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
