import { describe, expect, it } from 'vitest'
import type { ConfigFinding } from '../../../src/findings.js'
import { issuesOf } from '../../support/config-issues.js'

describe("an error that is not smol-toml's own", () => {
  it('becomes an issue too', () => {
    // smol-toml defines `__proto__` with a descriptor, to which the prototype adds a broken getter.
    let issues: readonly ConfigFinding[] = []
    Object.defineProperty(Object.prototype, 'get', { value: 1, configurable: true, writable: true })
    try {
      issues = issuesOf('__proto__ = 1')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'get')
    }
    expect(issues).toMatchObject([{ code: 'invalid-toml', place: { line: 1, column: 1 } }])
  })
})
