import { parse, TomlError, type TomlTable } from 'smol-toml'
import {
  boolean,
  type InferOutput,
  partial,
  record,
  safeParse,
  strictObject,
  string,
} from 'valibot'
import { type CaBundle, readCaBundle, type SkippedBlock } from './ca-bundle.js'
import { type CredentialKeys, decodeAuth, Secret } from './credentials.js'
import { hasControlCharacter } from './encoding.js'
import {
  ConfigError,
  type ConfigErrorCode,
  type ConfigIssue,
  type ConfigWarning,
  type ConfigWarningCode,
  isLargerThan,
  locateKeys,
  nearestAmong,
  type Position,
  readUnicode,
  withoutUserInfo,
} from './errors.js'
import {
  checkProxyUrl,
  describeMirrorFault,
  describeProxyUrlFault,
  type Mirror,
  parseMirror,
  trailingDotEntries,
} from './proxy.js'
import { isMatchable, normalForm, type UnmatchableName, whyUnmatchable } from './registry-name.js'

/** The variables of `[extra-env]`; one that is unset is undefined, and may be the empty string. */
export interface ExtraEnv {
  /** The proxy for plain HTTP; a Secret, since it may hold a user's name and password. */
  readonly HTTP_PROXY: Secret | undefined
  /** The proxy for HTTPS; a Secret like the other. */
  readonly HTTPS_PROXY: Secret | undefined
  /** What is reached without a proxy; a Secret, since it maps a network. */
  readonly NO_PROXY: Secret | undefined
}

/** One table under `[registries]`, checked, with its keys as they stand. */
export interface RegistryRule extends CredentialKeys {
  /** The table's name, as the configuration has it. */
  readonly name: string
  /** `ca-certs`, parsed; undefined where the key is absent, but not where it holds no certificate. */
  readonly caBundle: CaBundle | undefined
  /** `insecure-skip-verify` */
  readonly insecureSkipVerify: boolean
  /** `mirror`, as the configuration has it; undefined where it is absent or empty. */
  readonly mirror: string | undefined
}

/** A configuration that was parsed and found valid. */
export interface ImagePullerConfig {
  /** The rules, in the order of the document, which has no meaning. */
  readonly rules: readonly RegistryRule[]
  /** The proxy variables. */
  readonly extraEnv: ExtraEnv
  /** What is legal but probably a mistake, in the order of the document. */
  readonly warnings: readonly ConfigWarning[]
}

/** Options of {@link parseConfig}. */
export interface ParseConfigOptions {
  /** Treat every warning as an error. Default: false. */
  readonly strict?: boolean
  /** The largest size that a document may have, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number
  /**
   * What to do about a `CERTIFICATE` block that is there but broken: refuse the document, or skip the
   * block with a warning, as the reference puller does silently. Default: `error`.
   */
  readonly brokenCertificates?: 'error' | 'skip'
}

/**
 * Whether a value is a configuration: one that was copied by JSON, say, has lost its secrets without a
 * word.
 */
export function isImagePullerConfig(value: ImagePullerConfig): boolean {
  if (!isObject(value) || !Array.isArray(value.rules) || !value.rules.every(isRule)) return false
  return isObject(value.extraEnv) && Object.values(value.extraEnv).every(isSecretOrUnset)
}

