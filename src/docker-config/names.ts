// What the programs take a key of `auths` for. Each has a reading of its own.
import { hasBrokenEscape } from '../net/index.js'
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

/**
 * Docker: the host and port of what Go's `net/url` takes for a URL; else what stands behind `://`, or at
 * the beginning, before a slash.
 */
export function dockerRegistryOf(key: string): string {
  const separator = key.indexOf('://')
  if (separator < 0) return hostOf(key)
  return hostOfGoUrl(key) ?? (withBrackets(hostOf(key.slice(separator + 3))) || hostOf(key))
}

/** Docker takes several colons for those of an IPv6 address, and the last one for the port's. */
function withBrackets(authority: string): string {
  const colon = authority.lastIndexOf(':')
  const [host, port] = [authority.slice(0, colon), authority.slice(colon + 1)]
  const isAddress = !authority.startsWith('[') && host.includes(':')
  return isAddress && port !== '' && DIGITS.test(port) ? `[${host}]:${port}` : authority
}

// Each of these reads a character once.
const SCHEME = /^(?:[a-z][a-z\d+.-]*:)?\/\//i

const USER_INFO = /^(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})*$/i

const HOST = /^[\w.~!$&'()*+,;=<>"\u0080-\uffff-]*$/

const BRACKETED = /^\[[\da-f:.]*\]$/i

const DIGITS = /^\d*$/

/** What `net/url` gives for the host and port behind any scheme; undefined where it finds none. */
function hostOfGoUrl(key: string): string | undefined {
  const scheme = SCHEME.exec(key)
  if (scheme === null) return undefined
  const [url, fragment] = cut(key, '#')
  const [rest] = cut(url.slice(scheme[0].length), '?')
  const authority = hostOf(rest)
  // A query is kept as it stands, and a fragment alone may hold control characters.
  if (hasControl(url) || hasBrokenEscape(rest.slice(authority.length))) return undefined
  if (hasBrokenEscape(fragment)) return undefined
  const at = authority.lastIndexOf('@')
  return USER_INFO.test(authority.slice(0, at + 1))
    ? hostAndPortOf(authority.slice(at + 1))
    : undefined
}

function hostAndPortOf(authority: string): string | undefined {
  const colon = authority.indexOf(':', authority.lastIndexOf(']') + 1)
  const host = colon < 0 ? authority : authority.slice(0, colon)
  const port = colon < 0 ? '' : authority.slice(colon + 1)
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

/** What stands before and behind the first of these characters. */
function cut(text: string, character: string): readonly [before: string, behind: string] {
  const at = text.indexOf(character)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function withoutPrefix(text: string, prefix: string): string | undefined {
  return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
}
