/** What the sweeps of threat 8 have in common: marked secrets, broken documents, every kind of output. */

import { inspect } from 'node:util'

/** Secrets of letters that stand in no word of a message, for documents that a sweep edits. */
export const SECRETS: readonly [string, string, string, string, string, string] = [
  'xqzjvkwpfh01',
  'gmbwtyrczl02',
  'pdxknqvjzs03',
  'wkfzhcqxbv04',
  'jzrmxtqkdw05',
  'vbqhzpxkgn06',
]

/** `auth` with one of them. */
export const ENCODED_SECRET: string = Buffer.from(`nobody:${SECRETS[3]}`).toString('base64')

/** The document with each of its characters left out, or with another one in its place. */
export function* mutantsOf(document: string): Generator<string> {
  for (let i = 0; i < document.length; i++) {
    for (const c of ['', '"', '\n', '\0', '7']) {
      yield document.slice(0, i) + c + document.slice(i + 1)
    }
  }
}

/** Finds what a text holds of the secrets: pieces of eight characters. */
export function leaksOf(secrets: readonly string[]): (output: string) => string[] {
  const pieces = secrets.flatMap((secret) =>
    Array.from({ length: secret.length - 7 }, (_, i) => secret.slice(i, i + 8)),
  )
  const fragments = [...new Set(pieces)]
  return (output) => fragments.filter((fragment) => output.includes(fragment))
}

/** A value in every form that a log may give it. */
export function show(value: unknown): string {
  return [
    String(value),
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, customInspect: false }),
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    JSON.stringify(value),
    inspect(structuredClone(value), { depth: 9 }),
  ].join('\n')
}

/** What a function gives or throws, in every form. */
export function outcomeOf(read: () => unknown): string {
  try {
    return show(read())
  } catch (error) {
    return show(error) + (error as Error).stack
  }
}
