// Each failure of docs/troubleshooting.md is run: its files, its commands, and what they print.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { runInTerminal } from '../cli/support/terminal.js'
import { read } from '../support/vectors.js'

const page = readFileSync(new URL('../../docs/troubleshooting.md', import.meta.url), 'utf8')

const PEM =
  read<{ readonly category: string; readonly text: string }>('ca-bundles.json')
    .find(({ category }) => category === 'single')
    ?.text.trimEnd() ?? ''

/** A file to write, or a command with what a terminal of 100 columns shows. */
interface Step {
  readonly file: string | undefined
  readonly text: string
  readonly shown: string
}

const BLOCK = /^```(\S+)(?: (\S+))?\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?/gm

function stepsOf(section: string): readonly Step[] {
  return [...section.matchAll(BLOCK)].map(([, language, file, text = '', shown = '']) => {
    if (language !== 'sh' && file === undefined) throw new Error(`expected a file or sh: ${text}`)
    return { file, text, shown }
  })
}

const failures = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [title = ''] = section.split('\n')
    return { title, section, steps: stepsOf(section) }
  })

const root = mkdtempSync(join(tmpdir(), 'imagepuller-auth-'))
afterAll(() => rmSync(root, { recursive: true }))

/** Does the steps in a folder of their own, and gives what the commands printed, with their statuses. */
async function follow(steps: readonly Step[]) {
  const folder = mkdtempSync(join(root, 'home-'))
  const names = new Set<string>()
  const results: { status: number; printed: string; shown: string }[] = []
  for (const { file, text, shown } of steps) {
    if (file !== undefined) {
      const path = join(folder, file)
      mkdirSync(dirname(path), { recursive: true })
      // A line that says CERTIFICATE stands for a certificate.
      writeFileSync(path, text.replace(/^CERTIFICATE$/m, PEM))
      names.add(file)
      continue
    }
    const [program, ...args] = text.trim().split(' ')
    expect(program).toBe('imagepuller-auth')
    const within = args.map((argument) => (names.has(argument) ? join(folder, argument) : argument))
    const { status, printed } = await runInTerminal(within, { HOME: folder, NO_COLOR: '1' })
    results.push({
      status,
      printed: printed.replaceAll(`${folder}/.`, '~/.').replaceAll(`${folder}/`, ''),
      shown,
    })
  }
  return results
}

describe('docs/troubleshooting.md', () => {
  it('has twelve failures, with each command that looks at files', () => {
    expect(failures).toHaveLength(12)
    const used = new Set(
      [...page.matchAll(/^imagepuller-auth (\S+)/gm)].map(([, command]) => command),
    )
    // A challenge is what a server says, and the difference of two files no failure.
    const others = ['challenge', 'check', 'diff']
    expect(
      [...COMMANDS.keys()].filter((name) => !used.has(name) && !others.includes(name)),
    ).toEqual([])
  })

  it.each(failures)('$title', async ({ steps }) => {
    const results = await follow(steps)
    expect(results.map(({ printed }) => printed)).toEqual(results.map(({ shown }) => shown))
    // What went wrong first is gone in the end.
    expect(results.length).toBeGreaterThan(1)
    expect(results.at(-1)?.status).toBe(0)
    expect(results.at(-1)?.printed).not.toBe(results[0]?.printed)
  })
})
