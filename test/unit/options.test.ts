import { boolean, custom, minValue, number, pipe, string } from 'valibot'
import { afterEach, describe, expect, it } from 'vitest'
import { isOf, isTexts, option, optionsOf, ownValue } from '../../src/options.js'

const read = optionsOf('brew', () => ({
  strength: option(pipe(number(), minValue(1)), 'a number from 1'),
  milk: option(boolean(), 'a boolean'),
  name: option(string(), 'a string'),
}))

const NONE = { strength: undefined, milk: undefined, name: undefined }

describe('optionsOf', () => {
  it.each<[options: unknown, checked: object, reason: string]>([
    [undefined, {}, 'none'],
    [{}, {}, 'an empty object'],
    [{ milk: false }, { milk: false }, 'one of them'],
    [{ milk: undefined }, {}, 'undefined is absent'],
    [{ strength: 2, milk: true, name: '' }, { strength: 2, milk: true, name: '' }, 'all of them'],
    [Object.create({ milk: true, sugar: 1 }), {}, 'what is inherited does not count'],
    [Object.assign(Object.create(null), { milk: true }), { milk: true }, 'no prototype'],
  ])('%j: %j, %s', (options, checked) => {
    expect({ ...read(options) }).toEqual({ ...NONE, ...checked })
  })

  it.each<[options: unknown, message: string, reason: string]>([
    [null, 'brew: expected options to be an object', 'null'],
    ['milk', 'brew: expected options to be an object', 'a string'],
    [[], 'brew: expected options to be an object', 'a list'],
    [() => {}, 'brew: expected options to be an object', 'a function'],
    [{ milk: 'yes' }, 'brew: expected milk to be a boolean', 'a wrong type'],
    [{ milk: null }, 'brew: expected milk to be a boolean', 'null is no absence'],
    [{ strength: 0 }, 'brew: expected strength to be a number from 1', 'out of range'],
    [{ strength: Number.NaN }, 'brew: expected strength to be a number from 1', 'no number'],
    [{ mlik: true }, 'brew: unknown option; did you mean milk?', 'two letters swapped'],
    [{ Milk: true }, 'brew: unknown option; did you mean milk?', 'another case'],
    [{ sugar: 1 }, 'brew: unknown option; it takes strength, milk, name', 'near none'],
    [{ sugar: undefined }, 'brew: unknown option; it takes strength, milk, name', 'even unset'],
    [{ constructor: 1 }, 'brew: unknown option; it takes strength, milk, name', 'inherited name'],
    [
      JSON.parse('{"__proto__": {"milk": true}}'),
      'brew: unknown option; it takes strength, milk, name',
      'a key of JSON',
    ],
  ])('%j is misuse: %s (%s)', (options, message) => {
    expect(() => read(options)).toThrow(new TypeError(message))
  })

  it('says of a function without options that it takes none', () => {
    expect(() => optionsOf('drink', () => ({}))({ milk: true })).toThrow(
      'drink: unknown option; it takes none',
    )
  })

  it('never shows a value', () => {
    const attempt = () => read({ name: 1, hunter2: 'hunter2', milk: 'hunter2' })
    expect(attempt).toThrow(TypeError)
    expect(attempt).not.toThrow('hunter2')
  })

  it('gives back the very value, which a schema may not replace', () => {
    const value = { some: 'object' }
    const schema = custom<object>((given) => typeof given === 'object')
    expect(optionsOf('f', () => ({ it: option(schema, 'an object') }))({ it: value }).it).toBe(
      value,
    )
  })
})

describe('threat 18: a polluted Object.prototype', () => {
  // What valibot looks for in schemas, data sets and issues, and what options are called.
  const NAMES = [
    'fallback',
    'issues',
    'default',
    'typed',
    'value',
    'message',
    'abortEarly',
    'milk',
  ].concat('strength', 'kind', 'type', 'async', 'requirement', 'rest', 'lang')
  const pollute = (name: string, enumerable: boolean) => {
    const value = name === 'issues' ? [{ message: 'polluted' }] : true
    Object.defineProperty(Object.prototype, name, {
      value,
      enumerable,
      configurable: true,
      writable: true,
    })
  }
  afterEach(() => {
    for (const name of NAMES) Reflect.deleteProperty(Object.prototype, name)
  })
  const cleanly = <T>(work: () => T): T | string => {
    try {
      return work()
    } catch (error) {
      return String(error)
    } finally {
      for (const name of NAMES) Reflect.deleteProperty(Object.prototype, name)
    }
  }

  describe.each([
    ['hidden', false],
    ['enumerable', true],
  ])('by a property that is %s', (_, enumerable) => {
    it.each(NAMES)('%s changes no answer', (name) => {
      const cases: readonly unknown[] = [
        {},
        undefined,
        { name: 'n' },
        { milk: 'yes' },
        { sugar: 1 },
        { strength: 0 },
      ]
      for (const options of cases) {
        const clean = cleanly(() => ({ ...read(options) }))
        const dirty = cleanly(() => {
          pollute(name, enumerable)
          return { ...read(options) }
        })
        expect(dirty).toEqual(clean)
      }
    })
  })

  it('a missing option is none of the prototype’s', () => {
    pollute('milk', true)
    const { milk } = read({ name: 'n' })
    expect(milk).toBeUndefined()
  })
})

describe('isOf', () => {
  it.each([
    [string(), 'a', true],
    [string(), 1, false],
    [boolean(), undefined, false],
  ])('%#: %j is %s', (schema, value, answer) => {
    expect(isOf(schema, value)).toBe(answer)
  })
})

describe('isTexts', () => {
  it.each([
    [[], true],
    [['a', ''], true],
    [['a', 1], false],
    [new Array(1), false],
    ['a', false],
    [{ 0: 'a', length: 1 }, false],
    [undefined, false],
  ])('%#: %j is %s', (value, answer) => expect(isTexts(value)).toBe(answer))
})

describe('ownValue', () => {
  it('is of own properties alone', () => {
    const inherited = Object.create({ kind: 'skip-verify' })
    expect(ownValue({ kind: 'web-pki' }, 'kind')).toBe('web-pki')
    expect(ownValue(inherited, 'kind')).toBeUndefined()
    expect(ownValue({}, 'toString')).toBeUndefined()
  })

  it.each([undefined, null, 'kind', 1])('finds nothing in %j', (value) =>
    expect(ownValue(value, 'length')).toBeUndefined(),
  )
})
