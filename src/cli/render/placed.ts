// Findings as code scanners show them: each at a line of some file, if it has one.

import type { DocumentPlace, Finding } from 'imagepuller-auth'
import { locate } from './finding.js'

/** A finding, and the file that it is shown in. */
export interface PlacedFinding {
  /** The file, as it was given. */
  readonly file: string
  /** Whether the finding's place is one of lines of that file. */
  readonly isInFile: boolean
  readonly finding: Finding
}

/** What standard input is called, where a name of a file is asked for. */
function shownFile(file: string): string {
  return file === '-' ? 'stdin' : file
}

/**
 * A finding about a document. Within a manifest, lines of the document are no lines of the file: the
 * message begins with them.
 */
export function placedInDocument({
  file,
  within,
  finding,
}: {
  readonly file: string
  readonly within: string | undefined
  readonly finding: Finding
}): PlacedFinding {
  if (within === undefined) return { file: shownFile(file), isInFile: true, finding }
  const message = `${locate(within, finding.place)}: ${finding.message}`
  return { file: shownFile(file), isInFile: false, finding: { ...finding, message } }
}

/** A finding about an image: where the image is listed, or else in the file that decides about it. */
export function placedAtImage(
  finding: Finding,
  image: string,
  listed:
    | { readonly file: string; readonly line: number; readonly column: number | undefined }
    | undefined,
  otherwise: string,
): PlacedFinding {
  const message = `${image}: ${finding.message}`
  if (listed === undefined) {
    const about = { ...finding, message, place: undefined }
    return { file: shownFile(otherwise), isInFile: false, finding: about }
  }
  const { line, column = 1 } = listed
  const place: DocumentPlace = {
    kind: 'document',
    line,
    column,
    endLine: line,
    endColumn: column + image.length,
  }
  return { file: shownFile(listed.file), isInFile: true, finding: { ...finding, message, place } }
}
