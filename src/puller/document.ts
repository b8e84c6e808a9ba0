// What Contrast's puller makes of a document: go-toml v2 decodes it into Go's structs, by which keys
// count in any case, unknown ones are passed over, and a wrong type keeps the puller from starting.
import { isTable, type TomlTable } from '../config/index.js'
import { type CredentialKeys, NO_KEYS } from '../credentials.js'
import { Secret } from '../secret.js'
import { lowerCaseAsGo } from '../text/index.js'

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

/** A rule while its keys are read; of a key in several spellings the last counts. */
type Draft = { -readonly [Property in keyof PullerRule]: PullerRule[Property] }

/** The properties of a rule that are texts, by their keys. */
const TEXTS: ReadonlyMap<string, 'caCerts' | 'mirror'> = new Map([
  ['ca-certs', 'caCerts'],
  ['mirror', 'mirror'],
])

/** The properties of a rule that are secrets, by their keys. */
const SECRETS: ReadonlyMap<string, keyof CredentialKeys> = new Map([
  ['username', 'username'],
  ['password', 'password'],
  ['auth', 'auth'],
  ['identitytoken', 'identityToken'],
  ['registrytoken', 'registryToken'],
])

/** The variables of `extra-env` that the puller sets in its process; it passes over all others. */
export const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'] as const

/** Decodes a document that the TOML parser has read, or gives the first value of a wrong type. */
export function decodeDocument(root: TomlTable): PullerDocument | WrongType {
  const rules = new Map<string, Draft>()
  const extraEnv = new Map<string, string>()
  for (const key of Object.keys(root)) {
    const fault =
      lowerCaseAsGo(key) === 'registries'
        ? addRegistries(root[key], key, rules)
        : lowerCaseAsGo(key) === 'extra-env'
          ? addVariables(root[key], [key], extraEnv)
          : undefined
    if (fault) return fault
  }
  return { rules, extraEnv }
}

/** By an own property: of a polluted prototype each document would have one. */
export function isWrongType(document: PullerDocument | WrongType): document is WrongType {
  return Object.hasOwn(document, 'expected')
}

function addRegistries(
  value: unknown,
  registries: string,
  rules: Map<string, Draft>,
): WrongType | undefined {
  if (!isTable(value)) return wrongType([registries], 'a table', value)
  for (const name of Object.keys(value)) {
    const rule = rules.get(name) ?? newRule(name)
    rules.set(name, rule)
    const fault = addKeys(value[name], registries, rule)
    if (fault) return fault
  }
  return undefined
}

function newRule(name: string): Draft {
  return { ...NO_KEYS, name, caCerts: '', insecureSkipVerify: false, mirror: '' }
}

function addKeys(value: unknown, registries: string, rule: Draft): WrongType | undefined {
  if (!isTable(value)) return wrongType([registries, rule.name], 'a table', value)
  for (const written of Object.keys(value)) {
    const key = lowerCaseAsGo(written)
    const found = value[written]
    if (key === 'insecure-skip-verify') {
      if (typeof found !== 'boolean') {
        return wrongType([registries, rule.name, written], 'a boolean', found)
      }
      rule.insecureSkipVerify = found
      continue
    }
    const [text, secret] = [TEXTS.get(key), SECRETS.get(key)]
    if (text === undefined && secret === undefined) continue
    if (typeof found !== 'string') {
      return wrongType([registries, rule.name, written], 'a string', found)
    }
    if (text) rule[text] = found
    if (secret) rule[secret] = found === '' ? undefined : new Secret(found)
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
