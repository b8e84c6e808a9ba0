import { randomUUID } from 'node:crypto'
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { parseArgs } from 'node:util'
import type { Certificate } from './certificates/index.js'
import { type ImagePullerConfig, parseConfig } from './config/index.js'
import {
  type DockerConfig,
  DockerConfigError,
  type DockerConfigPath,
  type DockerProgram,
  dockerConfigPaths,
  explainDockerCredentials,
  type NearMiss,
  type ProgramAnswer,
  parseDockerConfig,
} from './docker-config/index.js'
import { ConfigError, type ConfigFinding } from './findings.js'
import { answerChallenge, parseChallenges } from './handshake/index.js'
import { type ImageReference, ImageReferenceError, parseImageReference } from './image/index.js'
import { normalForm } from './names/index.js'
import type { ProxyDecision } from './proxy/index.js'
import {
  createResolver,
  type MirrorEndpoint,
  type Resolution,
  type Resolver,
  requestUrls,
} from './resolve/index.js'
import { withoutUserInfo } from './text/index.js'
import { fromDockerConfig, stringifyConfig, toKubernetesSecret } from './write/index.js'

const USAGE = `Usage:
  imagepuller-auth resolve [--json] [--strict] CONFIG IMAGE...
      Print for each image how the image puller reaches its registry.
  imagepuller-auth challenge [--strict] CONFIG IMAGE 'WWW-Authenticate: ...'...
      Print what a puller sends after a 401 answer with these header lines.
  imagepuller-auth convert --docker-config FILE [--as PROGRAM] [--ca REGISTRY=FILE]...
                           [--proxy URL] [--no-proxy LIST] [--secret] [--output FILE [--force]]
      Write the image puller's configuration from Docker's or Podman's credentials file; with
      --secret as the manifest of a Kubernetes Secret. The output holds passwords. PROGRAM is
      contrast or podman, whose reading of the file counts: podman for .dockercfg, else contrast.
  imagepuller-auth credentials IMAGE
      Print in which file Contrast's command line and Podman find credentials for an image, or at
      which file they fail.

Secrets are never shown, save for what convert writes. Exit status: 0 all well, 1 something is wrong
with a file or an image, 2 wrong usage.
`

const PROGRAMS = ['contrast', 'podman'] as const

const FAILED = 1

const MISUSED = 2

/** Everything that is printed goes through these two. */
const print = (text: string): boolean => process.stdout.write(`${text}\n`)

const complain = (text: string): boolean => process.stderr.write(`${text}\n`)

// A reader that has seen enough, such as head, is no fault.
process.stdout.on('error', (error) => {
  if (codeOf(error) === 'EPIPE') return
  complain(`standard output: can't be written (${codeOf(error)})`)
  process.exitCode = FAILED
})

process.stderr.on('error', () => {
  process.exitCode = FAILED
})

const OPTIONS = {
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  'docker-config': { type: 'string' },
  as: { type: 'string' },
  ca: { type: 'string', multiple: true },
  proxy: { type: 'string' },
  'no-proxy': { type: 'string' },
  secret: { type: 'boolean' },
  output: { type: 'string' },
  force: { type: 'boolean' },
} as const

type Options = ReturnType<typeof parseArguments>['values']

/** What each command takes; an option of another one would be passed over without a word. */
const COMMANDS: ReadonlyMap<string | undefined, readonly (keyof Options)[]> = new Map([
  ['resolve', ['json', 'strict']],
  ['challenge', ['strict']],
  ['convert', ['docker-config', 'as', 'ca', 'proxy', 'no-proxy', 'secret', 'output', 'force']],
  ['credentials', []],
])

function main(args: readonly string[]): number {
  let parsed: ReturnType<typeof parseArguments>
  try {
    parsed = parseArguments(args)
  } catch {
    return misuse('unknown option, or an option without its value')
  }
  const { values, positionals } = parsed
  if (values.help) {
    print(USAGE)
    return 0
  }
  const [command, ...rest] = positionals
  const known: readonly string[] | undefined = COMMANDS.get(command)
  if (known === undefined) return misuse('expected a command')
  const foreign = Object.keys(values).find((name) => !known.includes(name))
  if (foreign !== undefined) return misuse(`--${foreign} is no option of ${command}`)
  if (command === 'resolve' || command === 'challenge') return ask(command, rest, values)
  return command === 'convert' ? convert(rest, values) : credentials(rest)
}

function parseArguments(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
}

