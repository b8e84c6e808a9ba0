import { describe, expect, it } from 'vitest'
import { imageWithoutUserInfo, withoutUserInfo } from '../../../src/text/user-info.js'

describe('withoutUserInfo', () => {
  it.each([
    ['ghcr.io.', 'ghcr.io.', 'nothing to hide'],
    ['alice@ghcr.io', '…@ghcr.io', 'a user'],
    ['alice:hunter2@ghcr.io', '…@ghcr.io', 'with a password'],
    ['a@b@ghcr.io', '…@ghcr.io', 'with an "@" in it'],
    ['https://alice@ghcr.io', '…@ghcr.io', 'behind a scheme'],
    ['@', '…@', 'an empty one'],
  ])('%s is shown as %s: %s', (name, shown) => {
    expect(withoutUserInfo(name)).toBe(shown)
  })
})

describe('imageWithoutUserInfo', () => {
  const digest = `sha256:${'0'.repeat(64)}`
  it.each([
    ['ghcr.io/a/b:1', 'ghcr.io/a/b:1', 'nothing to hide'],
    [`ghcr.io/a@${digest}`, `ghcr.io/a@${digest}`, 'a digest'],
    ['ghcr.io/a@sha256:short', 'ghcr.io/a@sha256:short', 'what was meant to be a digest'],
    ['u:hunter2@ghcr.io/a', '…@ghcr.io/a', 'user info'],
    [`u:hunter2@ghcr.io/a@${digest}`, `…@ghcr.io/a@${digest}`, 'user info and a digest'],
    [`@${digest}`, `@${digest}`, 'a digest alone'],
    ['u:sha256:x@ghcr.io/a', '…@ghcr.io/a', 'an algorithm within user info'],
    ['password = "hunter2"', 'password…', 'a line of another file'],
    ['- auth: aHVudGVy', '- auth:…', 'a line of YAML, of which the key is shown'],
    ['ghcr.io/a?token=hunter2', 'ghcr.io/a…', 'a query'],
    ['password = "hunter2@ghcr.io"', '…', 'an "@" behind what is no reference'],
    ['u: hunter2@ghcr.io/a', '…', 'user info with a blank in it'],
    ['"ghcr.io/a:1"', '"ghcr.io/a:1"', 'quotes around all of it'],
    ['ghcr.io/a:1  ', 'ghcr.io/a:1  ', 'blanks alone behind it'],
    ['', '', 'nothing'],
  ])('%s is shown as %s: %s', (reference, shown) => {
    expect(imageWithoutUserInfo(reference)).toBe(shown)
  })

  it('cuts what is longer than any reference', () => {
    expect(imageWithoutUserInfo('a'.repeat(400))).toBe('a'.repeat(400))
    expect(imageWithoutUserInfo('a'.repeat(401))).toBe(`${'a'.repeat(400)}…`)
  })
})
