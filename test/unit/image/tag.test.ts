import { describe, expect, it } from 'vitest'
import { issueOf } from '../../support/image-error.js'

describe('a tag that is refused', () => {
  it.each<[text: string, code: string, says: RegExp, source: string]>([
    [
      'acme.azurecr.io/team/api:5.8467965e+07',
      'invalid-character',
      /^expected letters, digits/,
      'report img-01',
    ],
    ['acme/app:"latest"', 'invalid-character', /a quote/, 'report img-06'],
    ['acme/app:{{ .Values.tag }}', 'invalid-character', /template/, 'a template'],
    ['acme/app:$TAG', 'invalid-character', /a "\$" is left over/, 'a variable'],
    ['acme/app:<no value>', 'invalid-character', /template/, 'a value that Helm did not find'],
    ['acme/app:1.0\r', 'invalid-character', /a line end/, 'a file of another system'],
    ['acme/app:', 'empty', /leave the colon out/, 'an empty variable'],
    ['acme/app:-1', 'invalid-grammar', /at its start/, 'a dash first'],
  ])('%j: %s, %s (%s)', (text, code, says) => {
    const issue = issueOf(text)
    expect(issue).toMatchObject({ part: 'tag', code })
    expect(issue.message).toMatch(says)
  })
})
