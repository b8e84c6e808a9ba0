import { describe, expect, it } from 'vitest'
import { createMembership } from '../../src/membership.js'

interface Thing {
  readonly value: number
}

describe('a membership', () => {
  const things = createMembership<Thing, string>()
  const made = Object.freeze(things.add({ value: 1 }, 'kept'))

  it('knows what it marked, and what it kept of it', () => {
    expect(things.has(made)).toBe(true)
    expect(things.keptOf(made)).toBe('kept')
  })

  it('gives the very object back, with no property more', () => {
    const thing = { value: 2 }
    expect(things.add(thing, '')).toBe(thing)
    expect(Reflect.ownKeys(thing)).toEqual(['value'])
    expect(Object.getPrototypeOf(thing)).toBe(Object.prototype)
  })

  it.each<[what: string, value: unknown]>([
    ['the like', { value: 1 }],
    ['a copy', { ...made }],
    ['a structured clone', structuredClone(made)],
    ['what went through JSON', JSON.parse(JSON.stringify(made))],
    ['what inherits from one', Object.create(made)],
    ['a proxy of one', new Proxy(made, {})],
    ['undefined', undefined],
    ['null', null],
    ['a string', 'made'],
    ['a number', 1],
    ['a function', () => made],
  ])('doesn’t know %s', (_, value) => {
    expect(things.has(value)).toBe(false)
    expect(things.keptOf(value)).toBeUndefined()
  })

  it('doesn’t know what another one marked', () => {
    const others = createMembership<Thing, string>()
    expect(others.has(made)).toBe(false)
    expect(things.has(others.add({ value: 1 }, 'kept'))).toBe(false)
  })

  it('marks an object once: what was kept of it can’t be replaced', () => {
    expect(() => things.add(made, 'other')).toThrow(TypeError)
    expect(things.keptOf(made)).toBe('kept')
  })

  it('is not changed by a polluted Object.prototype (threat 18)', () => {
    const names = ['kept', '#kept', 'has', 'value']
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, { value: true, configurable: true })
    }
    const answers = [things.has({}), things.keptOf({}), things.keptOf(made)]
    for (const name of names) Reflect.deleteProperty(Object.prototype, name)
    expect(answers).toEqual([false, undefined, 'kept'])
  })
})
