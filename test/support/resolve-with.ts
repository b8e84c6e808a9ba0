import { createResolver, parseConfig, type Resolution } from 'imagepuller-auth'

/** The keys of a rule as the configuration has them; an empty string is the same as unset. */
export interface Keys {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
  readonly 'insecure-skip-verify'?: boolean
  readonly 'ca-certs'?: string
}

/** What an image resolves to, where one rule with these keys applies to everything. */
export function resolveWith(keys: Keys, image: string): Resolution {
  // A string of JSON is one of TOML, save for DEL.
  const textOf = (value: unknown) => JSON.stringify(value).replaceAll('\x7f', '\\u007f')
  const lines = Object.entries(keys).map(([key, value]) => `${key} = ${textOf(value)}\n`)
  return createResolver(parseConfig(`[registries."."]\n${lines.join('')}`)).resolve(image)
}
