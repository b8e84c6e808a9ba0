// The one table of the configuration's keys: the parser, the writer, the JSON Schema and the page
// docs/format.md are made from it. A property of a rule without its row doesn't compile, nor does a
// row that lacks a reader or a writer.
import type { CaBundle } from '../certificates/index.js'
import type { ProxySettings } from '../proxy/index.js'
import { Secret } from '../secret.js'
import type { RegistryKeys } from './config.js'

/** What readers share over a document. */
export interface Reading {
  /** The certificates of a text; the same object for the same text. */
  readonly bundleOf: (text: string) => CaBundle
}

/**
 * A `credential` is sent in a header, so it has no control characters; a `secret` may hold a password
 * or names of inner hosts; what is `public` may be shown.
 */
export type Secrecy = 'credential' | 'secret' | 'public'

interface Row<Toml, Property> {
  /** The key, as TOML has it. */
  readonly key: string
  /** What it means, in Markdown. */
  readonly meaning: string
  /** What would be lost if the value were shown. */
  readonly secrecy: Secrecy
  /** The property that a value of the right type stands for. */
  readonly read: (value: Toml, reading: Reading) => Property
  /** The value to write for a property; undefined where the key is left out. */
  readonly write: (property: Property) => Toml | undefined
}

/** A key whose value is a string. */
export interface StringRow<Property> extends Row<string, Property> {
  readonly type: 'string'
}

/** A key whose value is a boolean. */
export interface BooleanRow<Property> extends Row<boolean, Property> {
  readonly type: 'boolean'
}

/** A row of the table, for a property of that type. */
export type KeyRow<Property> = StringRow<Property> | BooleanRow<Property>

/** A row for each property of what a table becomes. */
export type KeyRows<Properties> = { readonly [Name in keyof Properties]: KeyRow<Properties[Name]> }

/**
 * What stands for a bundle without certificates. Never the empty string: Contrast's puller takes that
 * for unset, and would trust the web PKI.
 */
const DENY_ALL = 'No certificate stands here, so no TLS handshake will succeed.\n'

const FLAG = {
  type: 'boolean',
  secrecy: 'public',
  read: (value: boolean) => value,
  write: (property: boolean) => property || undefined,
} as const

const CREDENTIAL = {
  type: 'string',
  secrecy: 'credential',
  read: (value: string) => (value === '' ? undefined : new Secret(value)),
  write: (property: Secret | undefined) => property?.reveal(),
} as const

// A proxy's URL may hold a password. The empty string isn't the same as unset: it turns a variable off.
const VARIABLE = {
  type: 'string',
  secrecy: 'secret',
  read: (value: string) => new Secret(value),
  write: (property: Secret | undefined) => property?.reveal(),
} as const

/** The keys of a table under `[registries]`. */
export const RULE_ROWS: KeyRows<RegistryKeys> = {
  caBundle: {
    key: 'ca-certs',
    meaning: 'concatenated PEM certificates: only these are trusted; without any, no server is',
    type: 'string',
    secrecy: 'public',
    read: (text, { bundleOf }) => bundleOf(text),
    write: writeBundle,
  },
  insecureSkipVerify: {
    ...FLAG,
    key: 'insecure-skip-verify',
    meaning:
      "trust any server, and allow plain HTTP, which Contrast's puller doesn't do by it; wins over `ca-certs`",
  },
  username: {
    ...CREDENTIAL,
    key: 'username',
    meaning: 'user name of Basic credentials, together with `password`',
  },
  password: {
    ...CREDENTIAL,
    key: 'password',
    meaning: 'password of Basic credentials, together with `username`',
  },
  auth: { ...CREDENTIAL, key: 'auth', meaning: 'base64 of `username:password`, sent as it is' },
  identityToken: {
    ...CREDENTIAL,
    key: 'identitytoken',
    meaning: 'OAuth2 refresh token, exchanged for an access token',
  },
  registryToken: {
    ...CREDENTIAL,
    key: 'registrytoken',
    meaning: 'bearer token sent to the registry, without the word `Bearer`',
  },
  mirror: {
    key: 'mirror',
    meaning: "URL of a mirror that serves this registry's content",
    type: 'string',
    secrecy: 'public',
    read: (value) => value || undefined,
    write: (property) => property,
  },
  mirrorFallback: {
    ...FLAG,
    key: 'mirror-fallback',
    meaning: 'after the mirror, try the registry itself',
  },
}

/** The keys of `[extra-env]`. */
export const EXTRA_ENV_ROWS: KeyRows<ProxySettings> = {
  httpProxy: { ...VARIABLE, key: 'HTTP_PROXY', meaning: 'proxy for plain HTTP requests' },
  httpsProxy: { ...VARIABLE, key: 'HTTPS_PROXY', meaning: 'proxy for HTTPS requests' },
  noProxy: { ...VARIABLE, key: 'NO_PROXY', meaning: 'hosts that are reached without a proxy' },
}

/** The rows with their properties' names, in the order of the table. */
export function rowsOf<Properties extends object>(
  rows: KeyRows<Properties>,
): readonly (readonly [property: string, row: KeyRow<never>])[] {
  return Object.entries(rows) as [string, KeyRow<never>][]
}

/** The tables of the document. */
export const TABLES = ['extra-env', 'registries'] as const

function writeBundle(bundle: CaBundle | undefined): string | undefined {
  if (bundle === undefined) return undefined
  if (bundle.certificates.length === 0) return DENY_ALL
  return bundle.certificates.map(({ pem }) => pem).join('')
}
