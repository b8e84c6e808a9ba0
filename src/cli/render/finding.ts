// A finding as a line: FILE:LINE:COLUMN severity code message; help.

import type { Place, Severity } from 'imagepuller-auth'
import { type Paint, printable } from '../../text/index.js'
import type { Look } from './look.js'

/** What every finding has, whatever it is about. */
export interface Found {
  readonly severity: Severity
  readonly code: string
  readonly message: string
  readonly help?: string | undefined
}

/** The line, in colours where the stream has them, and never wrapped: editors read it. */
export function renderFinding(
  place: string,
  { severity, code, message, help }: Found,
  look: Look,
): string {
  const text = printable(help === undefined ? message : `${message}; ${help}`)
  return `${look.bold(printable(place))} ${paintOf(severity, look)(severity)} ${look.dim(code)} ${text}`
}

function paintOf(severity: Severity, look: Look): Paint {
  return { error: look.red, warning: look.yellow, info: look.cyan }[severity]
}

/** Where a finding of a file is. */
export function locate(file: string, place: Place | undefined): string {
  switch (place?.kind) {
    case 'document':
      return `${file}:${place.line}:${place.column}`
    case 'bundle':
      return `${file}:${place.line}`
    case 'environment':
      return `environment:${place.variable}`
    case 'image':
      return `"${place.image}"`
    default:
      return file
  }
}
