import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { AnsweredSchemes } from '../../../src/fetch/answered-schemes.js'
import { createResolver } from '../../../src/resolve/index.js'

const resolver = createResolver(parseConfig('[registries."."]\ninsecure-skip-verify = true'))
const registry = resolver.resolve('registry.corp/a/b:1')
const other = resolver.resolve('registry.corp:8443/a/b:1')
const HTTPS = 'https://registry.corp/v2/'
const HTTP = 'http://registry.corp/v2/'

it('both schemes are tried until one has answered', () => {
  const schemes = new AnsweredSchemes()
  expect([schemes.mayTry(registry, HTTPS), schemes.mayTry(registry, HTTP)]).toEqual([true, true])
  schemes.note(registry, HTTP)
  expect([schemes.mayTry(registry, HTTPS), schemes.mayTry(registry, HTTP)]).toEqual([false, true])
  expect(schemes.mayTry(other, HTTPS)).toBe(true)
})

// Of two requests at once, the one that https failed for may be answered last.
it('an answer by plain HTTP behind one by https takes nothing back', () => {
  const schemes = new AnsweredSchemes()
  schemes.note(registry, HTTPS)
  schemes.note(registry, HTTP)
  expect(schemes.hasTls(registry)).toBe(true)
  expect([schemes.mayTry(registry, HTTPS), schemes.mayTry(registry, HTTP)]).toEqual([true, false])
})

it('https takes the place of plain HTTP', () => {
  const schemes = new AnsweredSchemes()
  schemes.note(registry, HTTP)
  schemes.note(registry, HTTPS)
  expect(schemes.hasTls(registry)).toBe(true)
})

it('only plain HTTP is doubted where a connection fails', () => {
  const schemes = new AnsweredSchemes()
  schemes.note(registry, HTTP)
  schemes.doubt(registry)
  expect(schemes.mayTry(registry, HTTPS)).toBe(true)
  schemes.note(registry, HTTPS)
  schemes.doubt(registry)
  expect(schemes.mayTry(registry, HTTP)).toBe(false)
})
