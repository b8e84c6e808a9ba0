// What Contrast's puller makes of a document: go-toml v2 decodes it into Go's structs, by which keys
// count in any case, unknown ones are passed over, and a wrong type keeps the puller from starting.
import type { TomlTable } from 'smol-toml'
import type { CredentialKeys } from '../credentials.js'
import { Secret } from '../secret.js'

/** One table under `registries`, as the puller has it. */
export interface PullerRule extends CredentialKeys {
  /** The rule's name, as the document has it. */
  readonly name: string
  /** `ca-certs`; the empty string is the same as unset. */
  readonly caCerts: string
  /** `insecure-skip-verify` */
  readonly insecureSkipVerify: boolean
  /** `mirror`; the empty string is the same as unset. */
  readonly mirror: string
}

/** A document as the puller has it. */
export interface PullerDocument {
  /** The rules by their names. */
  readonly rules: ReadonlyMap<string, PullerRule>
  /** The variables of `extra-env`, of which the puller sets three. */
  readonly extraEnv: ReadonlyMap<string, string>
}

/** The place of a value whose type keeps the puller from starting, or may. */
export interface WrongType {
  readonly path: readonly string[]
  readonly expected: 'a table' | 'a string' | 'a boolean'
  /**
   * Whether it is an empty table. As a header, with nothing below it, go-toml passes it over: it meets
   * no value to store. Inline it is a wrong type, and smol-toml doesn't tell the two apart.
   */
  readonly isEmptyTable: boolean
}

const TEXTS = [
  'ca-certs',
  'username',
  'password',
  'auth',
  'identitytoken',
  'registrytoken',
  'mirror',
] as const

/** The variables of `extra-env` that the puller sets in its process; it passes over all others. */
export const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const

/** Decodes a document that the TOML parser has read, or gives the first value of a wrong type. */
export function decodeDocument(root: TomlTable): PullerDocument | WrongType {
  const tables = new Map<string, Fields>()
  const extraEnv = new Map<string, string>()
  for (const key of Object.keys(root)) {
    const fault =
      foldKey(key) === 'registries'
        ? addRegistries(root[key], [key], tables)
        : foldKey(key) === 'extra-env'
          ? addVariables(root[key], [key], extraEnv)
          : undefined
    if (fault) return fault
  }
  const rules = [...tables].map(([name, fields]) => [name, ruleOf(name, fields)] as const)
  return { rules: new Map(rules), extraEnv }
}

/** The values of a rule's known keys; of one that is there in several spellings, the last. */
type Fields = Map<string, string | boolean>

function addRegistries(
  value: unknown,
  path: readonly string[],
  tables: Map<string, Fields>,
): WrongType | undefined {
  if (!isTable(value)) return wrongType(path, 'a table', value)
  for (const name of Object.keys(value)) {
    const fields: Fields = tables.get(name) ?? new Map()
    tables.set(name, fields)
    const fault = addFields(value[name], [...path, name], fields)
    if (fault) return fault
  }
  return undefined
}

function addFields(value: unknown, path: readonly string[], fields: Fields): WrongType | undefined {
  if (!isTable(value)) return wrongType(path, 'a table', value)
  for (const written of Object.keys(value)) {
    const key = foldKey(written)
    const found = value[written]
    if (key === 'insecure-skip-verify') {
      if (typeof found !== 'boolean') return wrongType([...path, written], 'a boolean', found)
      fields.set(key, found)
    } else if (TEXTS.some((text) => text === key)) {
      if (typeof found !== 'string') return wrongType([...path, written], 'a string', found)
      fields.set(key, found)
    }
  }
  return undefined
}

/** A Go map: its keys are as they are written, and all of its values have to be strings. */
function addVariables(
  value: unknown,
  path: readonly string[],
  variables: Map<string, string>,
): WrongType | undefined {
  if (!isTable(value)) return wrongType(path, 'a table', value)
  for (const name of Object.keys(value)) {
    const found = value[name]
    if (typeof found !== 'string') return wrongType([...path, name], 'a string', found)
    variables.set(name, found)
  }
  return undefined
}

function wrongType(
  path: readonly string[],
  expected: WrongType['expected'],
  found: unknown,
): WrongType {
  return { path, expected, isEmptyTable: isTable(found) && Object.keys(found).length === 0 }
}

function ruleOf(name: string, fields: Fields): PullerRule {
  const text = (key: (typeof TEXTS)[number]): string => String(fields.get(key) ?? '')
  const secret = (key: (typeof TEXTS)[number]): Secret | undefined => {
    const value = text(key)
    return value === '' ? undefined : new Secret(value)
  }
  return Object.freeze({
    name,
    caCerts: text('ca-certs'),
    insecureSkipVerify: fields.get('insecure-skip-verify') === true,
    mirror: text('mirror'),
    username: secret('username'),
    password: secret('password'),
    auth: secret('auth'),
    identityToken: secret('identitytoken'),
    registryToken: secret('registrytoken'),
  })
}

/** Go's `strings.ToLower`, which differs from JavaScript's in the dotted capital I. */
function foldKey(key: string): string {
  return key.replaceAll('\u0130', 'i').toLowerCase()
}

/** smol-toml gives tables, and nothing else, no prototype. */
function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
}
