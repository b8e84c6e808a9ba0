import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { ConnectedOrigins } from '../../../src/transport/broken-connection.js'
import { faultOf } from '../../support/network.js'

const RESET = faultOf('ECONNRESET')
const BROKEN = { code: 'ERR_CONNECTION_BROKEN' }

/** What has connected to these origins, as undici's versions tell of them. */
function connectedTo(...origins: readonly unknown[]): ConnectedOrigins {
  const dispatcher = new EventEmitter()
  const connected = new ConnectedOrigins(dispatcher)
  for (const origin of origins) dispatcher.emit('connect', origin)
  return connected
}

describe('a reset', () => {
  it.each([
    ['a URL', new URL('https://registry.corp:8443')],
    ['its text', 'https://registry.corp:8443/'],
    ['an origin', 'https://registry.corp:8443'],
  ])('behind a connection is another thing, told of as %s', (_, origin) => {
    const connected = connectedTo(origin)
    expect(connected.judge(RESET, 'https://registry.corp:8443/v2/')).toMatchObject(BROKEN)
    expect(connected.judge(RESET, 'https://registry.corp/v2/')).toBe(RESET)
    expect(connected.judge(RESET, 'http://registry.corp:8443/v2/')).toBe(RESET)
  })

  // A registry that has spoken TLS is never asked by plain HTTP because it was forgotten.
  it('is told from others for 256 origins, and counts as one behind TLS beyond them', () => {
    const origins = Array.from({ length: 257 }, (_, i) => `https://r${i}.corp`)
    const told = connectedTo(...origins.slice(0, 256), 'https://r7.corp')
    expect(told.judge(RESET, 'https://r255.corp/v2/')).toMatchObject(BROKEN)
    expect(told.judge(RESET, 'https://r256.corp/v2/')).toBe(RESET)
    const untold = connectedTo(...origins)
    for (const host of ['r0', 'r256', 'r257']) {
      expect(untold.judge(RESET, `https://${host}.corp/v2/`)).toMatchObject(BROKEN)
    }
  })
})

it.each([faultOf('ECONNREFUSED'), new Error('x'), { cause: null }, undefined, null, 'x'])(
  'what is no reset is left as it is (%#)',
  (error) => {
    expect(connectedTo('https://registry.corp').judge(error, 'https://registry.corp/')).toBe(error)
  },
)
