#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import {
  answerChallenge,
  type Certificate,
  ConfigError,
  type ConfigIssue,
  createResolver,
  type ImagePullerConfig,
  ImageReferenceError,
  type MirrorEndpoint,
  type ProxyDecision,
  parseChallenges,
  parseConfig,
  type Resolution,
  type Resolver,
  requestUrls,
} from './index.js'

const USAGE = `Usage:
  imagepuller-auth resolve [--json] [--strict] CONFIG IMAGE...
      Print for each image how the image puller reaches its registry.
  imagepuller-auth challenge [--strict] CONFIG IMAGE 'WWW-Authenticate: ...'...
      Print what a puller sends after a 401 answer with these header lines.

Secrets are never shown. Exit status: 0 all well, 1 a wrong configuration or image, 2 wrong usage.
`

const FAILED = 1
const MISUSED = 2

/** Everything that is printed goes through these two. */
const print = (text: string): boolean => process.stdout.write(`${text}\n`)
const complain = (text: string): boolean => process.stderr.write(`${text}\n`)

function main(args: readonly string[]): number {
  let parsed: ReturnType<typeof parseArguments>
  try {
    parsed = parseArguments(args)
  } catch {
    return misuse('unknown option')
  }
  const { values, positionals } = parsed
  if (values.help) {
    print(USAGE)
    return 0
  }
  const [command, file, ...rest] = positionals
  if (command !== 'resolve' && command !== 'challenge') return misuse('expected a command')
  if (file === undefined || rest.length === 0) return misuse('expected a CONFIG and an IMAGE')
  const config = readConfig(file, values.strict)
  if (config === undefined) return FAILED
  const resolver = createResolver(config)
  if (command === 'resolve') return resolveAll(resolver, rest, values.json)
  const [image = '', ...lines] = rest
  if (lines.length === 0) return misuse('expected the header lines of a 401 answer')
  return challenge(resolver, image, lines)
}

function parseArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
}

function misuse(message: string): number {
  complain(`imagepuller-auth: ${message}\n\n${USAGE}`)
  return MISUSED
}

/** The configuration, or undefined after its issues were printed. */
function readConfig(file: string, strict: boolean): ImagePullerConfig | undefined {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown error'
    complain(`${file}: can't be read (${code})`)
    return undefined
  }
  try {
    const config = parseConfig(bytes, { strict })
    for (const warning of config.warnings) complain(`${describeIssue(file, warning)} (warning)`)
    return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const issue of error.issues) complain(describeIssue(file, issue))
    return undefined
  }
}

function describeIssue(file: string, { line, column, code, message }: ConfigIssue): string {
  return `${file}:${line}:${column} ${code} ${message}`
}

function resolveAll(resolver: Resolver, images: readonly string[], json: boolean): number {
  const resolutions: Resolution[] = []
  let status = 0
  for (const [i, image] of images.entries()) {
    const resolution = resolveOne(resolver, image, i)
    if (resolution) resolutions.push(resolution)
    else status = FAILED
  }
  if (json) print(JSON.stringify(resolutions.map(toJson), undefined, 2))
  else if (resolutions.length > 0) print(resolutions.map(describe).join('\n\n'))
  return status
}

function resolveOne(resolver: Resolver, image: string, i: number): Resolution | undefined {
  try {
    return resolver.resolve(image)
  } catch (error) {
    if (!(error instanceof ImageReferenceError)) throw error
    // The text isn't repeated: what is wrong with it may be a password in it.
    complain(`IMAGE ${i + 1}: ${error.part} ${error.reason} ${error.message}`)
    return undefined
  }
}

/** A resolution without the DER bytes, which are in the PEM text too; secrets hide themselves. */
function toJson({ tls, ...rest }: Resolution): unknown {
  if (tls.trust !== 'ca-bundle') return { ...rest, tls }
  const certificates = tls.certificates.map(({ der: _, ...certificate }) => certificate)
  return { ...rest, tls: { ...tls, certificates } }
}

function describe(resolution: Resolution): string {
  const { image, rule, limitation, credentials, schemes, endpoint } = resolution
  const port = image.port === undefined ? '' : `, port ${image.port}`
  const rows: [string, string][] = [
    ['registry', `${image.host}${port}`],
    ['rule', rule ? `registries."${printable(rule.name)}" (${rule.coverage})` : 'none applies'],
  ]
  if (limitation) {
    const without = limitation.rule
      ? `; without the port, "${limitation.rule.name}" would apply`
      : ''
    rows.push(['note', `${limitation.message}${without}`])
  }
  rows.push(...describeTrust(resolution))
  rows.push(['credentials', credentials.kind])
  rows.push(['schemes', schemes.length > 0 ? schemes.join(', then ') : 'none'])
  if (endpoint.kind === 'mirror') rows.push(['mirror', describeMirror(endpoint)])
  rows.push(['proxy', describeProxy(resolution.proxy)])
  return [image.name, ...rows.map(([name, text]) => `  ${name.padEnd(12)} ${text}`)].join('\n')
}

const TRUST: Readonly<Record<Resolution['tls']['trust'], string>> = {
  'web-pki': 'web PKI',
  'ca-bundle': 'only these certificates',
  'deny-all': 'nobody: no TLS handshake may succeed',
  'skip-verify': 'anybody: certificates are not verified',
}

function describeTrust({ tls }: Resolution): [string, string][] {
  const rows: [string, string][] = [['trust', TRUST[tls.trust]]]
  if (tls.trust !== 'ca-bundle') return rows
  return [...rows, ...tls.certificates.map((one): [string, string] => ['', describeAnchor(one)])]
}

function describeAnchor({ subject, notAfter }: Certificate): string {
  return `${printable(subject)}, until ${notAfter.toISOString().slice(0, 10)}`
}

function describeMirror({ url, namespace }: MirrorEndpoint): string {
  return `${printable(url)} (ns=${namespace})`
}

function describeProxy(proxy: ProxyDecision): string {
  if (proxy.kind === 'proxy') {
    const authorization = proxy.authorization ? ', with credentials' : ''
    return `${printable(proxy.url)} (${proxy.reason}${authorization})`
  }
  const entry = proxy.entry === undefined ? '' : ` "${printable(proxy.entry)}"`
  return `none (${proxy.reason}${entry})`
}

function challenge(resolver: Resolver, image: string, lines: readonly string[]): number {
  const resolution = resolveOne(resolver, image, 0)
  if (resolution === undefined) return FAILED
  const { repository } = resolution.image
  const [url] = requestUrls(resolution, `/v2/${repository}/manifests/latest`)
  if (url === undefined) {
    complain('IMAGE 1: the rule denies this registry, so it is never asked')
    return FAILED
  }
  const challenges = parseChallenges(lines.map((line) => line.replace(/^www-authenticate:/i, '')))
  for (const { line, column, message } of challenges.skipped) {
    complain(`header ${line}:${column}: ${message}`)
  }
  const answer = answerChallenge(resolution, challenges, {
    url,
    scopes: [`repository:${repository}:pull`],
  })
  print(JSON.stringify(answer, undefined, 2))
  return answer.kind === 'none' ? FAILED : 0
}

/** What a configuration says must not be able to rewrite the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}

process.exitCode = main(process.argv.slice(2))
