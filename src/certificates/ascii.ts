// IA5Strings, in which certificates keep host names, mailboxes and URIs.

/** The text of an IA5String's contents; undefined where an octet is no ASCII. */
export function decodeAscii(contents: Uint8Array): string | undefined {
  let text = ''
  for (const octet of contents) {
    if (octet >= 0x80) return undefined
    text += String.fromCharCode(octet)
  }
  return text
}
