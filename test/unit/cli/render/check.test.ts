// Steps as lines and as data.

import { describe, expect, it } from 'vitest'
import { checkedData, describeBegun, describeStep } from '../../../../src/cli/render/check.js'
import { lookOf } from '../../../../src/cli/render/look.js'
import type { ShownCertificate, Step } from '../../../../src/cli/step.js'

const wide = lookOf({}, {}, true)
const narrow = lookOf({ isTTY: true, columns: 40 }, {}, true)

const certificate: ShownCertificate = {
  ...{
    subject: '',
    issuer: '',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
  },
  ...{ fingerprint: 'f'.repeat(64), isInRule: false, pem: 'PEM\n' },
}
const step: Step = {
  ...{
    name: 'tls',
    outcome: 'failed',
    milliseconds: 1.4,
    message: 'no \u001b[2J',
    help: 'write it',
  },
  ...{ certificates: [certificate], missing: certificate },
}

describe('a step', () => {
  it('shows certificates without a subject, and nothing that rewrites the terminal', () => {
    const text = describeStep(step, wide, false)
    expect(text.split('\n')).toEqual([
      '  FAIL TLS              1 ms  no ?[2J',
      ...[
        'no subject',
        'valid from 2026-01-01 to 2027-01-01',
        `SHA-256 ${'f'.repeat(64)}`,
        'A certificate that does not link to the others can not be seen.',
        'Do: write it.',
        'To trust it, ca-certs would have to hold this certificate:',
        'valid from 2026-01-01 to 2027-01-01',
        `SHA-256 ${'f'.repeat(64)}`,
        'A chain that came over the network proves nothing by itself: compare the fingerprint with what the administrator of the server says by another way.',
        '--show-pem prints it.',
      ].map((line) => ' '.repeat(30) + line),
    ])
  })

  it('shows what the rule trusts beside what the server showed, some of many', () => {
    const trusted = Array.from({ length: 7 }, (_, i) => ({ ...certificate, subject: `CN=${i}` }))
    const lines = describeStep({ ...step, trusted }, wide, false).split('\n')
    const first = lines.findIndex((line) => line.endsWith('The rule trusts:'))
    expect(lines.slice(first + 1, first + 4).map((line) => line.trim())).toEqual([
      'CN=0, valid from 2026-01-01 to 2027-01-01',
      `SHA-256 ${'f'.repeat(64)}`,
      'CN=1, valid from 2026-01-01 to 2027-01-01',
    ])
    expect(lines[first + 11]?.trim()).toBe('and 2 more')
    const nameless = describeStep({ ...step, trusted: [certificate] }, wide, false)
    expect(nameless).toContain('no subject, valid from')
    expect(nameless).not.toContain('more')
  })

  it('shows some of many names', () => {
    const names = Array.from({ length: 12 }, (_, i) => `${i}.corp`)
    const text = describeStep({ ...step, certificates: [{ ...certificate, names }] }, wide, false)
    expect(text).toContain(', 9.corp and 2 more\n')
    expect(text).not.toContain('10.corp')
  })

  it('prints PEM from the first column on, so that it can be copied', () => {
    expect(describeStep(step, wide, true).split('\n').at(-1)).toBe('PEM')
  })

  it('that has begun takes one line of any terminal', () => {
    const line = describeBegun(
      'manifest',
      'GET https://registry.corp/v2/team/app/manifests/1',
      narrow,
    )
    expect(line.length).toBeLessThan(40)
    expect(line).not.toContain('\n')
  })
})

it('gives PEM as data only where it was asked for', () => {
  const one = {
    image: 'a',
    isFine: false,
    steps: [step, { ...step, certificates: [], name: 'token' as const }],
  }
  expect(JSON.stringify(checkedData(one, false))).not.toContain('PEM')
  expect(JSON.stringify(checkedData(one, true))).toContain('PEM')
})
