// Domains below which registries of different owners stand. No other list of such domains is complete
// either: it makes warnings of what is an info elsewhere, and nothing hangs on it besides.
const SHARED: ReadonlySet<string> = new Set([
  'amazonaws.com',
  'amazonaws.com.cn',
  'azurecr.io',
  'azurecr.cn',
  'azurecr.us',
  'pkg.dev',
  'gcr.io',
  'jfrog.io',
  'icr.io',
  'ocir.io',
  'aliyuncs.com',
  'myhuaweicloud.com',
  'scw.cloud',
  'ovh.net',
  'cloudsmith.io',
  'gitlab.io',
  'github.io',
  'ngrok.io',
])

/** Whether registries of different owners stand below a domain. */
export function isShared(domain: string): boolean {
  return SHARED.has(domain) || COUNTRY.test(domain)
}

/** What most countries sell names below, such as `co.uk` and `com.cn`. */
const COUNTRY = /^(?:ac|co|com|edu|gob|gouv|gov|net|or|org)\.[a-z]{2}$/

/** Top-level domains of a network of one's own: everything below them has one owner. */
const PRIVATE: ReadonlySet<string> = new Set([
  'corp',
  'internal',
  'intranet',
  'private',
  'lan',
  'home',
  'local',
  'localdomain',
  'localhost',
])

/**
 * The part of a host that has one owner, as far as that can be told: two labels, or more where these
 * are shared, or one of a network of one's own.
 */
export function ownersDomain(host: string): string {
  let dot = host.lastIndexOf('.')
  const last = host.slice(dot + 1)
  if (PRIVATE.has(last)) return last
  // A label more with each step.
  let domain = last
  while (dot > 0 && (domain === last || isShared(domain))) {
    dot = host.lastIndexOf('.', dot - 1)
    domain = host.slice(dot + 1)
  }
  return domain
}
