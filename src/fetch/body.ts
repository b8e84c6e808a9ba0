// Bodies: read with a limit, or let go of.
import type { FetchedResponse } from '../transport/index.js'

/** The body as bytes; undefined if it has more than so many. */
export async function readBody(
  { body }: FetchedResponse,
  most: number,
): Promise<Uint8Array | undefined> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joined(pieces, length)
    if (value === undefined) continue
    length += value.length
    if (length > most) {
      await settled(reader.cancel())
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
export async function discard({ body }: FetchedResponse): Promise<void> {
  if (body !== null) await settled(body.cancel())
}

/** What becomes of a body that isn't wanted has no meaning. */
async function settled(promise: Promise<unknown>): Promise<void> {
  try {
    await promise
  } catch {
    // The connection is gone already.
  }
}
