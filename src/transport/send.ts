// What is asked of a client: to send one request, by one route, and to follow nothing. The types are
// written by hand, so that the response is whatever the client gives.
import type { Route } from '../resolve/index.js'

/** An abort signal, as `AbortController` gives it. */
export interface Signal {
  /** Whether it has been aborted. */
  readonly aborted: boolean
  /** Why. */
  readonly reason?: unknown
  /** Calls the listener when it is aborted. */
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void
  /** Forgets the listener. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/** Reads a body piece by piece. */
export interface BodyReader {
  /** The next piece. */
  read(): Promise<{
    /** Whether the body has ended. */
    readonly done: boolean
    /** The piece. */
    readonly value?: Uint8Array | undefined
  }>
  /** Lets go of the rest. */
  cancel(reason?: unknown): Promise<unknown>
}

/** As much of a WHATWG `Response` as is used here. */
export interface FetchedResponse {
  /** The status. */
  readonly status: number
  /** The header. */
  readonly headers: {
    /** The value of a field, or null. */
    get(name: string): string | null
  }
  /** The body, a stream of bytes; null if there is none. */
  readonly body: {
    /** Reads the body. */
    getReader(): BodyReader
    /** Lets go of it unread. */
    cancel(reason?: unknown): Promise<unknown>
  } | null
}

/** What a request is sent with. */
export interface SendInit {
  /** The method, in upper case. */
  readonly method: string
  /** The header, by names in lower case. What authenticates is in it, as text. */
  readonly headers: Readonly<Record<string, string>>
  /** The body, as it was given. */
  readonly body?: unknown
  /** Ends the request. */
  readonly signal?: Signal
  /** Redirects are decided here. */
  readonly redirect: 'manual'
  /** WHATWG fetch asks for it beside a body that is a stream. */
  readonly duplex?: 'half'
}

/** Sends one request by one route. It rejects where there is no answer. */
export type Send<Response extends FetchedResponse> = (
  url: string,
  init: SendInit,
  route: Route,
) => Promise<Response>
