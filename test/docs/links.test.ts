// Every link of the pages leads somewhere, and every page is found from the map.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anchorOf } from '../support/anchors.js'
import { root } from '../support/sources.js'

const inDocs = readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true })
  .filter((name) => name.endsWith('.md') && !/^api(?:-report)?\//.test(name))
  .map((name) => `docs/${name}`)
const pages = ['README.md', 'SECURITY.md', 'CHANGELOG.md', ...inDocs]

/** A page without its blocks of code. */
const read = (page: string) => readFileSync(join(root, page), 'utf8').replace(/^```.*?^```$/gms, '')

interface Link {
  readonly path: string
  readonly anchor: string | undefined
}

/** The links that stay within the repository. */
function linksOf(page: string, text: string): Link[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor] = target.split('#')
      return { path: path === '' ? page : normalize(join(dirname(page), path)), anchor }
    })
}

const anchorsIn = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))

function isDead({ path, anchor }: Link): boolean {
  if (!existsSync(join(root, path))) return true
  return anchor !== undefined && !anchorsIn(path).includes(anchor)
}

describe('the pages', () => {
  it.each(pages)('%s has no dead link', (page) => {
    expect(linksOf(page, read(page)).filter(isDead)).toEqual([])
  })

  it('would show a dead one', () => {
    const text =
      '[a](format.md) [b](gone.md) [c](format.md#names) [d](format.md#gone) [e](https://x)'
    const dead = linksOf('docs/README.md', text).filter(isDead)
    expect(dead).toEqual([
      { path: 'docs/gone.md', anchor: undefined },
      { path: 'docs/format.md', anchor: 'gone' },
    ])
  })

  it('are all found from the map', () => {
    const seen = new Set(['docs/README.md'])
    for (const page of seen) {
      for (const { path } of page.endsWith('.md') ? linksOf(page, read(page)) : []) seen.add(path)
    }
    expect(pages.filter((page) => !seen.has(page))).toEqual([])
  })
})
