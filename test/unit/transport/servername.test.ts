import { describe, expect, it } from 'vitest'
import { servernameOf } from '../../../src/transport/servername.js'

describe('threat 14: the server name', () => {
  it.each([
    ['registry.corp', 'registry.corp'],
    ['registry.corp.', 'registry.corp'],
    ['10.0.0.1', undefined],
    ['10.0.0.1.', undefined],
    ['127.1', undefined],
    ['0x7f.1', undefined],
    ['[2001:db8::1]', undefined],
    ['2001:db8::1', undefined],
    ['10.0.0.1.example', '10.0.0.1.example'],
  ])('of the host %j is %j', (host, servername) => expect(servernameOf('f', host)).toBe(servername))

  it.each(['', '.', 'registry.corp..', 'registry.corp:5000', '[::1]:5000'])(
    'refuses the host %j',
    (host) =>
      expect(() => servernameOf('f', host)).toThrow(
        new TypeError('f: expected a host without a port'),
      ),
  )

  it('refuses a host that is no string', () =>
    expect(() => servernameOf('f', 1 as unknown as string)).toThrow(TypeError))
})
