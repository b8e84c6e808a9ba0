import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lazyPattern } from '../../../src/text/pattern.js'
import { root } from '../../support/sources.js'

describe('lazyPattern', () => {
  it('is made once, when it is first asked for', () => {
    const broken = lazyPattern('(', 'u')
    expect(broken).toThrow(SyntaxError)
    const word = lazyPattern(String.raw`\p{L}`, 'u')
    expect(word().test('ü')).toBe(true)
    expect(word()).toBe(word())
  })

  it('is how the library writes each expression with a property of Unicode', () => {
    const src = join(root, 'src')
    const eager = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('cli'))
      .filter((name) => /^(?!.*`).*\\p\{/m.test(readFileSync(join(src, name), 'utf8')))
    expect(eager).toEqual([])
  })
})
