import { createRequire } from 'node:module'
import { parseWWWAuthenticateHeader } from 'http-auth-utils'
import { parseChallenges } from 'imagepuller-auth'
import { readCases, show, time } from './measure.js'

const require = createRequire(import.meta.url)
const authHeader = require('auth-header')
const wwwAuthenticate = require('www-authenticate').parsers.WWW_Authenticate

const DOCKER_HUB = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'
const PLAIN = 'Basic realm="registry.corp"'

/** The vectors that RFC 9110 answers, with its answer. */
const cases = readCases('challenges.json')
  .filter(({ rfc, rfc9110 }) => rfc === 'same' || rfc9110)
  .map(({ headers, want, rfc9110 }) => ({ headers, want: normal(rfc9110 ?? want) }))

/** Each parser as a function from header lines to challenges; the peers read one line. */
const PARSERS = {
  parseChallenges: [
    (line) => parseChallenges(line),
    (lines) =>
      parseChallenges(lines).challenges.map(({ scheme, parameters }) => ({ scheme, parameters })),
  ],
  'auth-header': [
    (line) => authHeader.parse(line),
    (lines) => {
      const { scheme, params } = authHeader.parse(lines.join(', '))
      return [{ scheme, parameters: params }]
    },
  ],
  'www-authenticate': [
    (line) => new wwwAuthenticate(line),
    (lines) => {
      const { scheme, parms } = new wwwAuthenticate(lines.join(', '))
      return [{ scheme, parameters: parms }]
    },
  ],
  'http-auth-utils': [
    (line) => parseWWWAuthenticateHeader(line),
    (lines) => {
      const { type, data } = parseWWWAuthenticateHeader(lines.join(', '))
      return [{ scheme: type, parameters: data }]
    },
  ],
}

export function benchChallenges() {
  for (const [name, [parse, list]] of Object.entries(PARSERS)) {
    const right = cases.filter(({ headers, want }) => answers(list, headers) === want).length
    const note = `right on ${right} of ${cases.length} headers`
    show(
      `${name}, Basic`,
      time(() => parse(PLAIN), 50_000),
      note,
    )
    const hub = name === 'http-auth-utils' ? undefined : time(() => parse(DOCKER_HUB), 50_000)
    if (hub === undefined) console.log(`${`${name}, Docker Hub`.padEnd(44)}     throws`)
    else show(`${name}, Docker Hub`, hub)
  }
}

function answers(list, headers) {
  try {
    return normal(list(headers))
  } catch {
    return 'an error'
  }
}

/** One text for what means the same: names have no case, parameters no order. */
function normal(challenges) {
  const rows = challenges.map(({ scheme, parameters }) => [
    String(scheme).toLowerCase(),
    Object.entries(parameters ?? {})
      .map(([name, value]) => [name.toLowerCase(), value])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ])
  return JSON.stringify(rows)
}
