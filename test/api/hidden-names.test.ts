// What a rule's name may hold of a secret is shown by nothing that speaks about the name.

import { expect, it } from 'vitest'
import { auditImages, compareConfigs } from '../../src/audit.js'
import { explain, renderExplanation } from '../../src/explain.js'
import { ConfigError, createResolver, parseConfig } from '../../src/index.js'
import { lintConfig } from '../../src/lint.js'
import { comparePuller, predictPuller } from '../../src/puller.js'
import { stringifyConfig } from '../../src/write.js'
import { show } from '../support/canary.js'

const NAMES = [
  'u:hunter22@registry.corp.',
  'u:hunter22%40registry.corp.',
  'u:hunter22%2540registry.corp.',
  'u:hunter22\uff20registry.corp.',
  'u:hunter22\ufe6bregistry.corp.',
  'https://u:hunter22%40registry.corp/',
  'https://registry.corp/?token=hunter22',
  'https://registry.corp/#hunter22',
  'registry.corp?token=hunter22',
  'https://u:hunter22?x@registry.corp',
]
const IMAGES = ['registry.corp/app:1', 'a.registry.corp/app', 'registrycorp/x', 'nginx']
const BODIES = [
  'auth = "dTpw"',
  'ca-certs = "none"',
  'insecure-skip-verify = true\nauth = "dTpw"',
  'mirror = "https://m.corp"\nmirror-fallback = true',
  'usrname = "u"\npassword = 1',
  'registry.corp = 1',
]

/** The value, or what was thrown. */
function outcomeOf(make: () => unknown): unknown {
  try {
    return make()
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return error
  }
}

it.each(NAMES)('%j is hidden everywhere', (name) => {
  for (const body of BODIES) {
    const text = `[registries.${JSON.stringify(name)}]\n${body}\n`
    const shown = [
      outcomeOf(() => parseConfig(text)),
      lintConfig(text),
      lintConfig(text + text),
      lintConfig(`${text}[registries."registry.corp."]\nauth = "dTpw"\n`),
      comparePuller(text, IMAGES),
      IMAGES.map((image) => predictPuller(text).resolve(image)),
      IMAGES.map((image) => predictPuller(text, { version: '1.20' }).resolve(image)),
      outcomeOf(() => {
        const resolver = createResolver(parseConfig(text))
        const explanations = IMAGES.map((image) => explain(resolver, image))
        return [
          ...explanations.map((one) => [one, renderExplanation(one)]),
          auditImages(resolver, IMAGES),
          compareConfigs(createResolver(parseConfig('')), resolver, IMAGES),
        ]
      }),
    ]
    expect(show(shown)).not.toContain('hunter22')
  }
})

it.each(NAMES)('%j is written as it is: without that it would mean something else', (name) => {
  const text = `[registries.${JSON.stringify(name)}]\nauth = "dTpw"\n`
  expect(stringifyConfig(parseConfig(text), { revealSecrets: true })).toContain('hunter22')
})
