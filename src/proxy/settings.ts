import { Secret } from '../secret.js'

/** The proxy variables; one that is unset is undefined, and the empty string means the same. */
export interface ProxySettings {
  /** The proxy for `http` URLs. */
  readonly httpProxy: Secret | undefined
  /** The proxy for `https` URLs. */
  readonly httpsProxy: Secret | undefined
  /** What is reached without a proxy. */
  readonly noProxy: Secret | undefined
}

/** A process's environment, such as `process.env`. Its own properties are read, and no others. */
export type Environment = Readonly<Record<string, string | undefined>>

type Setting = keyof ProxySettings

/** The variable that each setting is read from. */
export const VARIABLES = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
} as const

/**
 * The settings that count: `extra-env` where it has a variable, even as the empty string, and the
 * environment otherwise. There the name in upper case comes before the one in lower case, and the
 * first that isn't empty counts. Where REQUEST_METHOD is set, HTTP_PROXY isn't read from the
 * environment: in a CGI process the client sets it, with a `Proxy` header (CVE-2016-5385).
 */
export function effectiveProxySettings(
  extraEnv: ProxySettings,
  env: Environment | undefined,
): ProxySettings {
  const inherited = (name: Setting) => {
    if (env === undefined) return undefined
    if (name === 'httpProxy' && variableOf(env, ['REQUEST_METHOD'])) return undefined
    return variableOf(env, [VARIABLES[name], VARIABLES[name].toLowerCase()])
  }
  const settingOf = (name: Setting) => ownValue(extraEnv, name) ?? inherited(name)
  return Object.freeze({
    httpProxy: settingOf('httpProxy'),
    httpsProxy: settingOf('httpsProxy'),
    noProxy: settingOf('noProxy'),
  })
}

/** The first of the variables that isn't empty. */
function variableOf(env: Environment, names: readonly string[]): Secret | undefined {
  for (const name of names) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    if (value) return new Secret(value)
  }
  return undefined
}

export function ownValue(settings: ProxySettings, name: Setting): Secret | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined
}
