import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../../src/config/parse-config.js'
import { createResolver } from '../../../../src/resolve/resolver.js'
import { linesOf } from '../../../support/lint.js'

const CODES = ['rule-without-effect', 'hidden-rule', 'credentials-for-subdomains']
const NAMES = ['corp', 'a.corp', 'localhost', 'docker.io', 'index.docker.io', 'quay.io']

/** Two rules that differ: of a name itself, and of all that is below it. */
const both = (name: string) =>
  `[registries."${name}."]\nmirror = "https://m.corp"\n[registries.".${name}."]\nca-certs = "none"\n`

/** Whether an image has a registry of this very name: a dot at its end makes a label a registry. */
function isApplied(name: string): boolean {
  const resolver = createResolver(parseConfig(both(name)))
  return [`${name}/app`, `${name}./app`, `a.${name}/app`].some((image) => {
    return resolver.resolve(image).rule?.name === `${name}.`
  })
}

describe('rules that are hidden', () => {
  it.each(NAMES)('%s is one, or an image has its rule', (name) => {
    expect(linesOf(both(name), CODES)).toEqual(isApplied(name) ? [] : ['1 warning hidden-rule'])
  })

  it('are those of docker.io alone', () => {
    expect(NAMES.filter((name) => !isApplied(name))).toEqual(['docker.io'])
  })

  it.each([
    ['without the rule that would hide it', '[registries."docker.io."]\nca-certs = "none"\n'],
    ['the other of the two', '[registries.".docker.io."]\nca-certs = "none"\n'],
    ['beside a rule for another name', `${both('docker.io').replace('.docker', '.a.docker')}`],
  ])('do not include it %s', (_, text) => {
    expect(linesOf(text, CODES)).toEqual([])
  })
})
