// The names of rules: two that mean the same, and those that match nothing that was meant.
import { isOtherDockerHost } from '../image/index.js'
import {
  isMatchedAsWritten,
  isMatchedByPuller,
  normalForm,
  type UnmatchableName,
  whyUnmatchable,
  withoutLeadingDot,
} from '../names/index.js'
import { withoutUserInfo } from '../text/index.js'
import type { RegistryKeys } from './config.js'
import { quoteKey } from './key-text.js'
import type { Report } from './report.js'

/**
 * Reports what is wrong with the name of a rule by itself.
 *
 * @param normal - The name's normal form; undefined for one that matches nothing.
 */
export function checkName(
  name: string,
  normal: string | undefined,
  { caBundle }: RegistryKeys,
  report: Report,
): void {
  if (normal === undefined) reportUnmatchable(name, caBundle !== undefined, report)
  else if (isOtherDockerHost(withoutLeadingDot(normal))) {
    const help = 'write [registries."docker.io."]'
    report.warn('docker-hub-name', ['registries', name], DOCKER_HUB, help)
  }
}

/** Reports each name that means the same as one above it. */
export function checkDuplicates(names: readonly string[], report: Report): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const normal = normalForm(name)
    if (normal === undefined) continue
    const other = seen.get(normal)
    if (other === undefined) seen.set(normal, name)
    else {
      const message = `means the same as registries.${quoteKey(withoutUserInfo(other))}`
      const help = 'write one table with the keys of both'
      report.error('duplicate-name', ['registries', name], message, help)
    }
  }
}

const DOCKER_HUB =
  "is a server of Docker Hub, but the images of Docker Hub are at docker.io, and such a rule isn't theirs"

/** A pinned CA that nothing is checked against would silently mean the web PKI. */
function reportUnmatchable(name: string, hasCaCerts: boolean, report: Report): void {
  const path = ['registries', name]
  const fault = whyUnmatchable(name)
  const [what, help] = UNMATCHABLE[fault]
  if (hasCaCerts && !isMatchedByPuller(name, fault)) {
    const puller = isMatchedAsWritten(name, fault) ? RESTRICTED_AS_WRITTEN : ''
    const message = `${what}, so its ca-certs restrict nothing: the registry would get the web PKI${puller}`
    report.error('unmatchable-ca-certs', path, message, help)
  } else {
    const message = `${what}, so this library never applies it${inPuller(name, fault)}`
    report.warn('unmatchable-name', path, message, help)
  }
}

const RESTRICTED_AS_WRITTEN =
  " (in Contrast's puller, they restrict images whose registry is spelled the same way, and no others)"

function inPuller(name: string, fault: UnmatchableName): string {
  if (isMatchedByPuller(name, fault)) return " (Contrast's puller may)"
  return isMatchedAsWritten(name, fault)
    ? " (Contrast's puller may, to images whose registry is spelled the same way)"
    : ''
}

const NAME = 'write the name of the registry alone, such as "registry.corp."'

const PORT_HELP =
  'serve the registry on port 443 under a name of its own, or pin its CA under "." ("ca-certs" there hold for every registry without a rule)'

/** What a name has, as it goes on with "so this library never applies it", and what to write instead. */
const UNMATCHABLE: Readonly<Record<UnmatchableName, readonly [what: string, help: string]>> = {
  scheme: [
    'is a URL',
    'leave out the scheme and what follows the host, as in "registry.corp."; Docker Hub is "docker.io."',
  ],
  'user-info': [
    'has user info, or an "@" in some form',
    'write the name of the registry alone, and username and password as keys below it',
  ],
  path: ['has a path', `${NAME}; a rule is for a registry, not for a repository`],
  wildcard: [
    'has a "*", which stands for nothing here',
    'write ".registry.corp." for every subdomain of registry.corp, or "." for every registry',
  ],
  'invalid-port': ['has a colon without a port from 1 to 65535 behind it', NAME],
  port: ['has a port, and a registry with a port is covered by "." alone here', PORT_HELP],
  'ip-address': [
    'is an IP address, or ends in a number, and such a registry is covered by "." alone here',
    PORT_HELP,
  ],
  'empty-label': [
    'has nothing between two dots, or no label at all',
    `${NAME}; "." is every registry`,
  ],
  'not-ascii': [
    'has characters outside of ASCII',
    'write the name in the form that begins with "xn--" (Punycode)',
  ],
  'invalid-character': ['has characters that no registry has in its name', NAME],
  'label-too-long': ['has a label of more than 63 characters, which DNS lacks', NAME],
  'name-too-long': ['has more than 253 characters, which DNS lacks', NAME],
}
