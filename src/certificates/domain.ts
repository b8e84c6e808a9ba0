// A domain, as an alternative name or a name constraint has it.

/** Labels of visible ASCII, none empty; the empty domain stands for all of them. */
export function isDomain(domain: string): boolean {
  if (domain === '') return true
  for (const character of domain) if (character <= ' ' || character > '~') return false
  return domain.split('.').every((label) => label !== '')
}
