import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/parse-config.js'
import { createResolver } from '../../../src/resolve/resolver.js'
import { findingsOf } from '../../support/config-issues.js'
import reports from '../../vectors/config-reports.json' with { type: 'json' }

interface Expected {
  readonly error?: readonly string[]
  readonly warnings?: readonly string[]
  readonly errorOrWarning?: boolean
  readonly messageShouldMention?: string
  readonly resolutions?: readonly Readonly<Record<string, unknown>>[]
}

interface Report {
  readonly id: string
  readonly why: string
  readonly input: {
    readonly toml?: string
    readonly tomlBase64?: string
    readonly images?: readonly string[]
  }
  readonly expected: Expected
}

const cases = reports.cases as readonly Report[]

const inputOf = ({ toml, tomlBase64 }: Report['input']) =>
  toml ?? new Uint8Array(Buffer.from(tomlBase64 ?? '', 'base64'))

/** What a resolution is, in the words of the reports. */
function briefly(text: string | Uint8Array, image: string, asked: readonly string[]) {
  const { rule, tls, credentials, schemes, proxy } = createResolver(parseConfig(text)).resolve(
    image,
  )
  const all: Readonly<Record<string, unknown>> = {
    rule: rule?.name ?? null,
    trust: tls.kind,
    credentials: credentials.kind,
    schemes,
    proxy: proxy.kind,
    entry: 'entry' in proxy ? proxy.entry : undefined,
  }
  return Object.fromEntries(asked.map((name) => [name, all[name]]))
}

describe('reports of other projects (issue 17, row 14)', () => {
  it.each(cases)('$id: $why', ({ input, expected }) => {
    const text = inputOf(input)
    const findings = findingsOf(text)
    const codesOf = (severity: string) =>
      findings.filter((finding) => finding.severity === severity).map(({ code }) => code)
    if (expected.error) expect(codesOf('error')).toEqual(expected.error)
    if (expected.warnings) expect(codesOf('warning')).toEqual(expected.warnings)
    if (expected.errorOrWarning) {
      expect([...codesOf('error'), ...codesOf('warning')]).not.toEqual([])
    }
    if (expected.messageShouldMention !== undefined) {
      const said = findings.map(({ message, help }) => `${message} ${help}`).join('\n')
      expect(said).toMatch(new RegExp(expected.messageShouldMention))
    }
    const images = input.images ?? []
    for (const [i, want] of (expected.resolutions ?? []).entries()) {
      expect(briefly(text, images[i] ?? '', Object.keys(want))).toEqual(want)
    }
  })

  it('are all here', () => expect(cases.length).toBe(29))
})
