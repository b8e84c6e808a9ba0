// The proxy variables of a process, below those of a configuration.
import { Secret } from '../secret.js'
import type { ProxySettings, SourcedSetting, SourcedSettings } from './settings.js'

/** A process's environment, such as `process.env`. Its own properties are read, and no others. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variable that each setting is read from. */
const VARIABLES = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
} as const

const UNSET: SourcedSetting = { value: undefined, variable: undefined }

/**
 * The settings that count: `extra-env` where it has a variable, even as the empty string, and the
 * environment otherwise. There the name in upper case comes before the one in lower case, and the
 * first that isn't empty counts. Where REQUEST_METHOD is set, HTTP_PROXY isn't read from the
 * environment: in a CGI process the client sets it, with a `Proxy` header (CVE-2016-5385).
 */
export function effectiveProxySettings(
  extraEnv: ProxySettings,
  env: Environment | undefined,
): SourcedSettings {
  const settingOf = (name: keyof ProxySettings): SourcedSetting => {
    const value = Object.hasOwn(extraEnv, name) ? extraEnv[name] : undefined
    if (value !== undefined) return { value, variable: undefined }
    return env === undefined ? UNSET : inherited(env, name)
  }
  return {
    httpProxy: settingOf('httpProxy'),
    httpsProxy: settingOf('httpsProxy'),
    noProxy: settingOf('noProxy'),
  }
}

function inherited(env: Environment, name: keyof ProxySettings): SourcedSetting {
  if (name === 'httpProxy' && firstSet(env, ['REQUEST_METHOD']).value) return UNSET
  return firstSet(env, [VARIABLES[name], VARIABLES[name].toLowerCase()])
}

/** The first of the variables that isn't empty. */
function firstSet(env: Environment, variables: readonly string[]): SourcedSetting {
  for (const variable of variables) {
    const value: unknown = Object.hasOwn(env, variable) ? env[variable] : undefined
    if (value === undefined || value === '') continue
    if (typeof value === 'string') return { value: new Secret(value), variable }
    throw new TypeError(`createResolver: expected ${variable} of env to be a string`)
  }
  return UNSET
}
