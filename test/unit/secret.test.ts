import { format, inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../src/secret.js'

const VALUE = 'correct-horse-battery'
const secret = new Secret(VALUE)
const denoInspect: unknown = Reflect.get(secret, Symbol.for('Deno.customInspect'))

const outputs: readonly (readonly [string, () => unknown])[] = [
  ['String()', () => String(secret)],
  ['a template literal', () => `${secret}`],
  ['concatenation', () => `${secret as unknown as string}`.concat('')],
  ['JSON.stringify', () => JSON.stringify({ secret })],
  ['inspect', () => inspect({ secret })],
  [
    'inspect with everything',
    () =>
      inspect(secret, {
        showHidden: true,
        depth: Infinity,
        getters: true,
        customInspect: false,
        showProxy: true,
      }),
  ],
  ['format', () => format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
  ['structuredClone', () => inspect(structuredClone({ secret }), { showHidden: true })],
  ['spreading', () => inspect({ ...secret }, { showHidden: true })],
  ['entries', () => JSON.stringify(Object.entries(secret))],
  ['own keys', () => Reflect.ownKeys(secret).join()],
  ['an error message', () => String(new Error(`wrong: ${secret}`))],
  ['Deno', () => typeof denoInspect === 'function' && denoInspect.call(secret)],
  ['its functions', () => Secret.toString() + inspect(Secret.prototype, { showHidden: true })],
]

describe('Secret', () => {
  it.each(outputs)('is hidden by %s', (_, show) => {
    expect(String(show())).not.toContain(VALUE)
  })

  it('is shown by reveal', () => expect(secret.reveal()).toBe(VALUE))
  it('is frozen', () => expect(Object.isFrozen(secret)).toBe(true))
  it('keeps no other type', () =>
    expect(() => new Secret(1 as unknown as string)).toThrow(TypeError))
  it.each<[other: string, equal: boolean, reason: string]>([
    [VALUE, true, 'the same text'],
    [`${VALUE}!`, false, 'longer'],
    [VALUE.slice(0, -1), false, 'shorter'],
    [`X${VALUE.slice(1)}`, false, 'another first character'],
    [`${VALUE.slice(0, -1)}X`, false, 'another last character'],
    ['', false, 'empty'],
  ])('equals %j: %s, %s', (other, equal) => {
    expect(secret.equals(new Secret(other))).toBe(equal)
    expect(new Secret(other).equals(secret)).toBe(equal)
  })

  it('property: equals as the texts do', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'é', '\u{1f600}', '\0'),
      maxLength: 3,
    })
    const holds = (equals: (a: string, b: string) => boolean) =>
      fc.property(text, text, (a, b) => equals(a, b) === (a === b))
    fc.assert(
      holds((a, b) => new Secret(a).equals(new Secret(b))),
      { numRuns: 2000 },
    )
    const prefixOnly = holds((a, b) => a.startsWith(b))
    expect(fc.check(prefixOnly, { numRuns: 2000, endOnFailure: true }).failed).toBe(true)
  })

  it.each([undefined, null, VALUE, {}, { reveal: () => VALUE }, Object.create(secret)])(
    'is compared to no %s',
    (other) => expect(() => secret.equals(other as Secret)).toThrow(TypeError),
  )

  it('is revealed to no other object', () => {
    expect(() => Secret.prototype.reveal.call({} as Secret)).toThrow(TypeError)
  })
})
