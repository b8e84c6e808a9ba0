// Texts that the URL parser refuses: which part is at fault.
import { isHostTooLong } from '../net/index.js'
import type { UndialableCode, UndialableDecision } from './decision.js'

const UNDIALABLE: Readonly<Record<UndialableCode, UndialableDecision>> = {
  'not-a-url': undialable(
    'not-a-url',
    'expected an absolute URL, such as https://registry.corp/v2/',
  ),
  'invalid-host': undialable(
    'invalid-host',
    'no client dials its host; expected a domain name or an IP address',
  ),
  'invalid-port': undialable(
    'invalid-port',
    'no client dials its port; expected a number up to 65535',
  ),
}

const PORT_MAX = 65535

/** The decision for a text that the URL parser refuses. */
export function decideUndialable(text: string): UndialableDecision {
  return UNDIALABLE[faultOf(text)]
}

function faultOf(text: string): UndialableCode {
  if (isHostTooLong(text)) return 'invalid-host'
  const authority = /^https?:\/\/([^/\\?#]*)/i.exec(text)?.[1]
  if (authority === undefined) return 'not-a-url'
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1)
  const colon = hostAndPort.lastIndexOf(':')
  const port = colon > hostAndPort.lastIndexOf(']') ? hostAndPort.slice(colon + 1) : ''
  return port === '' || (/^\d+$/.test(port) && Number(port) <= PORT_MAX)
    ? 'invalid-host'
    : 'invalid-port'
}

function undialable(code: UndialableCode, message: string): UndialableDecision {
  return Object.freeze({ kind: 'undialable', code, message })
}
