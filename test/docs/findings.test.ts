import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AUDIT_CODES } from '../../src/audit.js'
import * as dockerConfig from '../../src/docker-config.js'
import * as registryFetch from '../../src/fetch.js'
import { describePlace, type Finding } from '../../src/findings.js'
import type { ParseConfigOptions } from '../../src/index.js'
import * as api from '../../src/index.js'
import { LINT_CODES, type LintFindingCode, lintConfig, openSecretManifest } from '../../src/lint.js'
import { comparePuller, predictPuller } from '../../src/puller.js'
import * as transport from '../../src/transport.js'
import { anchorOf } from '../support/anchors.js'
import { findingsOf } from '../support/config-issues.js'
import {
  type Example,
  expectFix,
  families,
  family,
  page,
  timeOf,
} from '../support/findings-page.js'
import { shownLines, withPems } from '../support/lint.js'
import { membersOfUnion } from '../support/unions.js'
import vectors from '../vectors/ca-bundles.json' with { type: 'json' }

const sourceOf = (path: string) =>
  readFileSync(new URL(`../../src/${path}.ts`, import.meta.url), 'utf8')
const PEM = vectors.cases.find((c) => c.category === 'single')?.text.trimEnd() ?? ''

/** The sections of lint's codes, the puller's among them; those of audits are held elsewhere. */
const sections = families
  .filter(({ name }) => name !== 'Audits of images')
  .flatMap((one) => one.sections)
  .filter(({ heading, code }) => heading === `\`${code}\``)
const examples = sections.flatMap((section) => section.examples)

const CONFIG_CODES = ['ConfigErrorCode', 'ConfigWarningCode', 'ConfigInfoCode'].flatMap((type) =>
  membersOfUnion('src/findings.ts', type),
)

/** What is found in an example; a line that says CERTIFICATE stands for a certificate. */
function findingsIn(example: Example): readonly Finding[] {
  const { code, text, asked } = example
  if (!CONFIG_CODES.includes(code)) return othersIn(example).filter((one) => one.code === code)
  const { encoding, maxBytes, ...options } = asked
  const document = text.replace(/^CERTIFICATE$/m, PEM)
  const input = encoding === 'utf-16' ? new Uint8Array(Buffer.from(document, 'utf16le')) : document
  const size = maxBytes === undefined ? {} : { maxBytes: Number(maxBytes) }
  return findingsOf(input, { ...(options as ParseConfigOptions), ...size })
}

/** Lint says more than one section is about; so does the puller. */
function othersIn(example: Example): readonly Finding[] {
  const { code, text, asked } = example
  const { image, version } = asked
  if (text.startsWith('{')) return openSecretManifest(JSON.parse(text)).findings
  // Lint leaves that one at `invalid-toml`.
  if (code === 'puller-start-unknown') return predictPuller(text).findings
  if (image !== undefined) return comparePuller(text, [image])
  const options = version === undefined ? {} : { version }
  return lintConfig(withPems(text), { now: timeOf(example), ...options })
}

/** For each line of what is read, the line of the example. */
function linesOf({ code, text }: Example): readonly number[] {
  if (!CONFIG_CODES.includes(code)) return shownLines(text)
  return text.split('\n').flatMap((line, i) => {
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
    expect(sections.map(({ code }) => code).sort()).toEqual(Object.keys(LINT_CODES).sort())
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
    expect([...new Set(listed)]).toEqual(membersOfUnion('src/image/error.ts', 'ImageReferenceCode'))
  })

  it.each(sections)('$code says its severity and has an example with its output', (section) => {
    const { code, text } = section
    expect(text).toMatch(/^\n\n\*(?:Error|Warning|Info)[^*]*\.\* [A-Z`]/)
    // That one needs a megabyte; the sentence is held below.
    if (code === 'secret-too-large') return
    expect(section.examples.some(({ output }) => output?.includes(`(${code})`))).toBe(true)
  })

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
  it.each(found)('$code: $text', (example) => expect(outputOf(example)).toBe(example.output))

  const fixed = examples.filter(({ output }) => output === undefined)
  it.each(fixed)('$code is gone in $text', (example) => {
    expect(findingsIn(example).map(({ code }) => code)).not.toContain(example.code)
    expect(findingsIn(example).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  const manifests = family('The Secret')
  it.each(sections.filter((one) => one.family !== manifests.name))('$code has a fix', expectFix)

  it('says once what manifest is fine', () => {
    expect(manifests.sections.map(({ code }) => code.split('-')[0])).toContain('secret')
    const [, json = ''] = /^```json\n([\s\S]*?)^```$/m.exec(manifests.intro) ?? []
    expect(openSecretManifest(JSON.parse(json)).findings).toEqual([])
  })
})

/** A list of all sections, by family, each in the order of the alphabet. */
function contentsOf(): readonly string[] {
  const link = (text: string, heading: string) => `[${text}](#${anchorOf(heading)})`
  return families
    .filter(({ name }) => name !== 'Contents')
    .map(({ name, sections: all }) => {
      const links = all.map(({ code, heading }) => link(`\`${code}\``, heading)).sort()
      return `- ${link(name, name)}${links.length === 0 ? '' : ': '}${links.join(', ')}`
    })
}

describe('the contents of docs/findings.md', () => {
  it('list all sections', () => {
    const entries = family('Contents')
      .intro.trim()
      .split(/\n(?=- )/)
    expect(entries.map((entry) => entry.replace(/\s+/g, ' '))).toEqual(contentsOf())
  })

  it('lead to anchors that are there once', () => {
    const headings = families.flatMap(({ name, sections: all }) => {
      return [name, ...all.map(({ heading }) => heading)]
    })
    const anchors = headings.map(anchorOf)
    expect(anchors.filter((anchor, at) => anchors.indexOf(anchor) !== at)).toEqual([])
  })

  it('have each code of lint and of audits under its own name, as the logs for scanners say', () => {
    const anchors = families.flatMap((one) => one.sections.map(({ heading }) => anchorOf(heading)))
    const codes = Object.keys({ ...LINT_CODES, ...AUDIT_CODES })
    expect(codes.filter((code) => !anchors.includes(code))).toEqual([])
  })
})