function isRule(rule: RegistryRule): boolean {
  if (!isObject(rule) || typeof rule.name !== 'string') return false
  const { username, password, auth, identityToken, registryToken } = rule
  return [username, password, auth, identityToken, registryToken].every(isSecretOrUnset)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isSecretOrUnset(value: unknown): boolean {
  return value === undefined || value instanceof Secret
}

/** The size limit of a Kubernetes Secret, in which the document gets to its place. */
const DEFAULT_MAX_BYTES = 1024 * 1024

const STRING = string()
const BOOLEAN = boolean()

type Schema = typeof STRING | typeof BOOLEAN

/** The keys that a table may have. */
interface KnownKeys<Value> {
  /** A Map, since a document may have keys such as `constructor`. */
  readonly schemas: ReadonlyMap<string, Value>
  readonly nearest: (key: string) => string | undefined
  readonly listed: string
}

function knownKeys<Value>(schemas: Readonly<Record<string, Value>>): KnownKeys<Value> {
  const names = Object.keys(schemas)
  return {
    schemas: new Map(Object.entries(schemas)),
    nearest: nearestAmong(names),
    listed: names.join(', '),
  }
}

type Schemas = Readonly<Record<string, Schema>>

/** The values of a table's keys; undefined for one that is absent, or whose value was reported. */
type Values<Keys extends Schemas> = {
  readonly [Key in keyof Keys]: InferOutput<Keys[Key]> | undefined
}

/** A table whose values have a schema each. */
interface KnownTable<Keys extends Schemas> extends KnownKeys<Schema> {
  /** All keys, undefined: what its values are before it is read. */
  readonly absent: Values<Keys>
}

function knownTable<Keys extends Schemas>(schemas: Keys): KnownTable<Keys> {
  const absent = Object.fromEntries(Object.keys(schemas).map((key) => [key, undefined]))
  return { ...knownKeys<Schema>(schemas), absent: absent as Values<Keys> }
}

const EXTRA_ENV = { HTTP_PROXY: STRING, HTTPS_PROXY: STRING, NO_PROXY: STRING }
const RULE = {
  'ca-certs': STRING,
  'insecure-skip-verify': BOOLEAN,
  username: STRING,
  password: STRING,
  auth: STRING,
  identitytoken: STRING,
  registrytoken: STRING,
  mirror: STRING,
}

/**
 * The format as a valibot schema, for the JSON Schema that editors use. Documents are checked key by
 * key instead, since a record loses keys such as `__proto__`, and valibot's issues quote the input.
 */
export function configSchema(): unknown {
  const extraEnv = partial(strictObject(EXTRA_ENV))
  const registries = record(STRING, partial(strictObject(RULE)))
  return partial(strictObject({ 'extra-env': extraEnv, registries }))
}

const ROOT_KEYS = knownKeys<unknown>({ 'extra-env': undefined, registries: undefined })
const EXTRA_ENV_TABLE = knownTable(EXTRA_ENV)
const RULE_TABLE = knownTable(RULE)

type Path = readonly string[]

/**
 * Parses the image puller's TOML configuration.
 *
 * @param input - The document, as text or as UTF-8 bytes.
 * @param options - See {@link ParseConfigOptions}; only own properties count.
 * @returns The configuration, frozen. Its warnings are for the caller to show.
 * @throws {@link ConfigError} with every issue of the document.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 *
 * const config = parseConfig(`
 * [registries."registry.default.svc.cluster.local."]
 * insecure-skip-verify = true
 * `)
 * console.log(config.rules.length, config.warnings.length) // 1 0
 * ```
 */
export function parseConfig(
  input: string | Uint8Array,
  options: ParseConfigOptions = {},
): ImagePullerConfig {
  const { strict, maxBytes, brokenCertificates } = readOptions(options)
  const text = readText(input, maxBytes)
  const document = parseToml(text)
  const report = new Report(brokenCertificates)
  const { rules, extraEnv } = readDocument(document, report)
  const warnings = report.finish(text, strict)
  return Object.freeze({ rules, extraEnv, warnings })
}

function readOptions(options: ParseConfigOptions): Required<ParseConfigOptions> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('parseConfig: expected options to be an object')
  }
  // Own properties only: a polluted Object.prototype must not loosen anything.
  const own: ParseConfigOptions = Object.assign(Object.create(null), options)
  const { strict = false, maxBytes = DEFAULT_MAX_BYTES, brokenCertificates = 'error' } = own
  if (typeof strict !== 'boolean')
    throw new TypeError('parseConfig: expected strict to be a boolean')
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) {
    throw new TypeError('parseConfig: expected maxBytes to be a whole number')
  }
  if (brokenCertificates !== 'error' && brokenCertificates !== 'skip') {
    throw new TypeError("parseConfig: expected brokenCertificates to be 'error' or 'skip'")
  }
  return { strict, maxBytes, brokenCertificates }
}

