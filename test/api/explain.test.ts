import {
  createResolver,
  type ImagePullerConfig,
  ImageReferenceError,
  parseConfig,
  type Resolver,
} from 'imagepuller-auth'
import { explain, renderExplanation } from 'imagepuller-auth/explain'
import { predictPuller } from 'imagepuller-auth/puller'
import { describe, expect, it } from 'vitest'
import { ENCODED_SECRET, leaksOf, mutantsOf, SECRETS, show } from '../support/canary.js'

const leaks = leaksOf([...SECRETS, ENCODED_SECRET])

const document = `[extra-env]
HTTPS_PROXY = "http://user:${SECRETS[4]}@proxy.corp:3128"
[registries."a.io."]
username = "nobody"
password = "${SECRETS[0]}"
[registries."*.b.io"]
identitytoken = "${SECRETS[1]}"
[registries."c.io:5000"]
registrytoken = "${SECRETS[2]}"
[registries."d.io/x"]
auth = "${ENCODED_SECRET}"
[registries."https://u:${SECRETS[5]}@e.io"]
[registries."u:${SECRETS[5]}@f.io"]
`
const IMAGES = ['a.io/x', 'a.io:5000/x', 'a.b.io/x', 'c.io/x', 'c.io:5000/x', 'd.io/x', 'e.io/x']

function parsed(text: string): ImagePullerConfig | undefined {
  try {
    return parseConfig(text)
  } catch {
    return undefined
  }
}

describe('an explanation', () => {
  it('accounts for a rule that was meant', () => {
    const resolver = createResolver(parseConfig(document))
    const { resolution, candidates, nearMisses } = explain(resolver, 'registry.b.io/x')
    expect(resolution.rule).toBeNull()
    expect(candidates).toEqual([])
    expect(nearMisses[0]).toMatchObject({
      name: '*.b.io',
      code: 'wildcard',
      suggestion: '.b.io.',
      place: { kind: 'document', line: 6 },
    })
  })

  it('threat 8: holds no secret, for any edit of a document', () => {
    let explained = 0
    for (const text of [document, ...mutantsOf(document)]) {
      const config = parsed(text)
      if (config === undefined) continue
      const resolver = createResolver(config)
      const image = IMAGES[explained % IMAGES.length] ?? ''
      const explanation = explain(resolver, image, { prediction: predictPuller(text) })
      const output = `${show(explanation)}\n${renderExplanation(explanation, { width: 200 })}`
      expect(leaks(output)).toEqual([])
      explained++
    }
    expect(explained).toBeGreaterThan(300)
  })

  it('is the same after a way through JSON', () => {
    const resolver = createResolver(parseConfig(document))
    const prediction = predictPuller(document)
    for (const image of IMAGES) {
      const explanation = explain(resolver, image, { prediction })
      expect(JSON.parse(JSON.stringify(explanation))).toStrictEqual(explanation)
      const text = renderExplanation(explanation, { now: 0, color: true })
      expect(
        renderExplanation(JSON.parse(JSON.stringify(explanation)), { now: 0, color: true }),
      ).toBe(text)
    }
  })

  it('says of a resolver that only looks like one that it is none', () => {
    const resolver = createResolver(parseConfig(''))
    const forged: Resolver = { ...resolver }
    expect(() => explain(forged, 'nginx')).toThrow(TypeError)
    expect(() => explain(resolver, 'nginx:')).toThrow(ImageReferenceError)
  })

  it('has rules whose names are those of members of every object', () => {
    const names = ['__proto__', 'constructor', 'tostring']
    const toml = names.map((name) => `[registries."${name}"]\n`).join('')
    const resolver = createResolver(parseConfig(toml))
    for (const name of names) {
      const { candidates } = explain(resolver, `${name}./x`)
      expect(candidates).toMatchObject([{ name, outcome: 'applied' }])
    }
  })
})
