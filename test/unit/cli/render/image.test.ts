import { describe, expect, it } from 'vitest'
import { withoutSecrets } from '../../../../src/cli/render/image.js'

const hex = '0123456789abcdef'.repeat(4)

describe('withoutSecrets', () => {
  it.each([
    ['nginx', 'nginx', 'no user info'],
    [`nginx@sha256:${hex}`, `nginx@sha256:${hex}`, 'a digest is none'],
    ['nginx@sha256:short', 'nginx@sha256:short', 'nor what was meant to be one'],
    ['u:p@ghcr.io/x', '…@ghcr.io/x', 'user info'],
    ['https://u:p@ghcr.io/x', '…@ghcr.io/x', 'behind a scheme'],
    ['u:p/w@ghcr.io/x', '…@ghcr.io/x', 'with a slash in it'],
    ['u:p@w@ghcr.io/x', '…@ghcr.io/x', 'with an @ in it'],
    [`u:p@ghcr.io/x@sha256:${hex}`, `…@ghcr.io/x@sha256:${hex}`, 'before a digest'],
    ['u:p@sha256:5000/x', '…@sha256:5000/x', 'a host that is named as a digest'],
    ['@', '…@', 'nothing around it'],
    ['a\u001b[2Jb', 'a?[2Jb', 'controls'],
  ])('%j: %j (%s)', (text, shown) => expect(withoutSecrets(text)).toBe(shown))

  it('is cut behind what no reference exceeds', () => {
    expect(withoutSecrets('x'.repeat(1_000_000))).toHaveLength(401)
  })
})
