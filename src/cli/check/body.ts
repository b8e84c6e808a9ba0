// Bodies of answers, with a limit.

import type { CheckResponse } from './exchange.js'
import { codeOf, StepFault } from './step-fault.js'

/** The bytes, and whether there were more than so many. */
export interface Read {
  readonly bytes: Uint8Array
  readonly isCut: boolean
}

/** Reads at most so many bytes, and lets go of the rest. */
export async function readAtMost(response: CheckResponse, most: number): Promise<Read> {
  try {
    return await read(response, most)
  } catch (error) {
    if (error instanceof StepFault) throw error
    throw new StepFault('CHECK_BODY', `the answer breaks off (${codeOf(error)})`, {
      help: 'the server is at fault: look into its log',
    })
  }
}

async function read({ body }: CheckResponse, most: number): Promise<Read> {
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  while (length <= most) {
    const { done, value } = await reader.read()
    if (done) return { bytes: Buffer.concat(pieces), isCut: false }
    pieces.push(value)
    length += value.length
  }
  await reader.cancel()
  return { bytes: Buffer.concat(pieces).subarray(0, most), isCut: true }
}

/** The distribution specification's codes: whatever else a body holds isn't shown. */
const CODES: ReadonlySet<string> = new Set([
  'BLOB_UNKNOWN',
  'DENIED',
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_INVALID',
  'MANIFEST_UNKNOWN',
  'NAME_INVALID',
  'NAME_UNKNOWN',
  'TOOMANYREQUESTS',
  'UNAUTHORIZED',
  'UNSUPPORTED',
])

const MAX_ERROR = 64 * 1024

/** The code that an error's body gives; undefined if it gives none, or can't be read. */
export async function errorCodeIn(response: CheckResponse): Promise<string | undefined> {
  try {
    const { bytes } = await readAtMost(response, MAX_ERROR)
    const { errors } = JSON.parse(Buffer.from(bytes).toString())
    const code: unknown = errors?.[0]?.code
    return typeof code === 'string' && CODES.has(code) ? code : undefined
  } catch {
    return undefined
  }
}