function ask(
  command: 'resolve' | 'challenge',
  [file, ...rest]: readonly string[],
  { strict = false, json = false }: Options,
): number {
  if (file === undefined || rest.length === 0) return misuse('expected a CONFIG and an IMAGE')
  const config = readConfig(file, strict)
  if (config === undefined) return FAILED
  const resolver = createResolver(config)
  if (command === 'resolve') return resolveAll(resolver, rest, json)
  const [image = '', ...lines] = rest
  if (lines.length === 0) return misuse('expected the header lines of a 401 answer')
  return challenge(resolver, image, lines)
}

function misuse(message: string): number {
  complain(`imagepuller-auth: ${message}\n\n${USAGE}`)
  return MISUSED
}

/** The configuration, or undefined after its issues were printed. */
function readConfig(file: string, strict: boolean): ImagePullerConfig | undefined {
  const bytes = readBytes(file)
  if (bytes === undefined) return undefined
  try {
    const config = parseConfig(bytes, { strict })
    for (const warning of config.findings) complain(`${describeIssue(file, warning)} (warning)`)
    return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const issue of error.issues) complain(describeIssue(file, issue))
    return undefined
  }
}

function readBytes(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch (error) {
    complain(`${file}: can't be read (${codeOf(error)})`)
    return undefined
  }
}

/** What the file system says, such as ENOENT. */
function codeOf(error: unknown): unknown {
  return Object(error).code
}

function describeIssue(file: string, { place, code, message, help }: ConfigFinding): string {
  const at = place?.kind === 'document' ? `:${place.line}:${place.column}` : ''
  return `${file}${at} ${code} ${message}${help === undefined ? '' : `; ${help}`}`
}

function resolveAll(resolver: Resolver, images: readonly string[], json: boolean): number {
  const resolutions: Resolution[] = []
  let status = 0
  for (const [i, image] of images.entries()) {
    const resolution = resolveOne(resolver, image, i)
    if (resolution) resolutions.push(resolution)
    else status = FAILED
  }
  if (json) print(jsonOf(resolutions.map(toJson)))
  else if (resolutions.length > 0) print(resolutions.map(describe).join('\n\n'))
  return status
}

function resolveOne(resolver: Resolver, image: string, i: number): Resolution | undefined {
  try {
    return resolver.resolve(image)
  } catch (error) {
    complainAboutImage(error, i)
    return undefined
  }
}

/** The text isn't repeated: what is wrong with it may be a password in it. */
function complainAboutImage(error: unknown, i: number): void {
  if (!(error instanceof ImageReferenceError)) throw error
  complain(`IMAGE ${i + 1}: ${error.issue.code} ${error.message}`)
}

/** A resolution without the DER bytes, which are in the PEM text too; secrets hide themselves. */
function toJson({ tls, ...rest }: Resolution): unknown {
  if (tls.kind !== 'ca-bundle') return { ...rest, tls }
  const certificates = tls.certificates.map(({ der: _, ...certificate }) => certificate)
  return { ...rest, tls: { ...tls, certificates } }
}

