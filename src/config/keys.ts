import {
  type BooleanSchema,
  boolean,
  type InferOutput,
  partial,
  record,
  type StringSchema,
  strictObject,
  string,
} from 'valibot'
import { nearestAmong } from '../text/index.js'

const STRING: StringSchema<undefined> = string()

const BOOLEAN: BooleanSchema<undefined> = boolean()

type Schema = typeof STRING | typeof BOOLEAN

/** The keys that a table may have. */
export interface KnownKeys<Value> {
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

export type Schemas = Readonly<Record<string, Schema>>

/** The values of a table's keys; undefined for one that is absent, or whose value was reported. */
export type Values<Keys extends Schemas> = {
  readonly [Key in keyof Keys]: InferOutput<Keys[Key]> | undefined
}

/** A table whose values have a schema each. */
export interface KnownTable<Keys extends Schemas> extends KnownKeys<Schema> {
  /** All keys, undefined: what its values are before it is read. */
  readonly absent: Values<Keys>
}

function knownTable<Keys extends Schemas>(schemas: Keys): KnownTable<Keys> {
  const absent = Object.fromEntries(Object.keys(schemas).map((key) => [key, undefined]))
  return { ...knownKeys<Schema>(schemas), absent: absent as Values<Keys> }
}

const EXTRA_ENV: Readonly<
  Record<'HTTP_PROXY' | 'HTTPS_PROXY' | 'NO_PROXY', StringSchema<undefined>>
> = { HTTP_PROXY: STRING, HTTPS_PROXY: STRING, NO_PROXY: STRING }

type RuleKeys = {
  readonly 'insecure-skip-verify': BooleanSchema<undefined>
} & Readonly<
  Record<
    'ca-certs' | 'username' | 'password' | 'auth' | 'identitytoken' | 'registrytoken' | 'mirror',
    StringSchema<undefined>
  >
>

export const RULE: RuleKeys = {
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

export const ROOT_KEYS: KnownKeys<unknown> = knownKeys<unknown>({
  'extra-env': undefined,
  registries: undefined,
})

export const EXTRA_ENV_TABLE: KnownTable<typeof EXTRA_ENV> = knownTable(EXTRA_ENV)

export const RULE_TABLE: KnownTable<RuleKeys> = knownTable(RULE)
