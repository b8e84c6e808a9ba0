// Bodies: read with a limit, or let go of.
import type { BodyReader, FetchedResponse, Signal } from '../transport/index.js'
import { untilAborted } from './abort.js'

/** The body as bytes; undefined if it has more than so many. It rejects as soon as it is aborted. */
export async function readBody(
  { body }: FetchedResponse,
  most: number,
  signal: Signal,
): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  try {
    return await untilAborted(readAll(reader, most), signal)
  } catch (error) {
    letGo(reader)
    throw error
  }
}

async function readAll(reader: BodyReader, most: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(pieces, length)
    if (value === undefined) continue
    length += value.length
    if (length > most) {
      letGo(reader)
      return undefined
    }
    pieces.push(value)
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Lets go of an answer that isn't given on, so that its connection is free. */
export function discard({ body }: FetchedResponse): void {
  if (body !== null) letGo(body)
}

/** Not waited for: a server that drips its body would hold up what comes next. */
function letGo(stream: { cancel(reason?: unknown): Promise<unknown> }): void {
  // A body that can't be cancelled has ended, or its connection is gone.
  stream.cancel().then(undefined, () => undefined)
}
