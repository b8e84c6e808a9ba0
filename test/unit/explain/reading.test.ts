import { describe, expect, it } from 'vitest'
import { READING_SENTENCES, type ReadingCode, readingOf } from '../../../src/explain/reading.js'
import { parseImageReference } from '../../../src/image/index.js'

const DIGEST = `sha256:${'0'.repeat(64)}`
const ROWS: readonly (readonly [string, readonly ReadingCode[]])[] = [
  ['ghcr.io/a:1', []],
  ['nginx', ['default-registry', 'default-library', 'default-tag']],
  ['nginx:latest', ['default-registry', 'default-library']],
  ['library/nginx:1', ['default-registry']],
  ['acme/app:1', ['default-registry']],
  ['ghcr.io:443', ['default-registry', 'default-library']],
  [`nginx@${DIGEST}`, ['default-registry', 'default-library']],
  [`ghcr.io/a:1@${DIGEST}`, ['tag-beside-digest']],
  ['docker.io/nginx:1', ['default-library', 'docker-hub-alias']],
  ['docker.io/library/nginx:1', ['docker-hub-alias']],
  ['index.docker.io/library/nginx:1', []],
  ['DOCKER.io./library/nginx:1', ['case', 'trailing-dot', 'docker-hub-alias']],
  ['Ghcr.io./a:1', ['case', 'trailing-dot']],
  ['ghcr.io/library/a:1', []],
  ['localhost:5000/a:1', ['port']],
  ['docker.io:5000/a:1', ['port']],
  ['Registry.corp.:0443/a:1', ['case', 'trailing-dot', 'port']],
  ['[2001:DB8::1]:5000/a:1', ['case', 'port']],
  ['[2001:db8::1]/a:1', []],
]

describe('how a reference was read', () => {
  it.each(ROWS)('%s: %j', (text, codes) => {
    const notes = readingOf(text, parseImageReference(text))
    expect(notes.map(({ code }) => code)).toEqual(codes)
    for (const { code, message } of notes) expect(message).toBe(READING_SENTENCES[code])
  })

  it('has a row for each code', () => {
    const shown = new Set(ROWS.flatMap(([, codes]) => codes))
    expect([...shown].sort()).toEqual(Object.keys(READING_SENTENCES).sort())
  })
})