function describe(resolution: Resolution): string {
  const { image, rule, bypassed: limitation, credentials, schemes, endpoint } = resolution
  const port = image.port === undefined ? '' : `, port ${image.port}`
  const rows: [string, string][] = [
    ['registry', `${image.host}${port}`],
    ['rule', rule ? `registries."${printable(rule.name)}" (${rule.coverage})` : 'none applies'],
  ]
  if (limitation) {
    const without =
      limitation.code === 'port' && limitation.rule
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

const TRUST: Readonly<Record<Resolution['tls']['kind'], string>> = {
  'web-pki': 'web PKI',
  'ca-bundle': 'only these certificates',
  'deny-all': 'nobody: no TLS handshake may succeed',
  'skip-verify': 'anybody: certificates are not verified',
}

function describeTrust({ tls }: Resolution): [string, string][] {
  const rows: [string, string][] = [['trust', TRUST[tls.kind]]]
  if (tls.kind !== 'ca-bundle') return rows
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
    return `${printable(proxy.url)} (${proxy.code}${authorization})`
  }
  if (proxy.kind === 'undialable') return `undialable (${proxy.code})`
  const entry = proxy.code === 'no-proxy' ? ` "${printable(proxy.entry)}"` : ''
  return `none (${proxy.code}${entry})`
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
  const parsed = parseChallenges(lines.map((line) => line.replace(/^www-authenticate:/i, '')))
  for (const { line, column, message } of parsed.skipped) {
    complain(`header ${line}:${column}: ${message}`)
  }
  const answer = answerChallenge(resolution, parsed, {
    url,
    scopes: [`repository:${repository}:pull`],
  })
  print(jsonOf(answer))
  return answer.kind === 'none' ? FAILED : 0
}

function convert(rest: readonly string[], options: Options): number {
  const file = options['docker-config']
  if (file === undefined || rest.length > 0) return misuse('expected --docker-config FILE alone')
  if (options.force && options.output === undefined) return misuse('--force expects --output FILE')
  const program = PROGRAMS.find((name) => name === options.as)
  if (program !== options.as) return misuse('--as PROGRAM: expected contrast or podman')
  const bundles = (options.ca ?? []).map(splitBundle)
  if (bundles.includes(undefined)) return misuse('--ca REGISTRY=FILE: expected a domain name')
  const dockerConfig = readDockerConfig(file, formatOf(file))
  const ca = readBundles(bundles.filter((bundle) => bundle !== undefined))
  if (dockerConfig === undefined || ca === undefined) return FAILED
  const proxies = options.proxy === undefined ? {} : proxiesOf(options.proxy)
  const noProxy = options['no-proxy'] === undefined ? {} : { noProxy: options['no-proxy'] }
  try {
    const { config, notes: report } = fromDockerConfig(dockerConfig, {
      ...(program && { program: program }),
      ca,
      extraEnv: { ...proxies, ...noProxy },
    })
    for (const { code, keys, message } of report) {
      complain(`${printable(keys.join(', '))}: ${code} ${message}`)
    }
    for (const warning of config.findings) complain(`${warning.code} ${warning.message} (warning)`)
    const reveal = { revealSecrets: true } as const
    const text = options.secret
      ? toKubernetesSecret(config, reveal).json
      : stringifyConfig(config, reveal)
    return write(text, options)
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const { code, message } of error.issues) complain(`${code} ${message}`)
    } else if (error instanceof DockerConfigError) {
      complain(`${file}:${error.message}`)
    } else throw error
    return FAILED
  }
}

function formatOf(file: string): 'config' | 'dockercfg' {
  return file.endsWith('.dockercfg') ? 'dockercfg' : 'config'
}

function splitBundle(text: string): readonly [registry: string, file: string] | undefined {
  const equals = text.indexOf('=')
  const registry = text.slice(0, Math.max(0, equals))
  // A leading dot would make a rule for subdomains alone, or the catch-all.
  const isDomain = !registry.startsWith('.') && normalForm(registry) !== undefined
  return isDomain ? [registry, text.slice(equals + 1)] : undefined
}

function readBundles(
  bundles: readonly (readonly [registry: string, file: string])[],
): Record<string, string> | undefined {
  // Without a prototype, so that `__proto__` is a name like any other.
  const ca: Record<string, string> = Object.create(null)
  for (const [registry, file] of bundles) {
    const bytes = readBytes(file)
    if (bytes === undefined) return undefined
    ca[registry] = `${ca[registry] ?? ''}\n${new TextDecoder().decode(bytes)}`
  }
  return ca
}

/** One proxy for both, as most networks have it. */
function proxiesOf(proxy: string): { httpProxy: string; httpsProxy: string } {
  return { httpProxy: proxy, httpsProxy: proxy }
}

/** To a file that nobody else can read, and that isn't there yet unless the user insists. */
function write(text: string, { output, force = false }: Options): number {
  if (output === undefined) {
    process.stdout.write(text)
    return 0
  }
  try {
    writeWhole(text, output, force)
    return 0
  } catch (error) {
    const hint = !force && codeOf(error) === 'EEXIST' ? '; --force overwrites it' : ''
    complain(`${output}: can't be written (${codeOf(error)})${hint}`)
    return FAILED
  }
}

/** With --force the old file stays until the new one is whole; what fails leaves no password behind. */
function writeWhole(text: string, output: string, force: boolean): void {
  const path = force ? `${output}.${randomUUID()}` : output
  closeSync(openSync(path, 'wx', 0o600))
  try {
    writeFileSync(path, text)
    if (force) renameSync(path, output)
  } catch (error) {
    unlinkSync(path)
    throw error
  }
}

