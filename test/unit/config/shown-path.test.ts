import { describe, expect, it } from 'vitest'
import { pathPrinter } from '../../../src/config/shown-path.js'

describe('pathPrinter', () => {
  it.each([
    [[], '', 'the document as a whole'],
    [['extra-env', 'NO_PROXY'], 'extra-env.NO_PROXY: ', 'keys that need no quotes'],
    [['registries', 'ghcr.io.'], 'registries."ghcr.io.": ', 'a name with dots'],
    [[''], '"": ', 'the empty key'],
    [['\u202e'], '"\\u{202e}": ', 'a character that would turn a terminal round'],
  ])('%j begins a message with %j (%s)', (path, prefix) => {
    expect(pathPrinter()(path)).toEqual({ path, prefix })
  })

  it('leaves out user info', () => {
    const { path, prefix } = pathPrinter()(['registries', 'user:secret@ghcr.io', 'auth'])
    expect(path).toEqual(['registries', '…@ghcr.io', 'auth'])
    expect(prefix).toBe('registries."…@ghcr.io".auth: ')
    expect(Object.isFrozen(path)).toBe(true)
  })

  it('shows each path as it is, whichever came before', () => {
    const show = pathPrinter()
    const paths = [['a', 'b', 'c'], ['a', 'b', 'd'], ['b', 'b', 'd'], ['a'], [], ['a', 'c', 'd']]
    for (const path of paths) expect(show(path)).toEqual(pathPrinter()(path))
  })
})
