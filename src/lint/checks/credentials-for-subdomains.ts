// A name without a leading dot serves its subdomains too, as the guide has it ("must end exactly in the
// configuration's name"), and with it go the credentials.
import { DOCKER_HUB_ALIAS } from '../../image/index.js'
import { CATCH_ALL } from '../../names/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'
import { isShared } from './shared-domains.js'

/** Whether credentials go further than the registry that a rule names. */
export const credentialsForSubdomains: Check = function* ({ rules, dotted }) {
  for (const { normal, secrets, path } of rules) {
    if (normal === undefined || normal === CATCH_ALL || secrets.length === 0) continue
    const domain = normal.startsWith('.') ? normal.slice(1) : normal
    const code = 'credentials-for-subdomains'
    if (isShared(domain)) {
      const message =
        'sends its credentials to registries of other owners, whose names end in this one too'
      const help = 'write the whole name of the registry, such as "myregistry.azurecr.io."'
      yield { code, severity: 'warning', path, spot: AT_KEY, message, help }
    } else if (domain === normal && !isOneHost(normal) && !dotted.has(normal)) {
      const message = 'sends its credentials to every subdomain too, as soon as an image is there'
      yield { code, severity: 'info', path, spot: AT_KEY, message, help: undefined }
    }
  }
}

/** Docker Hub's rule is for a subdomain; single labels are reported by themselves. */
function isOneHost(normal: string): boolean {
  return normal === DOCKER_HUB_ALIAS || !normal.includes('.')
}
