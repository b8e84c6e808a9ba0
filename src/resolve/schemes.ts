import type { TlsTrust } from './trust.js'

/** A scheme to reach a registry with. */
export type Scheme = 'https' | 'http'

const NO_SCHEME: readonly Scheme[] = Object.freeze([])

export const HTTPS: readonly Scheme[] = Object.freeze<Scheme[]>(['https'])

export const HTTPS_THEN_HTTP: readonly Scheme[] = Object.freeze<Scheme[]>(['https', 'http'])

export function schemesOf({ kind: trust }: TlsTrust): readonly Scheme[] {
  if (trust === 'deny-all') return NO_SCHEME
  return trust === 'skip-verify' ? HTTPS_THEN_HTTP : HTTPS
}
