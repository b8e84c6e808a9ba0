// A registry's host and port.
import type { ImageReference } from './reference.js'

/** Where a registry is dialled. */
export interface Authority {
  /** In lower case, without a trailing dot; IPv6 in brackets. */
  readonly host: string
  /** Undefined where the reference names none. */
  readonly port: number | undefined
}

/** The registry's host, and its port if it has one, as they stand in a URL. */
export function authorityOf({ host, port }: Pick<ImageReference, 'host' | 'port'>): string {
  return port === undefined ? host : `${host}:${port}`
}
