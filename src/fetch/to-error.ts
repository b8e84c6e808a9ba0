// From a fault to the error that is thrown: with the image, whose rule may have to do with it.
import type { Resolution, Resolver } from '../resolve/index.js'
import { RegistryFetchError, type RegistryFetchIssue } from './errors.js'
import type { FetchFault } from './fetch-fault.js'
import { hintsFor } from './hints.js'
import { proxyHints } from './proxy-hint.js'

/** The error of a request for an image. */
export function toRegistryFetchError(
  fault: FetchFault,
  resolver: Resolver,
  resolution: Resolution,
): RegistryFetchError {
  const { code, message, details } = fault
  const { attempts = [], tokenAttempt } = details
  const tried = tokenAttempt ? [tokenAttempt] : attempts
  const hints = Object.freeze([...proxyHints(resolver, tried), ...hintsFor(resolver, resolution)])
  const issue: RegistryFetchIssue =
    code === 'unreachable'
      ? { code, attempts: Object.freeze([...attempts]), message, hints }
      : { code, message, hints }
  return new RegistryFetchError(issue, details.said)
}
