// The sections of docs/findings.md about audits and changes say what the code says.

import { describe, expect, it } from 'vitest'
import { ASPECTS } from '../../src/audit/aspects.js'
import { CHECKED_CODES, CHECKS } from '../../src/audit/checks.js'
import { AUDIT_CODES, auditImages, compareConfigs } from '../../src/audit.js'
import { describePlace } from '../../src/findings.js'
import { createResolver, parseConfig } from '../../src/index.js'
import { PULLER_SENTENCES } from '../../src/puller/index.js'
import {
  type Example,
  expectFix,
  expectTrue,
  type Found,
  family,
  imageOf,
  sidesOf,
  timeOf,
} from '../support/findings-page.js'
import { withPems } from '../support/lint.js'
import { membersOfUnion } from '../support/unions.js'

const audits = family('Audits of images')
const changes = family('Changes')

const resolverFor = (text: string) => createResolver(parseConfig(text))

function findByAudit(example: Example): Found {
  const { code, text } = example
  const resolver = resolverFor(withPems(text))
  const [audit] = auditImages(resolver, [imageOf(example)], { now: timeOf(example) })
  const findings = audit?.findings ?? []
  const lines = findings
    .filter((finding) => finding.code === code)
    .map(({ severity, message, help, place }) => {
      const advice = help === undefined ? '' : `; ${help}`
      return `${describePlace(place)}${severity}: ${message}${advice} (${code})`
    })
  return { own: lines, codes: findings.map((finding) => finding.code) }
}

function findByComparison(example: Example): Found {
  const { code, text } = example
  const [before, after] = sidesOf(text)
  const images = [imageOf(example)]
  const [changed] = compareConfigs(resolverFor(before), resolverFor(after), images)
  const own = changed?.changes.filter(({ aspect }) => aspect === code) ?? []
  return {
    own: own.map(({ aspect, change }) => `${aspect}: ${change}`),
    codes: changed?.changes.map(({ aspect }) => aspect) ?? [],
  }
}

describe('the sections of docs/findings.md about audits', () => {
  it('are one for each code, in the order of the checks', () => {
    const own = CHECKED_CODES.filter((code) => !Object.hasOwn(PULLER_SENTENCES, code))
    expect(audits.sections.map(({ heading }) => heading)).toEqual(own.map((code) => `\`${code}\``))
    const others = CHECKED_CODES.filter((code) => Object.hasOwn(PULLER_SENTENCES, code))
    const linked = [...audits.intro.matchAll(/\[`([a-z-]+)`\]\(#\1\)/g)].map(([, code]) => code)
    expect(linked).toEqual(others)
  })

  it('are about the codes of the type, the grave first', () => {
    expect(CHECKED_CODES).toEqual(membersOfUnion('src/audit/checks.ts', 'AuditFindingCode'))
    expect(Object.keys(AUDIT_CODES)).toEqual(CHECKED_CODES)
    const ranks = CHECKED_CODES.map((code) =>
      ['error', 'warning', 'info'].indexOf(CHECKS[code].severity),
    )
    expect(ranks).toEqual([...ranks].sort())
  })

  it.each(audits.sections)('$code has its severity, its sentences, examples and a fix', (one) => {
    expectTrue(one, findByAudit)
    const { severity, message, help } = CHECKS[one.code as keyof typeof CHECKS]
    const word = `${severity.slice(0, 1).toUpperCase()}${severity.slice(1)}`
    expect(one.text).toMatch(new RegExp(`^\n\n\\*${word}\\.\\* [A-Z\`]`))
    expect(one.text).toContain(` ${severity}: ${message}`)
    expect(one.text).toContain(`${help === undefined ? '' : `; ${help}`} (${one.code})\n`)
    expectFix(one)
  })
})

describe('the sections of docs/findings.md about changes', () => {
  it('are one for each aspect, in the order of the changes', () => {
    const headings = changes.sections.map(({ heading }) => heading)
    expect(headings).toEqual(Object.keys(ASPECTS).map((aspect) => `Change of \`${aspect}\``))
    expect(Object.keys(ASPECTS)).toEqual(membersOfUnion('src/audit/aspects.ts', 'Aspect'))
  })

  it.each(changes.sections)('$code has examples and a fix', (one) => {
    expectTrue(one, findByComparison)
    expectFix(one)
  })
})