function readText(input: string | Uint8Array, maxBytes: number): string {
  const isText = typeof input === 'string'
  if (!isText && !(input instanceof Uint8Array)) {
    throw new TypeError('parseConfig: expected a string or a Uint8Array')
  }
  if (isText ? isLargerThan(input, maxBytes) : input.length > maxBytes) {
    fail('too-large', START, `expected at most ${maxBytes} bytes; the option maxBytes raises this`)
  }
  const text = readUnicode(input)
  if (typeof text !== 'string') return fail('invalid-utf8', text, 'expected valid UTF-8')
  // smol-toml would pass over a second one.
  if (text.startsWith('\ufeff')) fail('invalid-toml', START, 'expected one byte order mark at most')
  return text
}

const START: Position = { line: 1, column: 1 }

function fail(code: ConfigErrorCode, { line, column }: Position, message: string): never {
  throw new ConfigError([Object.freeze({ code, path: Object.freeze([]), message, line, column })])
}

function parseToml(text: string): TomlTable {
  try {
    return parse(text, TOML_OPTIONS)
  } catch (error) {
    // The error itself goes no further: its message and code block quote the lines around the place.
    if (!(error instanceof TomlError)) return fail('invalid-toml', START, 'expected valid TOML')
    const [reason = ''] = error.message.split('\n', 1)
    const [, expectation] = EXPECTED.find(([known]) => reason.includes(known)) as Expectation
    return fail('invalid-toml', error, expectation)
  }
}

// Every option is given: smol-toml would look for a missing one in a polluted Object.prototype.
const TOML_OPTIONS = {
  maxDepth: 100,
  // A number too large for JavaScript is of a wrong type, not invalid.
  integersAsBigInt: 'asNeeded',
  useLegacyDate: true,
  unsafeKeyBehaviour: 'keep',
} as const

type Expectation = readonly [known: string, expectation: string]

const EXPECTED_NUMBER = 'expected a valid number or date; a string needs quotes'

/** What smol-toml's reasons, which are constants, mean to somebody who wrote the document. */
const EXPECTED: readonly Expectation[] = [
  ['redefine', 'expected each key and table to be defined once'],
  ['unfinished string', 'expected the string that begins here to end'],
  ['in strings', 'expected the string to end on its line, and no control characters in it'],
  ['control characters', 'expected no control characters'],
  ['escape', 'expected a valid escape after the backslash'],
  ['end-of-line', 'expected nothing more on this line'],
  ['cannot find end of key', 'expected "=" after a key, or "]" after the name of a table'],
  ['table array', 'expected "]]" after the name'],
  [
    'key',
    'expected a key, in quotes if it has other characters than letters, digits, "-" and "_", and then "=" or "]"',
  ],
  ['nested', 'expected less nesting'],
  ['unfinished array', 'expected the array that begins here to end with "]"'],
  ['unfinished table', 'expected the table that begins here to end with "}"'],
  ['comma', 'expected a comma, or the end of the array or table'],
  ['numeric', EXPECTED_NUMBER],
  ['leading zero', EXPECTED_NUMBER],
  ['underscore', EXPECTED_NUMBER],
  ['date', EXPECTED_NUMBER],
  ['invalid value', 'expected a value; a string needs quotes'],
  ['', 'expected valid TOML'],
]

class Report {
  readonly #brokenCertificates: 'error' | 'skip'
  readonly #errors: Finding<ConfigErrorCode>[] = []
  readonly #warnings: Finding<ConfigWarningCode>[] = []

  constructor(brokenCertificates: 'error' | 'skip') {
    this.#brokenCertificates = brokenCertificates
  }

  error(code: ConfigErrorCode, path: Path, message: string): void {
    this.#errors.push({ code, path, message })
  }

  warn(code: ConfigWarningCode, path: Path, message: string): void {
    this.#warnings.push({ code, path, message })
  }

  /** An error, or a warning for those who want broken certificates to be skipped. */
  broken({ message, line }: SkippedBlock, path: Path): void {
    const isError = this.#brokenCertificates === 'error'
    if (isError) this.#errors.push({ code: 'broken-certificate', path, message, line })
    else this.#warnings.push({ code: 'certificate-skipped', path, message, line })
  }

