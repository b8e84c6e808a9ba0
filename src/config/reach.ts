// Credentials, or TLS that isn't verified, for more hosts than were probably meant, or for whichever
// server answers.
import { CATCH_ALL, withoutLeadingDot } from '../names/index.js'
import type { RegistryKeys } from './config.js'
import type { Path } from './path.js'
import type { Report } from './report.js'

/** @param normal - The normal form of the rule's name; undefined for one that matches nothing. */
export function warnAboutReach(
  { insecureSkipVerify }: RegistryKeys,
  held: number,
  normal: string | undefined,
  path: Path,
  report: Report,
): void {
  const hasCredentials = held > 0
  if (insecureSkipVerify && hasCredentials) {
    const message =
      'sends its credentials to any server that answers, since insecure-skip-verify is set'
    const help = 'write ca-certs with the CA of the registry instead of insecure-skip-verify'
    report.warn('credentials-without-tls', path, message, help)
  }
  const reach = normal === undefined ? undefined : reachOf(normal)
  if (reach === undefined) return
  const { suffix, hosts, help } = REACHES[reach]
  if (insecureSkipVerify) {
    const message = `turns off the verification of TLS for ${hosts}`
    report.warn(`skip-verify-on-${suffix}`, path, message, help)
  }
  if (hasCredentials) {
    const message = `sends its credentials to ${hosts}, as soon as an image is there`
    report.warn(`credentials-on-${suffix}`, path, message, help)
  }
}

type Reach = 'catch-all' | 'single-label'

const REACHES = {
  'catch-all': {
    suffix: 'catch-all',
    hosts: 'every registry that no other rule covers',
    help: 'write a rule for each registry that is meant, by its whole name',
  },
  'single-label': {
    suffix: 'single-label',
    hosts: 'every registry below a top-level domain',
    help: 'write the whole name of the registry, such as [registries."registry.corp."]',
  },
} as const

/** `localhost` is this machine, and what is below it as well (RFC 6761, section 6.3). */
function reachOf(normal: string): Reach | undefined {
  // Nearly all names have a dot between two labels.
  if (normal.includes('.', 1)) return undefined
  if (normal === CATCH_ALL) return 'catch-all'
  return withoutLeadingDot(normal) === 'localhost' ? undefined : 'single-label'
}
