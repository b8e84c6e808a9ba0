/** Servers in memory, for requests that are sent by a function: what they were sent, and what they answer. */

export interface Sent {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  readonly route: {
    readonly tls: { readonly kind: string }
    readonly proxy: { readonly kind: string }
  }
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** In place of an answer, the code that the client's error has. */
  readonly fault?: string
}

interface Init {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A `fetch` option: it remembers what is sent, and answers what the handler says. */
export function network(handler: (sent: Sent, index: number) => Answer | Promise<Answer>) {
  const sent: Sent[] = []
  const fetch = async (url: string, init: Init, route: Sent['route']): Promise<Response> => {
    const { method, headers, body } = init
    const text = typeof body === 'string' ? body : undefined
    const one: Sent = { url, method, headers: { ...headers }, body: text, route }
    sent.push(one)
    const answer = await handler(one, sent.length - 1)
    const { fault } = { fault: undefined, ...answer }
    if (fault !== undefined) throw faultOf(fault)
    const { status = 200, headers: fields = {} } = answer
    const hasBody = ![101, 204, 205, 304].includes(status)
    return new Response(hasBody ? (answer.body ?? '') : null, { status, headers: fields })
  }
  return { fetch, sent }
}

/** As undici has it: the code is the cause's. */
export function faultOf(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
}

/** Each request in a line: the method, the URL, and what authenticates it. */
export function linesOf(sent: readonly Sent[]): string[] {
  return sent.map(({ method, url, headers, body }) =>
    [method, url, headers['authorization'] ?? '-', ...(body === undefined ? [] : [body])].join(' '),
  )
}
