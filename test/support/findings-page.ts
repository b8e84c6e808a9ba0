/** docs/findings.md, taken apart: families, their sections, and the examples of those. */

import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { NOW, withPems } from './lint.js'

export interface Example {
  /** The section's code. */
  readonly code: string
  /** A document, the JSON of a manifest, or the difference of two documents. */
  readonly text: string
  /** What the comments at its top say: the image, the time, options, or an encoding. */
  readonly asked: Readonly<Record<string, string>>
  /** What the page says that is found; undefined for what to write instead. */
  readonly output: string | undefined
}

export interface Section {
  /** The heading above it. */
  readonly family: string
  readonly heading: string
  readonly code: string
  readonly text: string
  readonly examples: readonly Example[]
}

export interface Family {
  readonly name: string
  /** What stands above its sections. */
  readonly intro: string
  readonly sections: readonly Section[]
}

const FENCED = /^```(?:toml|json|diff)\n([\s\S]*?)\n```\n(?:\n```text\n([\s\S]*?)\n```)?/gm

const ASKED = /^ ?# (image|now|version|encoding|maxBytes|unknownKeys|brokenCertificates): (.*)$/gm

function examplesIn(code: string, section: string): Example[] {
  return [...section.matchAll(FENCED)].map(([, text = '', output]) => {
    const asked = Object.fromEntries(
      [...text.matchAll(ASKED)].map(([, key, value]) => [key, value]),
    )
    return { code, text, asked, output }
  })
}

function sectionOf(family: string, part: string): Section {
  const [heading = ''] = part.split('\n', 1)
  const code = /`([a-z0-9-]+)`$/.exec(heading)?.[1] ?? ''
  const text = part.slice(heading.length)
  return { family, heading, code, text, examples: examplesIn(code, text) }
}

function familyOf(part: string): Family {
  const [head = '', ...parts] = part.split(/^### /m)
  const [name = ''] = head.split('\n', 1)
  const sections = parts.map((one) => sectionOf(name, one))
  return { name, intro: head.slice(name.length), sections }
}

export const page: string = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8')

export const families: readonly Family[] = page.split(/^## /m).slice(1).map(familyOf)

/** The family with that heading. */
export function family(name: string): Family {
  const found = families.find((one) => one.name === name)
  if (found === undefined) throw new Error(`docs/findings.md has no heading ${name}`)
  return found
}

/** The time for which an example asks; else one at which its certificates are valid. */
export function timeOf({ asked: { now } }: Example): number {
  return now === undefined ? NOW : Date.parse(now)
}

/** The image for which an example asks. */
export function imageOf({ asked: { image }, text }: Example): string {
  if (image === undefined) throw new Error(`expected a comment with the image: ${text}`)
  return image
}

/** The documents before and after a difference. */
export function sidesOf(diff: string): readonly [before: string, after: string] {
  const side = (signs: string) => {
    const lines = diff.split('\n').filter((line) => signs.includes(line.slice(0, 1)))
    return withPems(lines.map((line) => line.slice(1)).join('\n'))
  }
  return [side(' -'), side(' +')]
}

/** An example, and what is found in it, of its own code and of any. */
export interface Found {
  readonly own: readonly string[]
  readonly codes: readonly string[]
}

/** That a section's examples print what stands below them, and that what is written instead is mended. */
export function expectTrue({ code, examples }: Section, find: (example: Example) => Found): void {
  for (const example of examples) {
    const { own, codes } = find(example)
    if (example.output === undefined) expect(codes, example.text).not.toContain(code)
    else expect(own.join('\n'), example.text).toBe(example.output)
  }
  expect(examples.some(({ output }) => output !== undefined)).toBe(true)
}

/** That a section says what to write, or that nothing is to be written. */
export function expectFix({ text, examples }: Section): void {
  const hasFix = examples.some(({ output }) => output === undefined)
  expect(/^Write[^:\n]*:\n\n```/m.test(text)).toBe(hasFix)
  expect(/^Nothing to mend: \S/m.test(text)).toBe(!hasFix)
}
