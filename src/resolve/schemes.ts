// The schemes that a rule's trust allows.

/** A scheme to reach a registry with. */
export type Scheme = 'https' | 'http'

export const NO_SCHEME: readonly Scheme[] = Object.freeze([])

export const HTTPS: readonly Scheme[] = Object.freeze<Scheme[]>(['https'])

export const HTTPS_THEN_HTTP: readonly Scheme[] = Object.freeze<Scheme[]>(['https', 'http'])
