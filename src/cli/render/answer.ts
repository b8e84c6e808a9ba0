// What a puller sends after a 401, as a table.

import type { Answer, AuthorizationAnswer, NoAnswer, TokenRequest } from 'imagepuller-auth'
import { type Row, renderRows } from '../../text/index.js'
import { type AskedEndpoint, describeEndpoint } from './endpoints.js'
import type { Look } from './look.js'
import { COLUMN, row } from './row.js'

/** An endpoint that answered with a 401, and what answers it. */
export interface Respondent {
  readonly endpoint: AskedEndpoint
  readonly answer: Answer
  /** Whether another one may have answered, too. */
  readonly isGuess: boolean
}

/** The image and what answers a challenge of its registry or mirror. Values of headers and bodies are secrets. */
export function describeAnswer(image: string, respondent: Respondent, look: Look): string {
  const { endpoint, isGuess } = respondent
  const guess = isGuess ? '; --from names another' : ''
  const rows = [row('for', `${describeEndpoint(endpoint)}${guess}`), ...rowsOf(respondent)]
  return [look.bold(image), ...renderRows(rows, look, COLUMN)].join('\n')
}

function rowsOf({ answer, endpoint }: Respondent): Row[] {
  switch (answer.kind) {
    case 'authorization':
      return authorizationRows(answer)
    case 'token-request':
      return tokenRows(answer, endpoint)
    default:
      return noRows(answer)
  }
}

function authorizationRows({ origin, header }: AuthorizationAnswer): Row[] {
  return [
    row('answer', 'the request again'),
    row('with', `${header.name} (not shown)`),
    row('to', `${origin} alone`),
  ]
}

function tokenRows(request: TokenRequest, { kind }: AskedEndpoint): Row[] {
  const { foreign, registry, origin, scopes, service, fallback } = request
  const realm = `${foreign ? 'outside' : 'in'} the ${kind}'s own domain`
  const rows = [
    row('answer', 'a token, to be asked for first'),
    ...sendRows('send', request),
    row('realm', `${origin}, ${realm}`),
    row('service', service === '' ? 'none named' : service),
    row('scopes', scopes.join(' ')),
    row('token for', `${registry} alone`),
  ]
  return fallback ? [...rows, ...sendRows('after a 404', fallback)] : rows
}

function sendRows(name: string, { method, url, headers, body }: TokenRequest): Row[] {
  const names = headers.map((header) => header.name)
  const parts = body ? [...names, 'a form'] : names
  const secrets = parts.length > 0 ? `${parts.join(', ')} (not shown)` : 'no credentials'
  return [row(name, `${method} ${url}`), row('with', secrets)]
}

function noRows({ code, message }: NoAnswer): Row[] {
  return [row('answer', `none (${code})`), row('', message)]
}
