// `--connect NAME[:PORT]=ADDRESS[:PORT]`: dials another address, as curl's --connect-to does. The name
// stays what TLS and HTTP are told.

import { Misuse } from '../failure.js'

/** A host and its port. */
export interface Place {
  /** In lower case, an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
}

/** Where to dial in place of a host and port; the same if nothing says otherwise. */
export type Detour = (place: Place) => Place

interface Row {
  readonly from: Half
  readonly to: Half
}

interface Half {
  readonly host: string
  readonly port: number | undefined
}

/** A host without a colon or in brackets, and a port. */
const HALF = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([^\s:[\]/@=]{1,253}))(?::(\d{1,5}))?$/

/** @throws `Misuse` where a value has another form. */
export function readDetours(values: readonly string[]): Detour {
  const rows = values.map(readRow)
  return (place) => {
    const row = rows.find(({ from }) => {
      return from.host === place.host && (from.port ?? place.port) === place.port
    })
    return row === undefined ? place : { host: row.to.host, port: row.to.port ?? place.port }
  }
}

function readRow(value: string): Row {
  const at = value.indexOf('=')
  const from = at < 0 ? undefined : readHalf(value.slice(0, at))
  const to = at < 0 ? undefined : readHalf(value.slice(at + 1))
  if (from && to) return { from, to }
  throw new Misuse(
    '--connect: expected NAME[:PORT]=ADDRESS[:PORT], such as registry.corp:443=127.0.0.1:8443',
  )
}

function readHalf(text: string): Half | undefined {
  const [, address, name, digits] = HALF.exec(text) ?? []
  const host = address ?? name
  if (host === undefined) return undefined
  const port = digits === undefined ? undefined : Number(digits)
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined
  return { host: hostOf(host), port }
}

/** A host as it is compared: names in any case, with or without a trailing dot, are the same. */
export function hostOf(host: string): string {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  return bare.replace(/\.$/, '').toLowerCase()
}

/** A place as messages show it. */
export function showPlace({ host, port }: Place): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** The place that a URL means. */
export function placeOf({ hostname, port, protocol }: URL): Place {
  const usual = protocol === 'https:' ? 443 : 80
  return { host: hostOf(hostname), port: port === '' ? usual : Number(port) }
}
