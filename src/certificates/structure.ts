// The structure of a certificate as a whole, before anything in it is read. The certificate's PEM is
// handed on to OpenSSL, BoringSSL and rustls, which look into parts that Go leaves unread: one that
// isn't DER all the way down loses a whole bundle there, and ends a process on Deno.

import { CertificateFault, type CertificateField, LIMITS } from './fault.js'
import { readHeader } from './header.js'
import { isConstructed, TAG } from './tag.js'

/** Refuses what isn't DER throughout, and what is nested, split or numbered beyond any need. */
export function checkStructure(bytes: Uint8Array, field: CertificateField): void {
  const ends = [bytes.length]
  let offset = 0
  let elements = 0
  for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
    if (offset === end) {
      ends.pop()
      continue
    }
    const header = readHeader(bytes, offset, end)
    if (header === undefined) throw new CertificateFault(field, 'not-der')
    if (++elements > LIMITS.elements) throw new CertificateFault(field, 'too-many-elements')
    if (isConstructed(header.tag)) {
      if (ends.push(header.end) > LIMITS.depth + 1) throw new CertificateFault(field, 'too-deep')
      offset = header.contents
    } else {
      const length = header.end - header.contents
      if (header.tag === TAG.objectIdentifier && length > LIMITS.identifier) {
        throw new CertificateFault(field, 'identifier-too-long')
      }
      offset = header.end
    }
  }
}
