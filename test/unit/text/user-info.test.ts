import { describe, expect, it } from 'vitest'
import { hasUserInfo, imageWithoutUserInfo, withoutUserInfo } from '../../../src/text/user-info.js'
import { expectProportion } from '../../support/proportion.js'

describe('withoutUserInfo', () => {
  it.each([
    ['ghcr.io.', 'ghcr.io.', 'nothing to hide'],
    ['alice@ghcr.io', '…@ghcr.io', 'a user'],
    ['alice:hunter2@ghcr.io', '…@ghcr.io', 'with a password'],
    ['a@b@ghcr.io', '…@ghcr.io', 'with an "@" in it'],
    ['https://alice@ghcr.io', '…@ghcr.io', 'behind a scheme'],
    ['@', '…@', 'an empty one'],
    ['u:hunter2%40ghcr.io', '…%40ghcr.io', 'an encoded "@"'],
    ['u:hunter2%2540ghcr.io', '…%2540ghcr.io', 'one that is encoded twice'],
    ['u:hunter2\uff20ghcr.io', '…\uff20ghcr.io', 'a full-width "@"'],
    ['u:hunter2\ufe6bghcr.io', '…\ufe6bghcr.io', 'a small one'],
    ['hunter2@b%40ghcr.io', '…%40ghcr.io', 'the last of several kinds'],
    ['hunter2%40b@ghcr.io', '…@ghcr.io', 'the same the other way round'],
    ['ghcr.io%2Fx', 'ghcr.io%2Fx', 'another escape'],
    ['https://ghcr.io/v2?token=hunter2', 'https://ghcr.io/v2?…', 'a query'],
    ['https://ghcr.io/v2#hunter2', 'https://ghcr.io/v2#…', 'a fragment'],
    ['ghcr.io?a=hunter2#hunter2', 'ghcr.io?…', 'both, without a scheme'],
    ['https://u:hunter2@ghcr.io?hunter2', '…@ghcr.io?…', 'user info and a query'],
    ['https://u:hunter2?hunter2@ghcr.io', '…', 'what is user info or a query'],
    ['https://ghcr.io?a=hunter2@hunter2', '…', 'the same'],
    ['?', '?…', 'an empty query'],
  ])('%s is shown as %s: %s', (name, shown) => {
    expect(withoutUserInfo(name)).toBe(shown)
  })
})

it('takes time in proportion to a name of nothing but at signs', () => {
  for (const sign of ['@', '%40', '%25', '40', '2540', '\uff20']) {
    const name = (n: number) => `${sign.repeat(n)}?`
    expectProportion(
      (text) => withoutUserInfo(text) && hasUserInfo(text),
      name(20_000),
      name(160_000),
    )
  }
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
    ['u:hunter2%40ghcr.io/a', '…%40ghcr.io/a', 'an encoded "@"'],
    ['u:hunter2\uff20ghcr.io/a', '…\uff20ghcr.io/a', 'a full-width "@"'],
    [`u:hunter2%40ghcr.io/a@${digest}`, `…%40ghcr.io/a@${digest}`, 'an encoded one and a digest'],
    ['password = "hunter2%40ghcr.io"', '…', 'an encoded "@" behind what is no reference'],
  ])('%s is shown as %s: %s', (reference, shown) => {
    expect(imageWithoutUserInfo(reference)).toBe(shown)
  })

  it('cuts what is longer than any reference', () => {
    expect(imageWithoutUserInfo('a'.repeat(400))).toBe('a'.repeat(400))
    expect(imageWithoutUserInfo('a'.repeat(401))).toBe(`${'a'.repeat(400)}…`)
  })
})

describe('hasUserInfo', () => {
  it.each(['a@b', '@', 'a%40b', 'a%2540b', 'a\uff20b', 'a\ufe6bb'])('of %s is true', (name) => {
    expect(hasUserInfo(name)).toBe(true)
  })

  it.each(['', 'a.b', '%', '40%', '2540%', '252540?', 'a%2640', '%254', 'a%4b', 'a?b', 'a%2Fb'])(
    'of "%s" is false',
    (name) => {
      expect(hasUserInfo(name)).toBe(false)
    },
  )
})
