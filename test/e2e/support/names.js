/**
 * Loaded before the puller (`node --import`): names mean what the test says and nothing else, and only
 * loopback addresses are dialled. The puller itself knows nothing of it.
 */

import dns from 'node:dns'
import { Socket } from 'node:net'

/** @type {Record<string, string>} */
const addresses = JSON.parse(process.env['E2E_NAMES'] ?? '{}')

Reflect.set(dns, 'lookup', (name, options, callback) => {
  const address = Object.hasOwn(addresses, name) ? addresses[name] : undefined
  process.nextTick(() => {
    if (address === undefined) {
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }))
    } else if (options.all) {
      callback(null, [{ address, family: 4 }])
    } else {
      callback(null, address, 4)
    }
  })
})

const connect = Socket.prototype.connect
Socket.prototype.connect = function (...args) {
  const [options] = args.flat()
  const host = options?.host
  if (typeof host === 'string' && /^[\d.]+$/.test(host) && !host.startsWith('127.')) {
    throw new Error(`the test may not dial ${host}`)
  }
  return connect.apply(this, args)
}
