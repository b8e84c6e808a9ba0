// A credential helper asked: what its answer, or its failure, means.
import {
  attempt,
  DockerConfigError,
  type HelperCredentials,
  helperRequest,
  parseHelperResponse,
} from '../docker-config/index.js'
import { decodeUtf8 } from '../text/index.js'
import { failure } from './failure.js'
import type { HelperSettings } from './helper-options.js'
import type { KeychainFailure } from './keychain.js'
import type { HelperLimits, HelperOutcome, UnfinishedHelper } from './run-helper.js'

/** What a helper has for a server. */
export async function askHelper(
  name: string,
  server: string,
  { run, limits }: HelperSettings,
): Promise<HelperCredentials | KeychainFailure> {
  const request = attempt(() => helperRequest(name, server))
  if (request instanceof DockerConfigError) {
    return request.issue.code === 'unsupported-server'
      ? failure(
          'invalid-file',
          'no credential helper is asked for a server with a control character',
        )
      : failure('invalid-file', 'the file names a credential helper that no program can be')
  }
  const outcome = await settled(() => run(request, limits))
  if (typeof outcome !== 'object' || outcome === null) {
    throw new TypeError('run: expected an object, whose kind says what became of the helper')
  }
  return answerOf(name, outcome, limits)
}

/** What `run` throws, where the caller gave one, may hold what the helper said. */
async function settled(run: () => Promise<HelperOutcome>): Promise<HelperOutcome> {
  try {
    return await run()
  } catch {
    return { kind: 'not-runnable' }
  }
}

function answerOf(
  name: string,
  outcome: HelperOutcome,
  limits: HelperLimits,
): HelperCredentials | KeychainFailure {
  if (outcome.kind !== 'exited') return unfinished(name, outcome, limits)
  const { exitCode, stdout } = outcome
  const text = decodeUtf8(stdout)
  if (text === undefined) return failure('helper-output', `${programOf(name)} wrote no UTF-8`, name)
  const answer = attempt(() => parseHelperResponse(text, exitCode))
  if (!(answer instanceof DockerConfigError)) return answer
  return answer.issue.code === 'helper-failed'
    ? failure('helper-failed', `${programOf(name)} failed with status ${exitCode}`, name)
    : failure('helper-output', `${programOf(name)} answered with no credentials in JSON`, name)
}

function unfinished(
  name: string,
  { kind }: UnfinishedHelper,
  { timeout, maxOutput }: HelperLimits,
): KeychainFailure {
  const program = programOf(name)
  switch (kind) {
    case 'not-found':
      return failure('helper-not-found', `no folder of PATH has the program ${program}`, name)
    case 'timeout':
      return failure(
        'helper-timeout',
        `${program} took longer than ${timeout / 1000} seconds`,
        name,
      )
    case 'too-much-output':
      return failure('helper-output', `${program} wrote more than ${maxOutput} bytes`, name)
    default:
      return failure('helper-failed', `${program} could not be run, or was ended`, name)
  }
}

function programOf(name: string): string {
  return `docker-credential-${name}`
}
