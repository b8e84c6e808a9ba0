// PEM, written (RFC 7468).

import { encodeBase64 } from '../text/index.js'

export const CERTIFICATE_LABEL = 'CERTIFICATE'

const COLUMNS = 64

/** One block in the form that every reader takes: 64 columns, `\n`, no headers. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const base64 = encodeBase64(bytes)
  const lines = [`-----BEGIN ${label}-----`]
  for (let i = 0; i < base64.length; i += COLUMNS) lines.push(base64.slice(i, i + COLUMNS))
  lines.push(`-----END ${label}-----`, '')
  return lines.join('\n')
}
