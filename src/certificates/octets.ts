// Octets, compared.

/** Whether two stretches of DER are the same, which is how Go compares names, keys and algorithms. */
export function areSameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, i) => octet === b[i])
}
