import { describe, expect, it } from 'vitest'
import { type Environment, effectiveProxySettings } from '../../../src/proxy/environment.js'
import { settings } from '../../support/proxy.js'

describe('effectiveProxySettings', () => {
  const SETTINGS = [
    ['HTTP_PROXY', 'httpProxy'],
    ['HTTPS_PROXY', 'httpsProxy'],
    ['NO_PROXY', 'noProxy'],
  ] as const

  it.each<
    [
      extra: string | undefined,
      env: Environment | undefined,
      value: string | undefined,
      reason: string,
    ]
  >([
    [undefined, undefined, undefined, 'nothing is set'],
    ['x', undefined, 'x', 'no environment'],
    [undefined, {}, undefined, 'an empty environment'],
    [undefined, { NAME: 'a' }, 'a', 'the environment'],
    [undefined, { name: 'a' }, 'a', 'the name in lower case'],
    [undefined, { NAME: 'a', name: 'b' }, 'a', 'upper case comes first'],
    [undefined, { NAME: '', name: 'b' }, 'b', 'the first that is not empty'],
    [undefined, { NAME: undefined, name: 'b' }, 'b', 'the first that is set'],
    [undefined, { NAME: '', name: '' }, undefined, 'all empty'],
    [undefined, { Name: 'a' }, undefined, 'mixed case'],
    ['x', { NAME: 'a', name: 'b' }, 'x', 'extra-env overrides'],
    ['', { NAME: 'a', name: 'b' }, '', 'even if it is empty'],
    [undefined, Object.create({ NAME: 'a' }), undefined, 'what is inherited does not count'],
  ])('extra-env %j, environment %j: %j, %s', (extra, env, value) => {
    for (const [name, setting] of SETTINGS) {
      const named = env && renamed(env, name)
      const given = effectiveProxySettings(
        settings({ ...(extra === undefined ? {} : { [name]: extra }) }),
        named,
      )
      expect(given[setting].value?.reveal()).toBe(value)
      const source = extra !== undefined || !value ? undefined : named && variableOf(named, value)
      expect(given[setting].variable).toBe(source)
    }
  })

  /** The variable that holds the value, in upper case first. */
  function variableOf(env: Environment, value: string): string | undefined {
    return Object.keys(env)
      .sort()
      .find((name) => env[name] === value)
  }

  function renamed(env: Environment, name: string): Environment {
    const names: Record<string, string> = {
      NAME: name,
      name: name.toLowerCase(),
      Name: 'Http_Proxy',
    }
    const rename = (from: Environment) =>
      Object.fromEntries(Object.entries(from).map(([key, value]) => [names[key], value]))
    return Object.assign(Object.create(rename(Object.getPrototypeOf(env))), rename(env))
  }

  it.each<[env: Environment, http: string | undefined, https: string | undefined, reason: string]>([
    [{ REQUEST_METHOD: 'GET', HTTP_PROXY: 'a', HTTPS_PROXY: 'b' }, undefined, 'b', 'a CGI process'],
    [{ REQUEST_METHOD: 'GET', http_proxy: 'a', https_proxy: 'b' }, undefined, 'b', 'in lower case'],
    [{ REQUEST_METHOD: '', HTTP_PROXY: 'a' }, 'a', undefined, 'not a CGI process'],
  ])('%j gives %j for http: %s', (env, http, https) => {
    const given = effectiveProxySettings(settings({}), env)
    expect(given.httpProxy.value?.reveal()).toBe(http)
    expect(given.httpsProxy.value?.reveal()).toBe(https)
    const extra = effectiveProxySettings(settings({ HTTP_PROXY: 'x' }), env)
    expect(extra.httpProxy.value?.reveal()).toBe('x')
  })

  it('names a variable that holds no text, and nothing of it', () => {
    const env = { https_proxy: 7 as unknown as string }
    expect(() => effectiveProxySettings(settings({}), env)).toThrow(
      new TypeError('createResolver: expected https_proxy of env to be a string'),
    )
  })
})
