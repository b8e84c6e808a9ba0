import { expect, it } from 'vitest'
import { frozen } from '../../../src/explain/frozen.js'

it('freezes all that is in a value, and passes over what is frozen', () => {
  const inner = Object.freeze({ a: 1 })
  const value = frozen({ list: [{ b: null }], inner, text: 'c' })
  expect([value, value.list, value.list[0], value.inner].every(Object.isFrozen)).toBe(true)
  expect(frozen('a')).toBe('a')
})
