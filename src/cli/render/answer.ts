// What a puller sends after a 401, as a table.

import type { Answer, AuthorizationAnswer, NoAnswer, TokenRequest } from 'imagepuller-auth'
import { type Row, renderRows } from '../../text/index.js'
import { COLUMN, row } from './decision.js'
import type { Look } from './look.js'

/** The image and what answers its registry's challenge. Values of headers and bodies are secrets. */
export function describeAnswer(image: string, answer: Answer, look: Look): string {
  return [look.bold(image), ...renderRows(rowsOf(answer), look, COLUMN)].join('\n')
}

function rowsOf(answer: Answer): Row[] {
  switch (answer.kind) {
    case 'authorization':
      return authorizationRows(answer)
    case 'token-request':
      return tokenRows(answer)
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

function tokenRows(request: TokenRequest): Row[] {
  const { foreign, registry, origin, scopes, service, fallback } = request
  const realm = foreign ? "outside the registry's own domain" : "in the registry's own domain"
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
