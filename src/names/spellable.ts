// Whether an image can have a registry that ends in a rule's name: go-containerregistry takes for one
// whatever Go's `net/url` reads as the authority of a URL and writes in the same way.
import { parseIpAddress, withoutTrailingDot } from '../net/index.js'

/** The characters of ASCII that Go takes in a host, and all others. */
const HOST = /^[\w\-.~!$&'()*+,;=:\]<>"\u0080-\uffff]*$/

const PORT = /^(?::\d*)?$/

/** Whether go-containerregistry takes some registry that ends in the name. */
export function isSpellable(name: string): boolean {
  const registry = withoutTrailingDot(name)
  if (registry.startsWith('[')) return isBracketed(registry)
  const colon = registry.lastIndexOf(':')
  return HOST.test(registry) && (colon < 0 || PORT.test(registry.slice(colon)))
}

/** An IPv6 address without a zone, and a port. */
function isBracketed(registry: string): boolean {
  const end = registry.lastIndexOf(']')
  const address = registry.slice(1, Math.max(end, 1))
  if (!address.includes(':') || address.includes('%')) return false
  return parseIpAddress(address) !== undefined && PORT.test(registry.slice(end + 1))
}
