import { describe, expect, it } from 'vitest'
import { lintConfig } from '../../../../src/lint/index.js'

const found = (name: string, before = '') =>
  lintConfig(`${before}[registries."${name}"]\nauth = "dTpw"\n`).filter(
    ({ code }) => code === 'resembling-name',
  )

describe('a name that resembles a public registry', () => {
  it.each([
    ['gchr.io.', 'ghcr.io.', 'a swap'],
    ['GCHR.io', 'ghcr.io.', 'a swap, in another case and without its dot'],
    ['.qay.io.', '.quay.io.', 'a deletion, behind a leading dot'],
    ['dockerr.io.', 'docker.io.', 'an insertion'],
    ['registry.k8s.oi.', 'registry.k8s.io.', 'a swap in the last label'],
    ['mcr-microsoft.com.', 'mcr.microsoft.com.', 'a hyphen for a dot'],
    ['hcr.io.', 'ghcr.io.', 'near to two, of which the first is named'],
  ])('%s is near to %s: %s', (name, meant) => {
    const [finding, ...others] = found(name)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ severity: 'info', path: ['registries', name] })
    expect(finding?.help).toBe(`write [registries."${meant}"] if that is meant`)
  })

  it.each([
    ['gcr.io.', 'a public registry itself, near to another one'],
    ['ghcr.io', 'without its dot'],
    ['.docker.io.', 'with a leading dot'],
    ['eu.gcr.io.', 'a subdomain of one'],
    ['grhc.io.', 'two edits'],
    ['.', 'the catch-all'],
    ['https://gchr.io', 'what never matches, of which there is more to say'],
    ['registry.corp.', 'a name of its own'],
  ])('%s is none: %s', (name) => expect(found(name)).toEqual([]))

  it('is silenced by a comment, and by its code', () => {
    expect(found('gchr.io.', '# imagepuller-auth: ignore resembling-name it is ours\n')).toEqual([])
    const text = '[registries."gchr.io."]\n'
    const codes = lintConfig(text, { ignore: ['resembling-name'] }).map(({ code }) => code)
    expect(codes).not.toContain('resembling-name')
  })
})
