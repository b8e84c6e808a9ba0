import { compileProxy } from '../../src/proxy/compile-proxy.js'
import type { ProxyDecision } from '../../src/proxy/decision.js'
import type { ProxySettings } from '../../src/proxy/settings.js'
import { Secret } from '../../src/secret.js'

export type Variables = { HTTP_PROXY?: string; HTTPS_PROXY?: string; NO_PROXY?: string }

/** The settings that variables of `extra-env` give. */
export function settings(variables: Variables): ProxySettings {
  const secret = (name: keyof Variables) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    return value === undefined ? undefined : new Secret(value)
  }
  return {
    httpProxy: secret('HTTP_PROXY'),
    httpsProxy: secret('HTTPS_PROXY'),
    noProxy: secret('NO_PROXY'),
  }
}

export type Compile = (variables: Variables) => (url: string) => ProxyDecision

export const compile: Compile = (variables) => compileProxy(settings(variables))
