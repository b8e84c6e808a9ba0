import { describe, expect, it } from 'vitest'
import { locate, renderFinding } from '../../../../src/cli/render/finding.js'
import { lookOf } from '../../../../src/cli/render/look.js'

const plain = lookOf({}, {}, false)
const painted = lookOf({}, { FORCE_COLOR: '1' }, false)

describe('renderFinding', () => {
  const found = { severity: 'warning', code: 'some-code', message: 'what is there' } as const

  it('is place, severity, code and message on one line', () => {
    expect(renderFinding('c.toml:1:2', found, plain)).toBe(
      'c.toml:1:2 warning some-code what is there',
    )
  })

  it('ends in the help, if there is one', () => {
    const line = renderFinding('f', { ...found, help: 'write this' }, plain)
    expect(line).toBe('f warning some-code what is there; write this')
  })

  it('stays one line, whatever the texts hold', () => {
    const line = renderFinding('f\n', { ...found, message: 'a\r\nb', help: '\u2028' }, plain)
    expect(line).toBe('f? warning some-code a??b; ?')
  })

  it.each([
    ['error', 31],
    ['warning', 33],
    ['info', 36],
  ] as const)('paints %s in its colour', (severity, color) => {
    const line = renderFinding('f', { ...found, severity }, painted)
    expect(line).toContain(`\u001b[${color}m${severity}\u001b[39m`)
  })
})

describe('locate', () => {
  it.each([
    ['a document', { kind: 'document', line: 3, column: 7, endLine: 3, endColumn: 9 }, 'f:3:7'],
    ['a bundle', { kind: 'bundle', block: 2, line: 30 }, 'f:30'],
    ['a variable', { kind: 'environment', variable: 'NO_PROXY' }, 'environment:NO_PROXY'],
    ['an image', { kind: 'image', index: 0, image: 'nginx' }, '"nginx"'],
    ['nothing', undefined, 'f'],
  ] as const)('of %s', (_, place, text) => expect(locate('f', place)).toBe(text))
})