  /** The warnings, unless there are errors; these are thrown, in strict mode warnings as well. */
  finish(text: string, strict: boolean): readonly ConfigWarning[] {
    if (this.#errors.length + this.#warnings.length === 0) return Object.freeze([])
    const locate = locateKeys(text, readQuotedKey)
    const errors = strict ? [...this.#errors, ...this.#warnings] : this.#errors
    const [first, ...others] = place<ConfigIssue['code']>(errors, locate)
    if (first) throw new ConfigError(Object.freeze([first, ...others]))
    return Object.freeze(place(this.#warnings, locate))
  }
}

interface Finding<Code> {
  readonly code: Code
  readonly path: Path
  readonly message: string
  /** The line of the value's text, from 1, if it is about one. */
  readonly line?: number
}

/** The findings with their positions, in the order of the document. */
function place<Code extends ConfigIssue['code']>(
  findings: readonly Finding<Code>[],
  locate: (path: Path, line: number | undefined) => Position,
): (ConfigIssue & { readonly code: Code })[] {
  // Once for each key, since a document may have a long name, and many findings below it.
  const shownKeys = new Map<string, string>()
  const show = (key: string): string => {
    const shown = shownKeys.get(key) ?? withoutUserInfo(key)
    shownKeys.set(key, shown)
    return shown
  }
  const issues = findings.map(({ code, path, message, line: within }) => {
    const { line, column } = locate(path, within)
    const shown = Object.freeze(path.map(show))
    return Object.freeze({
      code,
      path: shown,
      message: `${quotePath(shown)}: ${message}`,
      line,
      column,
    })
  })
  return issues.sort((a, b) => a.line - b.line || a.column - b.column)
}

function readQuotedKey(quoted: string): string {
  return Object.keys(parse(`${quoted} = 0`, TOML_OPTIONS)).join('')
}

function quotePath(path: Path): string {
  return path.map(quoteKey).join('.')
}

/** A key as TOML has it, shortened, in printable ASCII: a name can't rewrite a terminal. */
function quoteKey(key: string): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(key)) return key
  const escaped = key.slice(0, LONGEST_SHOWN).replace(/[^\x20-\x7e…]|["\\]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`
    return `\\u{${(character.codePointAt(0) as number).toString(16)}}`
  })
  return `"${escaped}${key.length > LONGEST_SHOWN ? '…' : ''}"`
}

const LONGEST_SHOWN = 253

function readDocument(
  document: TomlTable,
  report: Report,
): Pick<ImagePullerConfig, 'rules' | 'extraEnv'> {
  for (const key of Object.keys(document)) {
    if (!ROOT_KEYS.schemas.has(key)) reportUnknown(key, document[key], ROOT_KEYS, [], report)
  }
  const extraEnv = readTable(document['extra-env'], ['extra-env'], report)
  const registries = readTable(document['registries'], ['registries'], report)
  return {
    extraEnv: readExtraEnv(extraEnv, report),
    rules: readRules(registries, report),
  }
}

/** The table at a path; an empty one where there is none, or something else. */
function readTable(value: unknown, path: Path, report: Report): TomlTable {
  if (isTable(value)) return value
  if (value !== undefined) report.error('wrong-type', path, 'expected a table')
  return Object.create(null)
}

/** smol-toml gives tables, and nothing else, no prototype. */
function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}

function reportUnknown(
  key: string,
  value: unknown,
  known: KnownKeys<unknown>,
  path: Path,
  report: Report,
): void {
  const nearest = known.nearest(key)
  // Of `[registries.ghcr.io]` the rule is `ghcr`, which has no dot, and `io` is a table in it.
  const isCut = path.length === 2 && !path[1]?.includes('.') && isTable(value)
  const hint = nearest
    ? `did you mean ${nearest}?`
    : isCut
      ? 'quote the whole name of a registry, as in registries."ghcr.io."'
      : `expected ${known.listed}`
  report.error('unknown-key', [...path, key], `unknown key; ${hint}`)
}

/** The values of a table. Its keys that are unknown or have a value of another type are reported. */
function readValues<Keys extends Schemas>(
  table: TomlTable,
  known: KnownTable<Keys>,
  path: Path,
  report: Report,
): Values<Keys> {
  const values: Record<string, unknown> = { ...known.absent }
  for (const key of Object.keys(table)) {
    const schema = known.schemas.get(key)
    const value = table[key]
    if (schema === undefined) reportUnknown(key, value, known, path, report)
    // `typed` is always valibot's own; `success` looks for issues in a polluted Object.prototype.
    else if (safeParse(schema, value).typed) values[key] = value
    else report.error('wrong-type', [...path, key], `expected a ${schema.type}`)
  }
  return values as Values<Keys>
}

function readExtraEnv(table: TomlTable, report: Report): ExtraEnv {
  const path = ['extra-env']
  const values = readValues(table, EXTRA_ENV_TABLE, path, report)
  const secret = (value: string | undefined) =>
    value === undefined ? undefined : new Secret(value)
  const extraEnv = Object.freeze({
    HTTP_PROXY: secret(values.HTTP_PROXY),
    HTTPS_PROXY: secret(values.HTTPS_PROXY),
    NO_PROXY: secret(values.NO_PROXY),
  })
  const dotted = trailingDotEntries(extraEnv.NO_PROXY?.reveal() ?? '')
  if (dotted.length > 0) {
    const message = `${listEntries(dotted)}: a trailing dot never matches, leave it out`
    report.warn('no-proxy-trailing-dot', [...path, 'NO_PROXY'], message)
  }
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY'] as const) {
    const fault = checkProxyUrl(extraEnv[name]?.reveal() ?? '')
    if (fault) report.error('invalid-proxy-url', [...path, name], describeProxyUrlFault(fault))
  }
  return extraEnv
}

