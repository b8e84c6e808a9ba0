// IP addresses as certificates hold them: 4 or 16 octets.

/** Four octets, or sixteen that don't stand for an IPv4 address (RFC 4291, section 2.5.5.2). */
export function isAddress(octets: Uint8Array): boolean {
  if (octets.length === 4) return true
  return octets.length === 16 && !isMapped(octets)
}

function isMapped(octets: Uint8Array): boolean {
  const isZero = octets.subarray(0, 10).every((octet) => octet === 0)
  return isZero && octets[10] === 0xff && octets[11] === 0xff
}

/** Whether the ones of a mask are all at its beginning. */
export function isMask(octets: Uint8Array): boolean {
  let bits = ''
  for (const octet of octets) bits += octet.toString(2).padStart(8, '0')
  return !bits.includes('01')
}
