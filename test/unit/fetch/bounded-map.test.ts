import { expect, it } from 'vitest'
import { BoundedMap } from '../../../src/fetch/bounded-map.js'

/** A map with keys from 0. */
function mapOf(count: number): BoundedMap<number> {
  const map = new BoundedMap<number>()
  for (let i = 0; i < count; i++) map.set(String(i), i)
  return map
}

it('has room for 256', () => {
  const map = mapOf(256)
  expect([map.get('0'), map.get('255')]).toEqual([0, 255])
})

it('forgets the oldest, one for each further', () => {
  const map = mapOf(258)
  expect(['0', '1', '2', '257'].map((key) => map.get(key))).toEqual([undefined, undefined, 2, 257])
})

it('takes a value that is set anew for the newest, and forgets nothing for it', () => {
  const map = mapOf(256)
  map.set('0', -1)
  expect(map.get('1')).toBe(1)
  map.set('another', 1)
  expect([map.get('0'), map.get('1')]).toEqual([-1, undefined])
})

it('has room again for what was deleted', () => {
  const map = mapOf(256)
  map.delete('7')
  map.set('another', 1)
  expect([map.get('0'), map.get('7'), map.get('another')]).toEqual([0, undefined, 1])
})
