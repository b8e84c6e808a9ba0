// What the programs take a key of `auths` for. Each has a reading of its own.
import type { DockerConfigFormat } from './entry.js'

/** What stands before the first slash. */
export function hostOf(text: string): string {
  const slash = text.indexOf('/')
  return slash < 0 ? text : text.slice(0, slash)
}

/** Docker Hub's API has three names, for the docker_credential crate and containers/image alike. */
export function normalRegistry(registry: string): string {
  const isHub = registry === 'docker.io' || registry === 'registry-1.docker.io'
  return isHub ? 'index.docker.io' : registry
}

/** The crate: the host of a key that is a URL, any other key as it stands. */
export function registryOfUrl(key: string): string {
  const rest = withoutPrefix(key, 'https://') ?? withoutPrefix(key, 'http://')
  return normalRegistry(rest === undefined ? key : hostOf(rest))
}

/** containers/image takes off one scheme after the other, and all paths of a .dockercfg. */
export function podmanRegistryOf(key: string, format: DockerConfigFormat): string {
  const once = withoutPrefix(key, 'http://') ?? key
  const rest = withoutPrefix(once, 'https://') ?? once
  return normalRegistry(format === 'dockercfg' || rest !== key ? hostOf(rest) : rest)
}

/** Docker: the host and port of what Go's `net/url` takes for a URL, else what is before a slash. */
export function dockerRegistryOf(key: string): string {
  const separator = key.indexOf('://')
  if (separator < 0) return hostOf(key)
  return hostOfGoUrl(key, separator) ?? hostOf(key)
}

// Each of these reads a character once.
const HOST = /^[\w.~!$&'()*+,;=<>"\u0080-\uffff-]*$/

const BRACKETED = /^\[[\da-f:.]*\]$/i

const DIGITS = /^\d*$/

/** What `net/url` gives for the host and port behind any scheme; undefined where it finds none. */
function hostOfGoUrl(key: string, separator: number): string | undefined {
  if (hasControl(key)) return undefined
  const rest = key.slice(separator + 3)
  const end = rest.search(/[/?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  if (end >= 0 && hasBrokenEscape(rest.slice(end))) return undefined
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1)
  const colon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1)
  const host = colon < 0 ? hostAndPort : hostAndPort.slice(0, colon)
  const port = colon < 0 ? '' : hostAndPort.slice(colon + 1)
  const isHost = HOST.test(host) || BRACKETED.test(host)
  if (host === '' || !isHost || !DIGITS.test(port)) return undefined
  if (port !== '') return `${host}:${port}`
  return host.startsWith('[') ? host.slice(1, -1) : host
}

/** A control character, which no URL of Go's has. */
function hasControl(key: string): boolean {
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    if (code < 0x20 || code === 0x7f) return true
  }
  return false
}

function hasBrokenEscape(path: string): boolean {
  return /%(?![\da-f]{2})/i.test(path)
}

function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
}
