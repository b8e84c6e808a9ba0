import { describe, expect, it } from 'vitest'
import { findingsOf, issuesOf } from '../../support/config-issues.js'

describe('names that can never match', () => {
  const long = 'a'.repeat(64)
  it.each([
    ['ghcr.io:443', 'port', 'warning'],
    ['10.0.0.1', 'IP address', 'warning'],
    ['registry.999', 'or ends in a number', 'warning'],
    ['[::1]:5000', 'IP address', 'warning'],
    ['', 'no label', 'warning'],
    ['a..b', 'between two dots', 'warning'],
    ['user:pw@ghcr.io', 'user info', 'error'],
    ['https://ghcr.io', 'URL', 'error'],
    ['http://[::1]/', 'URL', 'error'],
    ['ghcr.io/team', 'path', 'error'],
    ['*.corp', '"*"', 'error'],
    ['ghcr.io:', 'colon', 'error'],
    ['[.', 'characters that no registry has', 'error'],
    ['[ghcr.io]:5000', 'characters that no registry has', 'error'],
    ['registry.corp:5000:443', 'colon', 'error'],
    ['gh cr.io:5000', 'characters that no registry has', 'error'],
    ['ghcr.io:99999', 'colon', 'error'],
    ['bücher.io', 'outside of ASCII', 'error'],
    ['gh cr.io', 'characters that no registry has', 'error'],
    [`${long}.corp`, '63 characters', 'error'],
    ['a.'.repeat(128), '253 characters', 'error'],
  ])('%j: %s; with ca-certs it is of severity %s', (name, why, severity) => {
    const header = `[registries.${JSON.stringify(name)}]`
    const [finding, ...others] = findingsOf(header)
    expect(others).toEqual([])
    expect(finding).toMatchObject({ code: 'unmatchable-name', severity: 'warning' })
    expect(finding?.message).toContain(why)
    const pinned = findingsOf(`${header}\nca-certs = "no certificates"`).filter(
      (found) => found.severity !== 'info',
    )
    const code = severity === 'error' ? 'unmatchable-ca-certs' : 'unmatchable-name'
    expect(pinned).toMatchObject([{ code, severity }])
  })

  it.each([
    ['a:5000', " (Contrast's puller may)", ''],
    ['[fe80::1%eth0]:5000', '', 'no image can name a zone'],
    ['fe80::a', '', 'Go reads a port behind the last colon'],
    ['*.corp', " (Contrast's puller may, to images whose registry is spelled the same way)", ''],
    ['a b', '', 'no registry has a blank'],
    ['ghcr.io:https', '', 'nor a word for a port'],
    ['u:p@ghcr.io', '', 'nor user info'],
    ['https://ghcr.io', '', 'nor a slash'],
  ])('say what Contrast\'s puller does with %j: "%s" %s', (name, puller) => {
    const header = `[registries.${JSON.stringify(name)}]`
    const [finding] = findingsOf(header)
    expect(finding?.message.endsWith(`so this library never applies it${puller}`)).toBe(true)
    const pinned = findingsOf(`${header}\nca-certs = "no certificates"`)
    const isError = pinned.some(({ code }) => code === 'unmatchable-ca-certs')
    expect(isError).toBe(puller !== " (Contrast's puller may)")
    const isRestricted = pinned.some(({ message }) => message.includes("in Contrast's puller"))
    expect(isRestricted).toBe(puller.includes('spelled'))
  })

  it('are 253 characters at most, and labels 63', () => {
    const name = `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(61)}.`
    expect(findingsOf(`[registries."${name}"]`)).toEqual([])
  })
})

describe('names that mean the same', () => {
  it.each([
    ['ghcr.io', 'ghcr.io.'],
    ['ghcr.io.', 'GHCR.io.'],
    ['.corp', '.CORP.'],
  ])('%s and %s are an error that names both', (a, b) => {
    const issues = issuesOf(`[registries."${a}"]\n[registries."${b}"]`)
    expect(issues.map(({ code }) => code)).toEqual(['duplicate-name'])
    expect(issues[0]?.message).toContain(`"${a}"`)
    expect(issues[0]?.message).toContain(`"${b}"`)
  })

  it('never show user info', () => {
    const text = '[registries."u:hunter22@a.io"]\n[registries."hunter22@a.io"]'
    expect(JSON.stringify(findingsOf(text))).not.toContain('hunter22')
  })

  it.each([
    ['corp', '.corp'],
    ['corp', 'corp.corp'],
  ])('%s and %s do not', (a, b) => {
    expect(findingsOf(`[registries."${a}"]\n[registries."${b}"]`)).toEqual([])
  })
})
