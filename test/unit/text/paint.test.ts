import { expect, it } from 'vitest'
import { paintsOf } from '../../../src/text/paint.js'

it('wraps a text in escapes that end what they begin', () => {
  expect(paintsOf(true).red('a')).toBe('\u001b[31ma\u001b[39m')
  expect(paintsOf(true).bold('a')).toBe('\u001b[1ma\u001b[22m')
})

it('changes nothing without colour', () => {
  for (const paint of Object.values(paintsOf(false))) expect(paint('a')).toBe('a')
})
