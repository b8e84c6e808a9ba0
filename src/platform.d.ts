/*
 * The web-standard globals that the core may use besides ECMAScript itself: the same in Node, Bun,
 * Deno and browsers, and free of I/O. What isn't declared here (`process`, `fetch`, `Buffer`,
 * `crypto`, timers) is a compile error in the core.
 */

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}

declare class URL {
  constructor(url: string)
  readonly protocol: string
  readonly origin: string
  readonly hostname: string
  readonly port: string
  readonly href: string
}

declare class AbortController {
  readonly signal: {
    readonly aborted: boolean
    readonly reason: unknown
    addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
    removeEventListener(type: 'abort', listener: () => void): void
  }
  abort(reason?: unknown): void
}
