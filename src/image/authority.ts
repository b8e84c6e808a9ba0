import type { ImageReference } from './reference.js'

export interface Authority {
  readonly host: string
  readonly port: number | undefined
}

/** The registry's host, and its port if it has one, as they stand in a URL. */
export function authorityOf({ host, port }: Pick<ImageReference, 'host' | 'port'>): string {
  return port === undefined ? host : `${host}:${port}`
}
