// What a registry asks for, and what answers it, in sentences.

import { isIP } from 'node:net'
import type {
  Answer,
  Credentials,
  NoAnswer,
  ParsedChallenges,
  RefusalCode,
  Resolution,
  TokenRequest,
} from 'imagepuller-auth'
import { hostOf } from './connect-to.js'

/** A server may name anything: these are the schemes that clients know. */
const SCHEMES: ReadonlySet<string> = new Set(['basic', 'bearer', 'digest', 'negotiate', 'ntlm'])

/** What the registry asks for. */
export function describeChallenges({ challenges, skipped }: ParsedChallenges): string {
  if (challenges.length === 0 && skipped.length > 0) return 'asks for what can not be read'
  const names = new Set(challenges.map(({ scheme }) => showScheme(scheme)))
  return names.size === 0 ? 'names no way to authenticate' : `asks for ${[...names].join(' or ')}`
}

function showScheme(scheme: string): string {
  if (!SCHEMES.has(scheme)) return 'a scheme that no client knows'
  return scheme === 'ntlm' ? 'NTLM' : scheme.charAt(0).toUpperCase() + scheme.slice(1)
}

/**
 * What answers; undefined where nothing does.
 *
 * @param asking - Which endpoint has answered with the challenge.
 */
export function describeAnswer(
  answer: Answer,
  credentials: Credentials,
  asking: 'mirror' | 'registry',
): string | undefined {
  if (answer.kind === 'none') return undefined
  const held = HELD[credentials.kind]
  if (answer.kind === 'authorization') return `${held} for ${answer.origin} alone`
  return `a token, asked for ${howAsked(answer, held, asking)}`
}

function howAsked(
  { method, origin, foreign, headers }: TokenRequest,
  held: string,
  asking: string,
): string {
  const isAnonymous = method === 'GET' && headers.length === 0
  const place = `at ${origin}${foreign ? `, outside the ${asking}'s own domain` : ''}`
  return `${place}, by ${method} ${isAnonymous ? 'without credentials' : `with ${held}`}`
}

const HELD: Readonly<Record<Credentials['kind'], string>> = {
  anonymous: 'no credentials',
  basic: "the rule's user name and password",
  'identity-token': "the rule's identitytoken",
  'registry-token': "the rule's registrytoken",
}

/** What to do where nothing answers. */
export function helpFor(answer: NoAnswer, resolution: Resolution): string {
  if (answer.code === 'realm-refused') return REALM_HELP[answer.refusal] ?? REALM_AT_FAULT
  if (answer.code === 'no-credentials') return `write username and password ${inRule(resolution)}`
  return HELP[answer.code]
}

const REALM_AT_FAULT =
  'the registry is at fault: its administrator has to mend the realm of its challenge'

/** What to do where the realm is a URL, but no place for credentials. */
const REALM_HELP: Readonly<Partial<Record<RefusalCode, string>>> = {
  'invalid-scheme': 'give the token service TLS, and let the registry name it by https',
  'local-host':
    "let the registry name a token service with a public name, or one at the registry's own host",
}

/** Where credentials are to be written: rules name domains, so the rest is for the catch-all. */
export function inRule({ rule, image }: Resolution): string {
  const isDomain = image.port === undefined && isIP(hostOf(image.host)) === 0
  const own = isDomain ? `${image.host}.` : '.'
  return `in [registries."${rule === undefined || rule.name === '.' ? own : rule.name}"]`
}

const HELP: Readonly<
  Record<Exclude<NoAnswer['code'], 'realm-refused' | 'no-credentials'>, string>
> = {
  'other-origin': 'let the registry answer at its own name',
  'no-challenge':
    'what answers may be no registry, or a proxy took the header away: look into what it sends',
  'unreadable-challenge': 'the registry is at fault: its administrator has to mend the header',
  'unsupported-scheme': 'let the registry offer Basic or Bearer: no other scheme can be configured',
  'no-credentials-for-mirrors':
    'let the mirror give the image to anyone who may reach it, or leave out the mirror',
  'unsendable-credentials':
    'write the credentials anew without a line end: `echo` adds one, `printf %s` does not',
  'rejected-credentials': 'ask for new credentials',
  'realm-missing': 'the registry is at fault: its challenge has to name its token service',
}
