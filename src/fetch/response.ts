// What the `fetch` option resolves to: as much of a WHATWG `Response` as is used here.

/** Throws a `TypeError` where a client of the caller's gave something else than an answer. */
export function checkResponse(answer: unknown): void {
  const { status, headers, body } = Object(answer)
  const isBody = body === null || (isMethod(body, 'getReader') && isMethod(body, 'cancel'))
  if (Number.isInteger(status) && isMethod(headers, 'get') && isBody) return
  const parts = 'with status, headers and a body that is a WHATWG stream or null'
  throw new TypeError(`createRegistryFetch: expected fetch to resolve to a Response, ${parts}`)
}

function isMethod(object: unknown, name: string): boolean {
  return typeof Object(object)[name] === 'function'
}
