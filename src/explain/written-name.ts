// A rule's name that holds more than the name of a registry, taken apart as its author meant it.

/** What a name holds besides the registry; of several, the first. */
export type NameFault = 'scheme' | 'path' | 'wildcard' | 'port'

/** A rule's name, taken apart. */
export interface WrittenName {
  /** What it holds besides the registry. */
  readonly fault: NameFault | undefined
  /** The registry, with a leading dot for a wildcard before it, and `.` for a wildcard alone. */
  readonly host: string
  /** The path, without the slash before it; empty where there is none. */
  readonly path: string
}

const PORT = /^\d{1,5}\.?$/

/** Takes a name apart. User info before the registry is left out, where a scheme shows that it is some. */
export function readWrittenName(name: string): WrittenName {
  const scheme = name.indexOf('://')
  const url = scheme < 0 ? name : name.slice(scheme + 3)
  const rest = scheme < 0 ? url : url.slice(url.lastIndexOf('@') + 1)
  const slash = rest.indexOf('/')
  const path = slash < 0 ? '' : rest.slice(slash + 1)
  const authority = slash < 0 ? rest : rest.slice(0, slash)
  const domain = withoutPort(authority)
  const host = domain === '*' ? '.' : domain.startsWith('*.') ? domain.slice(1) : domain
  const faults: readonly (readonly [NameFault, boolean])[] = [
    ['scheme', scheme >= 0],
    ['path', slash >= 0],
    ['wildcard', host !== domain],
    ['port', domain !== authority],
  ]
  return { fault: faults.find(([, holds]) => holds)?.[0], host, path }
}

/** A trailing dot may stand behind the port, as in `registry.corp:5000.`. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':')
  const hasPort = colon > 0 && PORT.test(authority.slice(colon + 1, colon + 8))
  return hasPort ? authority.slice(0, colon) : authority
}
