// Credential helpers, run where the command line is told to.

import type { HelperCredentials } from 'imagepuller-auth/docker-config'
import { askCredentialHelper } from 'imagepuller-auth/keychain'
import type { ConversionNote } from 'imagepuller-auth/write'
import type { Io } from '../io.js'
import { renderFinding } from '../render/index.js'

/**
 * What the helpers answer that a conversion's notes name, by server. A helper that fails is told of,
 * and leaves its servers without an answer.
 */
export async function askHelpers(
  notes: readonly ConversionNote[],
  io: Io,
): Promise<Readonly<Record<string, HelperCredentials>>> {
  const answers: Record<string, HelperCredentials> = Object.create(null)
  const { env, platform } = io
  for (const { helper } of notes) {
    if (helper === undefined) continue
    for (const server of helper.servers) {
      const answer = await askCredentialHelper(helper.name, server, { env, platform })
      if (answer.kind !== 'failure') answers[server] = answer
      else {
        const { code, message } = answer
        io.complain(renderFinding(server, { severity: 'error', code, message }, io.errorLook))
      }
    }
  }
  return answers
}
