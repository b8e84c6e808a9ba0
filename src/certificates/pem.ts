// PEM (RFC 7468), read: the blocks that Go finds in a text, and what looks like one but is none.

import { locateOffsets } from '../text/index.js'
import { findBrokenLine, type LineFault } from './broken-line.js'
import { type DecodedBlock, decodeBlocks } from './pem-decode.js'
import { findUndecoded, type PemFault, type Undecoded } from './pem-faults.js'

/** A block that Go's `encoding/pem` decodes. */
export interface PemBlock extends DecodedBlock {
  readonly kind: 'block'
  /** The line that the block starts on, from 1. */
  readonly line: number
}

/** A BEGIN or END line that belongs to no {@link PemBlock}: Go passes over it without a word. */
export interface BrokenPemBlock {
  readonly kind: 'broken'
  readonly fault: PemFault
  /** Where the marker starts, in UTF-16 code units. */
  readonly start: number
  /** What is wrong with the line, where one could be told from the others. */
  readonly lineFault: LineFault | undefined
  /** The line that is wrong, from 1; the marker's where that can't be told. */
  readonly line: number
}

/**
 * The PEM blocks of a text as Go 1.26's `encoding/pem` finds them, and, for one label, what looks
 * like a block but isn't found by these rules; both in the order of the text.
 *
 * Every marker, line end and base64 digit is ASCII, so that reading UTF-16 here and bytes in Go
 * gives the same blocks.
 */
export function readPem(text: string, label: string): readonly (PemBlock | BrokenPemBlock)[] {
  const decoded = decodeBlocks(text)
  const undecoded = findUndecoded(text, label, decoded)
  const locate = locateOffsets(text)
  return [...decoded.blocks, ...undecoded]
    .sort((a, b) => a.start - b.start)
    .map((found) => {
      if (isUndecoded(found)) {
        const { fault, failed, start } = found
        const odd =
          fault === 'invalid-base64' && failed ? findBrokenLine(text, failed.body) : undefined
        const { line } = locate(odd?.at ?? found.at)
        return { kind: 'broken', fault, start, lineFault: odd?.fault, line }
      }
      return { kind: 'block', ...found, line: locate(found.start).line }
    })
}

/** By an own property: of a polluted prototype each block would have a fault. */
function isUndecoded(found: DecodedBlock | Undecoded): found is Undecoded {
  return Object.hasOwn(found, 'fault')
}
