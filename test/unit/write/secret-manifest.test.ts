import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../../src/index.js'
import { stringifyConfig, toKubernetesSecret } from '../../../src/write.js'
import { REVEAL } from '../../support/write.js'

describe('toKubernetesSecret', () => {
  it('makes the Secret that the node installer mounts', () => {
    const config = parseConfig('[registries."a.io"]\nauth = "dTpw"')
    const { manifest, json } = toKubernetesSecret(config, REVEAL)
    expect(JSON.parse(json)).toEqual(manifest)
    expect(manifest).toMatchObject({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'contrast-node-installer-imagepuller-config', namespace: 'kube-system' },
    })
    const text = Buffer.from(manifest.data['contrast-imagepuller.toml'], 'base64').toString()
    expect(text).toBe(stringifyConfig(config, REVEAL))
  })

  it('takes a name and a namespace that Kubernetes takes', () => {
    const config = parseConfig('')
    const options = { ...REVEAL, name: 'a.b-c', namespace: 'x' }
    expect(toKubernetesSecret(config, options).manifest.metadata).toEqual({
      name: 'a.b-c',
      namespace: 'x',
    })
    // Kubernetes limits the labels of a namespace, not those of a name.
    const long = { ...REVEAL, name: `a.${'x'.repeat(100)}`, namespace: 'x'.repeat(63) }
    expect(toKubernetesSecret(config, long).manifest.metadata.name).toBe(long.name)
    for (const wrong of ['a.b', 'x'.repeat(64)]) {
      expect(() => toKubernetesSecret(config, { ...REVEAL, namespace: wrong })).toThrow(
        /expected namespace to be a label .*at most 63/,
      )
    }
    const names = ['', 'A', '-a', 'a-', 'a_b', 'a/b', 'a..b', '.a', 'a.', 'a.-b', 'a-.b', 1]
    for (const wrong of [...names, 'x'.repeat(254)]) {
      expect(() => toKubernetesSecret(config, { ...REVEAL, name: wrong as never })).toThrow(
        TypeError,
      )
      expect(() => toKubernetesSecret(config, { ...REVEAL, namespace: wrong as never })).toThrow(
        TypeError,
      )
    }
  })

  it('is the same whatever a prototype says to JSON', () => {
    const { json } = toKubernetesSecret(parseConfig(''), REVEAL)
    Reflect.set(Object.prototype, 'toJSON', () => 'polluted')
    try {
      expect(toKubernetesSecret(parseConfig(''), REVEAL).json).toBe(json)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'toJSON')
    }
  })

  it('refuses what exceeds a Secret', () => {
    const text = `[registries."a.io"]\nregistrytoken = "${'x'.repeat(1024 * 1024)}"`
    const config = parseConfig(text, { maxBytes: 2 ** 22 })
    expect(() => toKubernetesSecret(config, REVEAL)).toThrow(ConfigError)
  })
})
