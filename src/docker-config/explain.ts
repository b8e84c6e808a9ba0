// Why the programs find what they find, side by side.
import { joinParts } from '../text/index.js'
import type { DockerCredentials } from './credentials.js'
import type { DockerConfig } from './entry.js'
import { attempt, DockerConfigError } from './errors.js'
import { checkLookup, RULES } from './find.js'
import type { Lookup } from './lookup.js'
import { missesOf, type NearMiss, type ProgramAnswer } from './near-miss.js'
import { type DockerProgram, PROGRAMS } from './program.js'

/** Why each program finds what it finds. */
export interface DockerCredentialsExplanation
  extends Readonly<Record<DockerProgram, ProgramAnswer>> {
  /** What Contrast's command line finds. */
  readonly contrast: ProgramAnswer
  /** What Podman finds. */
  readonly podman: ProgramAnswer
  /** What Docker's command line finds. */
  readonly docker: ProgramAnswer
  /** Whether any two differ in the entry that decided, or in what they make of it. */
  readonly differ: boolean
  /** The entries that nearly matched, for each program. */
  readonly nearMisses: readonly NearMiss[]
}

/**
 * Explains what each program finds for a server, side by side, and which entries it passes over
 * although they may have been meant. None of these ever matches: this only says why not.
 *
 * @param config - What `parseDockerConfig` or `readDockerConfig` gave.
 * @param server - A registry or repository, as the program would ask for it.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { explainDockerCredentials, parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "HTTPS://ghcr.io/": { "auth": "dTpw" } } }')
 * const { docker, nearMisses } = explainDockerCredentials(config, 'ghcr.io')
 * console.log(docker.kind) // basic
 * console.log(nearMisses[0]?.program, nearMisses[0]?.codes.join()) // contrast scheme,trailing-slash
 * ```
 */
export function explainDockerCredentials(
  config: DockerConfig,
  server: string,
): DockerCredentialsExplanation {
  checkLookup('explainDockerCredentials', config, server)
  const lookups = PROGRAMS.map((program) => lookUp(config, server, program))
  const [contrast, podman, docker] = PROGRAMS.map((program, i) =>
    answerOf(lookups[i] as Attempt, config, program),
  ) as [ProgramAnswer, ProgramAnswer, ProgramAnswer]
  const answers = { contrast, podman, docker }
  const nearMisses = PROGRAMS.flatMap((program, i) => {
    const lookup = lookups[i] as Attempt
    const prepared = lookup instanceof DockerConfigError ? undefined : lookup
    return missesOf(config, server, program, prepared, answers)
  })
  const summaries = new Set(Object.values(answers).map(summaryOf))
  return Object.freeze({
    ...answers,
    differ: summaries.size > 1,
    nearMisses: Object.freeze(nearMisses),
  })
}

/** A look-up, or why the program refuses the server. */
type Attempt = Lookup | DockerConfigError

function lookUp(config: DockerConfig, server: string, program: DockerProgram): Attempt {
  return attempt(() => RULES[program].lookUp(server, config.format))
}

function answerOf(lookup: Attempt, config: DockerConfig, program: DockerProgram): ProgramAnswer {
  if (lookup instanceof DockerConfigError) return failed(lookup)
  const found = attempt(() => lookup.find(config[program]))
  return found instanceof DockerConfigError ? failed(found) : Object.freeze(found)
}

function failed(error: DockerConfigError): ProgramAnswer {
  return Object.freeze({ kind: 'error', error })
}

/** What decided and what was found, secrets included: two entries may have one key. */
function summaryOf(answer: ProgramAnswer): string {
  if (answer.kind === 'error') return joinParts([answer.kind, answer.error.issue.code])
  return joinParts([answer.kind, answer.key ?? '', ...contentOf(answer)])
}

function contentOf(answer: DockerCredentials): readonly string[] {
  switch (answer.kind) {
    case 'basic':
      return [answer.encoded.reveal()]
    case 'identity-token':
      return [answer.identityToken.reveal()]
    case 'registry-token':
      return [answer.registryToken.reveal()]
    case 'helper':
      return [answer.name, answer.server]
    case 'none':
      return []
  }
}
