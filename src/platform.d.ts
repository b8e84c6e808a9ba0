/*
 * The web-standard globals that the core may use besides ECMAScript itself: the same in Node, Bun,
 * Deno and browsers, and free of I/O. What isn't declared here (`process`, `fetch`, `Buffer`,
 * `crypto`, timers) is a compile error in the core.
 */

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: true })
  decode(bytes: Uint8Array): string
}
