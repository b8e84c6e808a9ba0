import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as dockerConfig from '../../src/docker-config.js'
import * as registryFetch from '../../src/fetch.js'
import { describePlace, type Finding } from '../../src/findings.js'
import type { ParseConfigOptions } from '../../src/index.js'
import * as api from '../../src/index.js'
import { LINT_CODES, type LintFindingCode, lintConfig, openSecretManifest } from '../../src/lint.js'
import { comparePuller, predictPuller } from '../../src/puller.js'
import * as transport from '../../src/transport.js'
import { findingsOf } from '../support/config-issues.js'
import { NOW, shownLines, withPems } from '../support/lint.js'
import { membersOfUnion } from '../support/unions.js'
import vectors from '../vectors/ca-bundles.json' with { type: 'json' }

const page = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')
const sourceOf = (path: string) =>
  readFileSync(new URL(`../../src/${path}.ts`, import.meta.url), 'utf8')
const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''

interface Example {
  readonly code: string
  /** The text, TOML or the JSON of a manifest. */
  readonly toml: string
  /** What stands behind `toml` on the fence: options, or an encoding. */
  readonly info: Readonly<Record<string, string>>
  /** What the page says that is found; undefined for what to write instead. */
  readonly output: string | undefined
}

const sections = page.split(/^### /m).slice(1)
const codeOf = (section: string) => /^`([a-z0-9-]+)`\n/.exec(section)?.[1] ?? ''

const BLOCK = /^```(?:toml|json)(.*)\n([\s\S]*?)\n```\n(?:\n```text\n([\s\S]*?)\n```)?/gm

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

const CONFIG_CODES = ['ConfigErrorCode', 'ConfigWarningCode', 'ConfigInfoCode'].flatMap((type) =>
  membersOfUnion('src/findings.ts', type),
)

/** What is found in an example; a line that says CERTIFICATE stands for a certificate. */
function findingsIn(example: Example): readonly Finding[] {
  const { code, toml, info } = example
  if (!CONFIG_CODES.includes(code)) return othersIn(example).filter((one) => one.code === code)
  const { encoding, maxBytes, ...options } = info
  const text = toml.replace(/^CERTIFICATE$/m, PEM)
  const input = encoding === 'utf-16' ? new Uint8Array(Buffer.from(text, 'utf16le')) : text
  const size = maxBytes === undefined ? {} : { maxBytes: Number(maxBytes) }
  return findingsOf(input, { ...(options as ParseConfigOptions), ...size })
}

/** Lint says more than one section is about; so does the puller. */
function othersIn({ toml, info: { by, image, now, version } }: Example): readonly Finding[] {
  if (toml.startsWith('{')) return openSecretManifest(JSON.parse(toml)).findings
  if (by === 'predict') return predictPuller(toml).findings
  if (by === 'compare') return comparePuller(toml, [image ?? ''])
  const time = now === undefined ? NOW : Date.parse(now)
  return lintConfig(withPems(toml), { now: time, ...(version === undefined ? {} : { version }) })
}

/** For each line of what is read, the line of the example. */
function linesOf({ code, toml }: Example): readonly number[] {
  if (!CONFIG_CODES.includes(code)) return shownLines(toml)
  return toml.split('\n').flatMap((line, i) => {
    return new Array<number>(line === 'CERTIFICATE' ? PEM.split('\n').length : 1).fill(i + 1)
  })
}

/** As the page has it, with the lines of the text as it is shown. */
function outputOf(example: Example): string {
  const lines = linesOf(example)
  return findingsIn(example)
    .map(({ severity, code, message, help, place }) => {
      const shown =
        place?.kind === 'document' ? { ...place, line: lines[place.line - 1] ?? 0 } : place
      const at = describePlace(shown)
      return `${at}${severity}: ${message}${help === undefined ? '' : `; ${help}`} (${code})`
    })
    .join('\n')
}

describe('docs/findings.md', () => {
  it('has a section for each code, and no other', () => {
    expect(sections.map(codeOf).sort()).toEqual(Object.keys(LINT_CODES).sort())
  })

  it('lists the errors', () => {
    const listed = [...page.matchAll(/^\| `(ERR_[A-Z_]+)` \| `(\w+)` \|/gm)]
    const classes = { ...api, ...dockerConfig, ...transport, ...registryFetch }
    const names = Object.keys(classes).filter((name) => name.endsWith('Error'))
    expect(listed.map(([, , name]) => name).sort()).toEqual(names.sort())
    for (const [, code, name = ''] of listed) {
      const files = [
        'findings',
        'image/error',
        'docker-config/errors',
        'transport/errors',
        'fetch/errors',
      ]
      const file = files.find((path) => sourceOf(path).includes(`class ${name} extends`))
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
      // That one needs a megabyte; the sentence is held below.
      if (code === 'secret-too-large') return
      const shown = examples.filter((example) => example.code === code)
      expect(shown.some(({ output }) => output?.includes(`(${code})`))).toBe(true)
    },
  )

  it('has the sentence of a Secret that is too large', () => {
    const file = 'x'.repeat(1024 * 1024)
    const stringData = { 'contrast-imagepuller.toml': '', other: `${file}x` }
    const metadata = {
      name: 'contrast-node-installer-imagepuller-config',
      namespace: 'kube-system',
    }
    const { findings } = openSecretManifest({ kind: 'Secret', metadata, stringData })
    const [{ severity, message, help, code }] = findings as [Finding<LintFindingCode>]
    expect(page).toContain(`\n${severity}: ${message}; ${help} (${code})\n`)
  })

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
      'puller-version-unknown',
      'puller-mirror-requests',
      'puller-other-proxy',
      'puller-unpinned',
      // What to write is in the sentence: a manifest has more to it than an example.
      ...Object.keys(LINT_CODES).filter((code) => code.startsWith('secret-')),
    ]
    const missing = sections.map(codeOf).filter((code) => !fixed.some((one) => one.code === code))
    expect(missing.sort()).toEqual(without.sort())
  })
})
