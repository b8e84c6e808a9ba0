import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as dockerConfig from '../../src/docker-config.js'
import { describePlace } from '../../src/findings.js'
import type { ParseConfigOptions } from '../../src/index.js'
import * as api from '../../src/index.js'
import * as transport from '../../src/transport.js'
import { findingsOf } from '../support/config-issues.js'
import { membersOfUnion } from '../support/unions.js'
import vectors from '../vectors/ca-bundles.json' with { type: 'json' }

const page = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')
const sourceOf = (path: string) =>
  readFileSync(new URL(`../../src/${path}.ts`, import.meta.url), 'utf8')
const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''

interface Example {
  readonly code: string
  readonly toml: string
  /** What stands behind `toml` on the fence: options, or an encoding. */
  readonly info: Readonly<Record<string, string>>
  /** What the page says that is found; undefined for what to write instead. */
  readonly output: string | undefined
}

const sections = page.split(/^### /m).slice(1)
const codeOf = (section: string) => /^`([a-z0-9-]+)`\n/.exec(section)?.[1] ?? ''

const BLOCK = /^```toml(.*)\n([\s\S]*?)\n```\n(?:\n```text\n([\s\S]*?)\n```)?/gm

const examples = sections.flatMap((section): Example[] =>
  [...section.matchAll(BLOCK)].map(([, info = '', toml = '', output]) => ({
    code: codeOf(section),
    toml,
    info: Object.fromEntries(
      info
        .trim()
        .split(' ')
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ),
    output,
  })),
)

/** What is found in an example; a line that says CERTIFICATE stands for a certificate. */
function findingsIn({ toml, info: { encoding, maxBytes, ...info } }: Example) {
  const text = toml.replace(/^CERTIFICATE$/m, PEM)
  const input = encoding === 'utf-16' ? new Uint8Array(Buffer.from(text, 'utf16le')) : text
  const size = maxBytes === undefined ? {} : { maxBytes: Number(maxBytes) }
  return findingsOf(input, { ...(info as ParseConfigOptions), ...size })
}

/** As the page has it, with the lines of the text as it is shown. */
function outputOf(example: Example): string {
  const lines = example.toml.split('\n').indexOf('CERTIFICATE') + 1
  const added = PEM.split('\n').length - 1
  return findingsIn(example)
    .map(({ severity, code, message, help, place }) => {
      const shown =
        place?.kind === 'document' && lines > 0 && place.line > lines
          ? { ...place, line: place.line - added }
          : place
      const at = describePlace(shown)
      return `${at}${severity}: ${message}${help === undefined ? '' : `; ${help}`} (${code})`
    })
    .join('\n')
}

describe('docs/findings.md', () => {
  it('has a section for each code, and no other', () => {
    const codes = ['ConfigErrorCode', 'ConfigWarningCode', 'ConfigInfoCode'].flatMap((type) =>
      membersOfUnion('src/findings.ts', type),
    )
    expect(sections.map(codeOf).sort()).toEqual([...new Set(codes)].sort())
  })

  it('lists the errors', () => {
    const listed = [...page.matchAll(/^\| `(ERR_[A-Z_]+)` \| `(\w+)` \|/gm)]
    const classes = { ...api, ...dockerConfig, ...transport }
    const names = Object.keys(classes).filter((name) => name.endsWith('Error'))
    expect(listed.map(([, , name]) => name).sort()).toEqual(names.sort())
    for (const [, code, name = ''] of listed) {
      const file = ['findings', 'image/error', 'docker-config/errors', 'transport/errors'].find(
        (path) => sourceOf(path).includes(`class ${name} extends`),
      )
      const [, text = ''] = sourceOf(file ?? '').split(`class ${name} extends`)
      expect(/readonly code = '(\w+)'/.exec(text)?.[1], name).toBe(code)
    }
  })

  it('lists the codes of image references', () => {
    const [, table = ''] = page.split('## Image references\n')
    const listed = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)
    expect(listed).toEqual(membersOfUnion('src/image/error.ts', 'ImageReferenceCode'))
  })

  it.each(sections.map((section) => [codeOf(section), section] as const))(
    '%s says its severity and has an example with its output',
    (code, section) => {
      expect(section).toMatch(/^`[a-z0-9-]+`\n\n\*(?:Error|Warning|Info)[^*]*\.\* [A-Z`]/)
      const shown = examples.filter((example) => example.code === code)
      expect(shown.some(({ output }) => output?.includes(`(${code})`))).toBe(true)
    },
  )

  const found = examples.filter(({ output }) => output !== undefined)
  it.each(found)('$code: $toml', (example) => expect(outputOf(example)).toBe(example.output))

  const fixed = examples.filter(({ output }) => output === undefined)
  it.each(fixed)('$code is gone in $toml', (example) => {
    expect(findingsIn(example).map(({ code }) => code)).not.toContain(example.code)
    expect(findingsIn(example).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('says what to write wherever an example can', () => {
    const without = [
      'too-large',
      'invalid-utf8',
      'broken-certificate',
      'certificate-skipped',
      'deny-all',
    ]
    const missing = sections.map(codeOf).filter((code) => !fixed.some((one) => one.code === code))
    expect(missing.sort()).toEqual(without.sort())
  })
})
