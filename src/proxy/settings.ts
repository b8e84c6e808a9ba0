// The three proxy variables, as settings.
import { Secret } from '../secret.js'

/** The proxy variables; one that is unset is undefined, and the empty string means the same. */
export interface ProxySettings {
  /** The proxy for `http` URLs: HTTP_PROXY. */
  readonly httpProxy: Secret | undefined
  /** The proxy for `https` URLs: HTTPS_PROXY. */
  readonly httpsProxy: Secret | undefined
  /** What is reached without a proxy: NO_PROXY. */
  readonly noProxy: Secret | undefined
}

/** What `compileProxy` takes: {@link ProxySettings}, any of them left out, as secrets or as text. */
export type CompileProxySettings = {
  readonly [Name in keyof ProxySettings]?: Secret | string | undefined
}

/** A setting, and the variable of the environment that it was read from, if it was. */
export interface SourcedSetting {
  readonly value: Secret | undefined
  readonly variable: string | undefined
}

/** The settings with their sources. */
export type SourcedSettings = { readonly [Name in keyof ProxySettings]: SourcedSetting }

const NAMES: ReadonlySet<string> = new Set<keyof ProxySettings>([
  'httpProxy',
  'httpsProxy',
  'noProxy',
])

/** Reads the settings' own properties by hand: what only decides about proxies loads no valibot. */
export function readSettings(settings: CompileProxySettings): SourcedSettings {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw misuse('settings to be an object')
  }
  for (const name of Object.keys(settings)) {
    if (!NAMES.has(name)) throw misuse('no settings but httpProxy, httpsProxy and noProxy')
  }
  const read = (name: keyof ProxySettings): SourcedSetting => {
    const value = Object.hasOwn(settings, name) ? settings[name] : undefined
    if (value === undefined || value instanceof Secret) return { value, variable: undefined }
    if (typeof value !== 'string') throw misuse(`${name} to be a Secret or a string`)
    return { value: new Secret(value), variable: undefined }
  }
  return { httpProxy: read('httpProxy'), httpsProxy: read('httpsProxy'), noProxy: read('noProxy') }
}

function misuse(expectation: string): TypeError {
  return new TypeError(`compileProxy: expected ${expectation}`)
}
