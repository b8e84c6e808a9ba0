import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { helperRequest, parseHelperResponse } from '../../../src/docker-config.js'
import { errorOf } from '../../support/docker-config.js'

describe('credential helpers', () => {
  it('are asked by name, the server on their input', () => {
    const request = { program: 'docker-credential-pass', args: ['get'], stdin: 'ghcr.io' }
    expect(helperRequest('pass', 'ghcr.io')).toEqual(request)
  })

  it.each(['', 'a/b', '../x', 'a\\b', 'a\0', 'a b', 'a\n', 'x'.repeat(300)])(
    '%j names no program',
    (name) =>
      expect(errorOf(() => helperRequest(name, 'a.io')).issue.code).toBe('invalid-helper-name'),
  )

  it.each(['gh\ncr.io', 'ghcr.io\n', 'ghcr.io\r\nevil', 'ghcr.io\0', 'ghcr.io\x85'])(
    '%j is asked of none: helpers read lines',
    (server) => {
      const { issue, message } = errorOf(() => helperRequest('pass', server))
      expect(issue.code).toBe('unsupported-server')
      expect(message).not.toContain('cr.io')
    },
  )

  it.each([
    ['{"ServerURL":"a.io","Username":"u","Secret":"p"}', 'basic'],
    ['{"ServerURL":"a.io","Username":"<token>","Secret":"t"}', 'identity-token'],
    ['{"ServerURL":"","Username":"","Secret":""}', 'none'],
  ])('%s is %s', (stdout, kind) => expect(parseHelperResponse(stdout, 0).kind).toBe(kind))

  it.each([
    'credentials not found in native keychain\n',
    'Credentials not found in native keychain',
    'no usernames for ghcr.io',
    'The specified item could not be found in the keychain.',
  ])('%j is no error', (stdout) => expect(parseHelperResponse(stdout, 1).kind).toBe('none'))

  it.each([
    ['hunter2-hunter2', 1, 'helper-failed'],
    ['', 127, 'helper-failed'],
    ['hunter2-hunter2', 0, 'malformed-helper-response'],
    ['[]', 0, 'malformed-helper-response'],
    ['null', 0, 'malformed-helper-response'],
    ['{"Username":"hunter2-hunter2"}', 0, 'malformed-helper-response'],
    ['{"Username":1,"Secret":"hunter2-hunter2"}', 0, 'malformed-helper-response'],
  ])('%j with status %i is %s, and nothing of it is shown', (stdout, status, reason) => {
    const error = errorOf(() => parseHelperResponse(stdout, status))
    expect(error.issue.code).toBe(reason)
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
    const ofBytes = errorOf(() => parseHelperResponse(new TextEncoder().encode(stdout), status))
    expect(ofBytes.issue).toEqual(error.issue)
  })

  it('may answer in UTF-8 bytes, and in nothing else', () => {
    const bytes = new TextEncoder().encode('{"Username":"ü","Secret":"hunter2"}')
    const answer = parseHelperResponse(bytes, 0)
    expect(answer.kind === 'basic' && answer.username.reveal()).toBe('ü')
    const latin1 = Buffer.from('{"Username":"ü","Secret":"hunter2"}', 'latin1')
    for (const [status, code] of [
      [0, 'malformed-helper-response'],
      [1, 'helper-failed'],
    ] as const) {
      const error = errorOf(() => parseHelperResponse(latin1, status))
      expect(error.issue.code).toBe(code)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2')
    }
    const notFound = new TextEncoder().encode('credentials not found')
    expect(parseHelperResponse(notFound, 1).kind).toBe('none')
  })

  it.each([undefined, null, 1, ['x'], new ArrayBuffer(1)])('%j is no output', (stdout) => {
    expect(() => parseHelperResponse(stdout as never, 0)).toThrow(
      'parseHelperResponse: expected a string or a Uint8Array, and an exit status',
    )
  })
})
