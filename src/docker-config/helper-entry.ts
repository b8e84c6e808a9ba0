// The member of `credHelpers` that is for a server.
import type { CredentialHelperEntry, DockerConfigView } from './entry.js'
import { DockerConfigError } from './errors.js'

/** The member, if there is one. Throws `DockerConfigError` where the file, or the member, can't be read. */
export function helperEntryOf(
  { fault, credHelpers }: DockerConfigView,
  server: string,
): CredentialHelperEntry | undefined {
  if (fault) throw new DockerConfigError(fault)
  const helper = credHelpers.find((entry) => entry.server === server)
  if (helper?.fault) throw new DockerConfigError(helper.fault)
  return helper
}