function credentials([text, ...others]: readonly string[]): number {
  if (text === undefined || others.length > 0) return misuse('expected one IMAGE')
  let image: ImageReference
  try {
    image = parseImageReference(text)
  } catch (error) {
    complainAboutImage(error, 0)
    return FAILED
  }
  const files = dockerConfigPaths(process.env, process.platform, process.getuid?.())
  const findings = files.map((file) => findIn(file, image))
  print(findings.map(({ text }) => text).join('\n\n'))
  print('')
  for (const program of PROGRAMS) print(describeUse(program, findings))
  return findings.some(({ isFaulty }) => isFaulty) ? FAILED : 0
}

interface Finding {
  readonly file: DockerConfigPath
  readonly text: string
  /** What the file is to each program that reads it; nothing for those that go on to the next. */
  readonly outcomes: ReadonlyMap<DockerProgram, 'finds' | 'fails'>
  /** Whether something is wrong with the file, or with an entry that a program reads. */
  readonly isFaulty: boolean
}

/** The first file, in the program's own order, in which it finds something, or at which it fails. */
function describeUse(program: DockerProgram, findings: readonly Finding[]): string {
  const placeOf = ({ file }: Finding) => file.order[program] ?? 0
  const [first] = findings
    .filter((finding) => placeOf(finding) > 0 && finding.outcomes.has(program))
    .sort((a, b) => placeOf(a) - placeOf(b))
  if (first === undefined) return `${program} uses no credentials`
  const verb = first.outcomes.get(program) === 'fails' ? 'fails at' : 'uses'
  return `${program} ${verb} ${printable(first.file.path)}`
}

/** What each program that reads a file finds there. */
function findIn(file: DockerConfigPath, image: ImageReference): Finding {
  const { path, reason, programs, format } = file
  const readers = programs.length > 0 ? `read by ${programs.join(' and ')}` : 'read by neither'
  const head = `${printable(path)} (${reason}, ${readers})`
  if (!isFile(path)) {
    return { file, text: `${head}\n  not there`, outcomes: new Map(), isFaulty: false }
  }
  const config = readDockerConfig(path, format)
  if (config === undefined) {
    const outcomes = new Map(programs.map((program) => [program, 'fails' as const]))
    return { file, text: `${head}\n  can't be read`, outcomes, isFaulty: true }
  }
  // Contrast asks for the registry's host, Podman for the repository, by Docker Hub's short name.
  const { registry, repository } = image
  const name = `${registry === 'index.docker.io' ? 'docker.io' : registry}/${repository}`
  const asked = { contrast: registry, podman: name, docker: registry }
  const outcomes = new Map<DockerProgram, 'finds' | 'fails'>()
  const rows: string[] = []
  for (const program of PROGRAMS) {
    const explanation = explainDockerCredentials(config, asked[program])
    const answer = explanation[program]
    if (answer.kind !== 'none' && programs.includes(program)) {
      outcomes.set(program, answer.kind === 'error' ? 'fails' : 'finds')
    }
    rows.push(`  ${program.padEnd(12)} ${describeAnswer(answer)}`)
    const misses = explanation.nearMisses.filter((miss) => miss.program === program)
    rows.push(...misses.map((miss) => `  ${''.padEnd(12)} not ${describeMiss(miss)}`))
  }
  const isFaulty = [...outcomes.values()].includes('fails')
  return { file, text: [head, ...rows].join('\n'), outcomes, isFaulty }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function describeAnswer(answer: ProgramAnswer): string {
  if (answer.kind === 'error') return `an error: ${answer.error.message}`
  const key = answer.key === undefined ? '' : ` (${printable(withoutUserInfo(answer.key))})`
  if (answer.kind === 'helper') return `asks docker-credential-${printable(answer.name)}${key}`
  return answer.kind === 'identity-token'
    ? `identity-token${key}: ${answer.message}`
    : `${answer.kind}${key}`
}

function describeMiss({ key, message }: NearMiss): string {
  return `"${printable(key)}": ${message}`
}

function readDockerConfig(file: string, format: 'config' | 'dockercfg'): DockerConfig | undefined {
  const bytes = readBytes(file)
  if (bytes === undefined) return undefined
  try {
    return parseDockerConfig(bytes, { format })
  } catch (error) {
    if (!(error instanceof DockerConfigError)) throw error
    complain(`${file}:${error.message}`)
    return undefined
  }
}

/** JSON text, without characters that rewrite the terminal and that JSON leaves as they are. */
function jsonOf(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2)
  return text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeUnits)
}

function escapeUnits(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return units.map((unit) => `\\u${unit}`).join('')
}

/** What a configuration says must not be able to rewrite the terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
}

process.exitCode = main(process.argv.slice(2))
