import { describe, expect, it } from 'vitest'
import { ownValue } from '../../../src/transport/own-value.js'

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
