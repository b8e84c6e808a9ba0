// A registry's host and port.

/** Where a registry is dialled. */
export interface Authority {
  /** In lower case, without a trailing dot; IPv6 in brackets. */
  readonly host: string
  /** Undefined where the reference names none. */
  readonly port: number | undefined
}

/** The registry's host, and its port if it has one, as they stand in a URL. */
export function authorityOf({ host, port }: Authority): string {
  return port === undefined ? host : `${host}:${port}`
}
