import { describe, expect, it } from 'vitest'
import { expectedError, Failure, Misuse } from '../../../src/cli/failure.js'

describe('expectedError', () => {
  it('gives an error of the class, or of one below', () => {
    const error = new Misuse('expected a command')
    expect(expectedError(error, Failure)).toBe(error)
    expect(error.status).toBe(2)
  })

  it.each([new TypeError('a fault'), 'a text', undefined])('throws %s on', (fault) => {
    let thrown: unknown = 'nothing'
    try {
      expectedError(fault, Failure)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBe(fault)
  })
})
