// A rule whose name is nearly that of a public registry, which it then says nothing about.
import { withoutLeadingDot } from '../../names/index.js'
import { isOneEdit } from '../../text/index.js'
import type { Check } from '../check.js'
import { AT_KEY } from '../finding.js'

/** Registries that many images come from. Of two that a name is near to, the first is named. */
const PUBLIC: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'ghcr.io',
  'quay.io',
  'gcr.io',
  'registry.k8s.io',
  'mcr.microsoft.com',
  'public.ecr.aws',
  'registry.gitlab.com',
  'nvcr.io',
  'icr.io',
  'lscr.io',
])

/** Whether the name of each rule is one slip of the fingers away from one of these. */
export const resemblingName: Check = function* ({ rules }) {
  for (const { normal, path } of rules) {
    const name = normal === undefined ? '' : withoutLeadingDot(normal)
    const near = PUBLIC.has(name) ? undefined : nearTo(name)
    if (near === undefined) continue
    const lead = normal === name ? '' : '.'
    yield {
      code: 'resembling-name',
      severity: 'info',
      path,
      spot: AT_KEY,
      message: `differs from ${near}, a public registry, by one character, or by two that are swapped`,
      help: `write [registries."${lead}${near}."] if that is meant`,
    }
  }
}

function nearTo(name: string): string | undefined {
  for (const known of PUBLIC) if (isOneEdit(known, name)) return known
  return undefined
}
