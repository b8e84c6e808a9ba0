import { expect, it } from 'vitest'
import { readWrittenName } from '../../../src/explain/written-name.js'

it.each([
  ['ghcr.io.', undefined, 'ghcr.io.', ''],
  ['https://ghcr.io', 'scheme', 'ghcr.io', ''],
  ['https://ghcr.io:443/v2/', 'scheme', 'ghcr.io', 'v2/'],
  ['https://u:p/w@ghcr.io/v2', 'scheme', 'ghcr.io', 'v2'],
  ['u@ghcr.io', undefined, 'u@ghcr.io', ''],
  ['ghcr.io/acme', 'path', 'ghcr.io', 'acme'],
  ['*.corp', 'wildcard', '.corp', ''],
  ['*.', 'wildcard', '.', ''],
  ['*', 'wildcard', '.', ''],
  ['*.corp:5000', 'wildcard', '.corp', ''],
  ['r*.corp', undefined, 'r*.corp', ''],
  ['registry.corp:5000', 'port', 'registry.corp', ''],
  ['registry.corp:5000.', 'port', 'registry.corp', ''],
  ['registry.corp:http', undefined, 'registry.corp:http', ''],
  ['registry.corp:1234567', undefined, 'registry.corp:1234567', ''],
  [':5000', undefined, ':5000', ''],
  ['', undefined, '', ''],
])('%j has the fault %s and is meant as %j', (name, fault, host, path) => {
  expect(readWrittenName(name)).toEqual({ fault, host, path })
})