/** Entries of a list by their numbers from 1, the first ones of many. */
function listEntries(indexes: readonly number[]): string {
  const numbers = indexes.slice(0, MOST_LISTED).map((index) => index + 1)
  const more = indexes.length - numbers.length
  return `entry ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_LISTED = 10

function readRules(registries: TomlTable, report: Report): readonly RegistryRule[] {
  const bundles = new Map<string, ReturnType<typeof readCaBundle>>()
  const readBundle = (text: string): ReturnType<typeof readCaBundle> => {
    const bundle = bundles.get(text) ?? readCaBundle(text)
    bundles.set(text, bundle)
    return bundle
  }
  const names = Object.keys(registries)
  checkNames(names, report)
  const rules = names.map((name) => {
    const path = ['registries', name]
    const table = readTable(registries[name], path, report)
    const values = readValues(table, RULE_TABLE, path, report)
    const rule = readRule(name, values, path, readBundle, report)
    checkPair(rule, table, path, report)
    warnAboutRule(rule, path, report)
    checkMirror(rule, path, report)
    return rule
  })
  return Object.freeze(rules)
}

const UNMATCHABLE: Readonly<Record<UnmatchableName, string>> = {
  port: 'a registry with a port is covered by "." alone, so this name never matches',
  'ip-address': 'an IP address is covered by "." alone, so this name never matches',
  'not-a-domain-name': 'expected a domain name; this one never matches',
}

function checkNames(names: readonly string[], report: Report): void {
  if (names.every(isUsualName)) return
  const seen = new Map<string, string>()
  for (const name of names) {
    const normal = normalForm(name)
    const other = normal === undefined ? undefined : seen.get(normal)
    if (normal === undefined) {
      const message = UNMATCHABLE[whyUnmatchable(name)]
      report.warn('unmatchable-name', ['registries', name], message)
    } else if (other === undefined) seen.set(normal, name)
    else {
      const message = `means the same as registries.${quoteKey(other)}`
      report.error('duplicate-name', ['registries', name], message)
    }
  }
}

const UPPER_CASE = /[A-Z]/

/** As the guide writes names; two of these mean the same only if they are the same. */
function isUsualName(name: string): boolean {
  return name.endsWith('.') && !UPPER_CASE.test(name) && isMatchable(name)
}

function readRule(
  name: string,
  values: Values<typeof RULE>,
  path: Path,
  readBundle: (text: string) => ReturnType<typeof readCaBundle>,
  report: Report,
): RegistryRule {
  const caCerts = values['ca-certs']
  return Object.freeze({
    name,
    caBundle:
      caCerts === undefined
        ? undefined
        : checkBundle(readBundle(caCerts), [...path, 'ca-certs'], report),
    insecureSkipVerify: values['insecure-skip-verify'] === true,
    username: readSecret(values, 'username', path, report),
    password: readSecret(values, 'password', path, report),
    auth: readSecret(values, 'auth', path, report),
    identityToken: readSecret(values, 'identitytoken', path, report),
    registryToken: readSecret(values, 'registrytoken', path, report),
    mirror: values.mirror || undefined,
  })
}

function readSecret(
  values: Values<typeof RULE>,
  key: 'username' | 'password' | 'auth' | 'identitytoken' | 'registrytoken',
  path: Path,
  report: Report,
): Secret | undefined {
  const value = values[key]
  if (!value) return undefined
  if (hasControlCharacter(value)) {
    const message = 'expected no control characters or line ends'
    report.error('control-character', [...path, key], message)
  }
  return new Secret(value)
}

function checkMirror(rule: RegistryRule, path: Path, report: Report): void {
  if (rule.mirror === undefined) return
  const mirror = parseMirror(rule.mirror, rule.insecureSkipVerify)
  if (typeof mirror === 'string') {
    report.error('invalid-mirror-url', [...path, 'mirror'], describeMirrorFault(mirror))
  } else if (countCredentials(rule) > 0 && !isAtName(mirror, rule.name)) {
    const message = "gets none of the credentials, unless it is on the registry's own origin"
    report.warn('mirror-without-credentials', [...path, 'mirror'], message)
  }
}

function isAtName(mirror: Mirror, name: string): boolean {
  return mirror.origin === `https://${normalForm(name)}`
}

