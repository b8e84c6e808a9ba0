import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/reference.js'
import { issueOf } from '../../support/image-error.js'

describe('a repository that is refused', () => {
  it.each<[text: string, code: string, says: RegExp, source: string]>([
    [
      '/app:latest-local',
      'invalid-grammar',
      /begins with a slash.*registry is empty/,
      'report img-03',
    ],
    ['//app', 'invalid-grammar', /begins with a slash/, 'an empty registry twice'],
    [
      'r.io//app',
      'invalid-grammar',
      /two slashes stand behind the registry/,
      'behind the registry',
    ],
    ['r.io/a//b', 'invalid-grammar', /two slashes follow each other/, 'an empty variable'],
    ['r.io/a/', 'invalid-grammar', /ends with a slash/, 'a name that is missing'],
    [
      'registry-1.docker.io/registry.corp:8010/services/app:1.22.3',
      'invalid-character',
      /second registry/,
      'report img-04',
    ],
    ['cache/registry:5000/app', 'invalid-character', /second registry, or a port/, 'no registry'],
    [
      'LOCALDOMAIN/debian',
      'invalid-character',
      /a registry, it needs a dot or a port, or to be localhost/,
      'row 19',
    ],
    ['Docker/docker', 'invalid-character', /needs a dot or a port/, 'row 19'],
    ['r.io/Docker/docker', 'invalid-character', /^expected lower-case letters$/, 'no first one'],
    ['acme/Docker', 'invalid-character', /^expected lower-case letters$/, 'the last one'],
    ['Nginx', 'invalid-character', /^expected lower-case letters$/, 'the only one'],
    ['"nginx"', 'invalid-character', /a quote.*template or a shell/, 'quotes'],
    ['{{ .Values.image }}:1', 'invalid-character', /template/, 'a template'],
    ['r.io/$REPOSITORY', 'invalid-character', /a "\$" is left over/, 'a variable'],
    ['nginx ', 'invalid-character', /a blank or a line end/, 'a blank'],
    ['nginx\n', 'invalid-character', /a blank or a line end/, 'a line end'],
    ['\ufeffnginx', 'invalid-character', /a blank or a line end/, 'a byte order mark'],
    ['nginx\u00a0', 'invalid-character', /a blank or a line end/, 'a no-break space'],
    ['r.io/a..b', 'invalid-grammar', /only single dots/, 'two dots'],
    ['r.io/-a', 'invalid-grammar', /begin and end with a letter or digit/, 'a dash first'],
    ['r.io/a-', 'invalid-grammar', /begin and end with a letter or digit/, 'a dash last'],
  ])('%j: %s, %s (%s)', (text, code, says) => {
    const issue = issueOf(text)
    expect(issue).toMatchObject({ part: 'repository', code })
    expect(issue.message).toMatch(says)
  })

  it('is next to one that is taken', () => {
    for (const text of ['r.io/app:1', 'a/registry/app:5000', 'localhost/debian', 'localdomain/x']) {
      expect(parseImageReference(text).repository).not.toBe('')
    }
  })
})
