import { describe, expect, it } from 'vitest'
import { expectedError } from '../../src/expected-error.js'

class Expected extends Error {}

class Narrower extends Expected {}

describe('expectedError', () => {
  it.each([new Expected(), new Narrower()])('gives an error of the class', (error) => {
    expect(expectedError(error, Expected)).toBe(error)
  })

  it.each([new RangeError('a fault'), new Error(), 'a text', undefined])(
    'lets anything else go on',
    (error) => {
      let caught: unknown
      try {
        expectedError(error, Expected)
      } catch (thrown) {
        caught = { thrown }
      }
      expect(caught).toEqual({ thrown: error })
      expect((caught as { thrown: unknown }).thrown).toBe(error)
    },
  )
})
