import { describe, expect, it } from 'vitest'
import { withoutUserInfo } from '../../../src/text/user-info.js'

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
