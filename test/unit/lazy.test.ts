import { describe, expect, it } from 'vitest'
import { lazy } from '../../src/lazy.js'

describe('lazy', () => {
  it('makes a value when it is first asked for, and once', () => {
    let calls = 0
    const get = lazy(() => ({ call: ++calls }))
    expect(calls).toBe(0)
    const made = get()
    expect(made).toEqual({ call: 1 })
    expect(get()).toBe(made)
    expect(calls).toBe(1)
  })

  it('tries again after a failure', () => {
    let calls = 0
    const get = lazy(() => {
      if (++calls === 1) throw new Error('not yet')
      return { call: calls }
    })
    expect(get).toThrow('not yet')
    expect(get()).toEqual({ call: 2 })
  })
})
