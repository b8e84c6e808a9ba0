import { PullError } from './errors.js'

/**
 * The chunks of a body, unless it breaks off or is longer than it should be.
 *
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} body
 * @param {number} limit
 * @param {string} what
 * @param {(chunk: Uint8Array) => void} [onChunk]
 */
export async function* atMost(body, limit, what, onChunk) {
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (size > limit) throw new PullError(`${what} is longer than ${limit} bytes`)
      onChunk?.(chunk)
      yield chunk
    }
  } catch (error) {
    throw PullError.from(error, what)
  }
}
