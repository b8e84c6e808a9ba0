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
    ['password = "hunter2"', 'password…', 'a line of a configuration'],
    ['password="hunter2"', 'password…', 'without blanks'],
    ['password = "hunter2@corp"', '…', 'with an @ in the password'],
    ['"auth": "dTpodW50ZXIy"', '"auth…', 'a line of a credentials file'],
    ['"пароль": "hunter2"', '"пароль…', 'in other letters'],
    ['- password: hunter2', '- password:…', 'a line of YAML'],
    ['u:p w@ghcr.io/x', '…', 'user info with a blank in it'],
    ['u:p@ghcr.io/x y', '…@ghcr.io/x…', 'user info before a blank'],
    ['https://ghcr.io/x?token=t', 'https://ghcr.io/x…', 'a query'],
    ['"nginx"', '"nginx"', 'quotes'],
    ['{{ .Values.image }}', '{{ .Values.image }}', 'a template'],
    ['$' + '{IMAGE}:1', '$' + '{IMAGE}:1', 'a variable'],
    ['a\u001b[2Jb', 'a?[2Jb', 'controls'],
  ])('%j: %j (%s)', (text, shown) => expect(withoutSecrets(text)).toBe(shown))

  it('is cut behind what no reference exceeds', () => {
    expect(withoutSecrets('x'.repeat(1_000_000))).toHaveLength(401)
  })
})
