import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/explain/index.js'
import { createResolver, parseConfig } from '../../../src/index.js'
import { comparePuller, predictPuller } from '../../../src/puller/index.js'

const DIGEST = `@sha256:${'0'.repeat(64)}`

function notesOf(document: string, image: string, version = '1.25') {
  const prediction = predictPuller(document, { version })
  const { notes } = explain(createResolver(parseConfig(document)), image, { prediction })
  return notes.filter(({ code }) => code === 'differs-from-puller').map(({ message }) => message)
}

describe("notes about Contrast's puller", () => {
  it.each([
    ['registries = { "." = { ca-certs = "" } }', `ghcr.io/a${DIGEST}`, 1],
    ['registries = { "GHCR.io." = { auth = "dTpw" } }', `ghcr.io/a${DIGEST}`, 2],
    ['registries = { "a.b." = { auth = "dTpw" }, ".b." = {} }', `a.b/x${DIGEST}`, 3],
    ['', 'nginx', 1],
    ['', `nginx${DIGEST}`, 0],
  ])('say for %s and %s what comparePuller finds', (document, image, count) => {
    const found = comparePuller(document, [image], { version: '1.25' })
    expect(notesOf(document, image)).toEqual(
      found.map(({ message, help }) => (help === undefined ? message : `${message}; ${help}`)),
    )
    expect(found).toHaveLength(count)
  })

  it('say once what holds for several names, and in which lines', () => {
    const one = '[registries."a.b"]\n'
    expect(notesOf(one, `ghcr.io/a${DIGEST}`, '1.26')).toEqual([
      expect.stringMatching(/^Contrast's puller may refuse a name .*: "a\.b"; .* \(line 1\)$/),
    ])
    const two = `${one}[registries."b.b"]\n[registries."c.b"]\n`
    expect(notesOf(two, `ghcr.io/a${DIGEST}`, '1.26')).toEqual([
      expect.stringMatching(/: "a\.b"; .* \(line 1 and 2 more\)$/),
    ])
  })
})
