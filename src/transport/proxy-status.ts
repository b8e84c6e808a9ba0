// What a proxy answered in place of a tunnel. undici and Bun have the status in a message alone.

/** How many causes, of causes, are looked at. */
const MAX_DEPTH = 8

/** undici's for CONNECT and for a request that isn't tunnelled, and Bun's for CONNECT. */
const STATUSES = [
  /^Proxy response \((\d{3})\)/,
  /^Proxy Authentication Required \((407)\)/,
  /^Proxy refused to open a tunnel: (\d{3})(?!\d)/,
]

/**
 * The error of a proxy that refused, whose code ends in the status; undefined for any other error. It
 * repeats nothing that the proxy said.
 */
export function proxyStatusIn(rejection: unknown): Error | undefined {
  let error = rejection
  for (let depth = 0; depth < MAX_DEPTH && error instanceof Error; depth++) {
    const status = statusOf(error.message)
    if (status !== undefined) {
      const code = `ERR_PROXY_STATUS_${status}`
      return Object.assign(new Error(`the proxy answered with status ${status}`), { code })
    }
    error = error.cause
  }
  return undefined
}

function statusOf(message: string): string | undefined {
  for (const pattern of STATUSES) {
    const [, status] = pattern.exec(message) ?? []
    if (status !== undefined) return status
  }
  return undefined
}
