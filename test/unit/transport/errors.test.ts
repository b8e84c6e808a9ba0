import { describe, expect, it } from 'vitest'
import { TrustDeniedError, UnsupportedDecisionError } from '../../../src/transport/errors.js'

describe('TrustDeniedError', () => {
  it('has the code of its class, and an issue with its own', () => {
    const error = new TrustDeniedError()
    expect([error.name, error.code, error.issue.code]).toEqual([
      'TrustDeniedError',
      'ERR_TRUST_DENIED',
      'deny-all',
    ])
    expect(error.message).toBe(`${error.issue.message}; ${error.issue.help}`)
    expect(Object.isFrozen(error.issue)).toBe(true)
    expect(error.cause).toBeUndefined()
  })
})

describe('UnsupportedDecisionError', () => {
  it('has the code of its class, and an issue with its own', () => {
    const error = new UnsupportedDecisionError('proxy-scheme', 'that is so', 'do this')
    expect([error.name, error.code, error.message]).toEqual([
      'UnsupportedDecisionError',
      'ERR_DECISION_UNSUPPORTED',
      'that is so; do this',
    ])
    expect(error.issue).toEqual({ code: 'proxy-scheme', message: 'that is so', help: 'do this' })
    expect(Object.isFrozen(error.issue)).toBe(true)
  })
})