function checkBundle(
  { certificates, skipped, broken }: ReturnType<typeof readCaBundle>,
  path: Path,
  report: Report,
): CaBundle {
  for (const block of broken) report.broken(block, path)
  const all = [...skipped, ...broken].sort((a, b) => a.block - b.block)
  return Object.freeze({ certificates, skipped: Object.freeze(all) })
}

/** A user name needs a password, and the reverse; one of a wrong type is there, and was reported. */
function checkPair(rule: RegistryRule, table: TomlTable, path: Path, report: Report): void {
  const isMistyped = (key: string) => table[key] !== undefined && typeof table[key] !== 'string'
  const { username, password } = rule
  if ((username === undefined) === (password === undefined)) return
  if (isMistyped('username') || isMistyped('password')) return
  const [present, absent] = username ? ['username', 'password'] : ['password', 'username']
  const message = `expected ${absent} beside it, and not empty`
  report.error('incomplete-credentials', [...path, present], message)
}

function warnAboutRule(rule: RegistryRule, path: Path, report: Report): void {
  const { auth } = rule
  const held = countCredentials(rule)
  if (held > 1) {
    const message =
      'holds several kinds of credentials; the first of registrytoken, identitytoken, username with password, auth is used that the registry takes'
    report.warn('several-credentials', path, message)
  }
  const pair = auth && decodeAuth(auth)
  if (auth && pair === undefined) {
    report.warn('auth-not-basic', [...path, 'auth'], 'expected base64 of USERNAME:PASSWORD')
  }
  if (pair && [pair.username, pair.password].some((part) => hasControlCharacter(part.reveal()))) {
    const message = 'expected no control characters or line ends in what it is the base64 of'
    report.error('control-character', [...path, 'auth'], message)
  }
  if (rule.caBundle && rule.insecureSkipVerify) {
    const message = 'is ignored, since insecure-skip-verify is set'
    report.warn('ca-certs-ignored', [...path, 'ca-certs'], message)
  } else if (rule.caBundle?.certificates.length === 0) {
    const message = 'holds no certificate, so no TLS handshake will succeed'
    report.warn('no-certificates', [...path, 'ca-certs'], message)
  }
  if (rule.insecureSkipVerify && held > 0) {
    const message = 'sends credentials to whoever answers, since insecure-skip-verify is set'
    report.warn('credentials-without-tls', path, message)
  }
  if (rule.name === '.' && held > 0) {
    const message = 'sends these credentials to every registry that no other rule covers'
    report.warn('credentials-on-catch-all', path, message)
  }
}

/** How many kinds of credentials a rule holds. */
function countCredentials(rule: RegistryRule): number {
  const { username, auth, identityToken, registryToken } = rule
  return Number(!!username) + Number(!!auth) + Number(!!identityToken) + Number(!!registryToken)
}
