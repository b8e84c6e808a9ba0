// Command lines of public reports, each with what is right and why.

import { describe, expect, it } from 'vitest'
import vectors from '../vectors/command-lines.json' with { type: 'json' }
import { createFolder, run } from './support/command.js'

const folder = createFolder()

interface Expected {
  readonly status?: number
  readonly statusNot?: number
  readonly stdout?: string
  readonly stdoutHas?: string
  readonly messageShouldMention?: string
}

function contentOf(file: { readonly text?: string; readonly base64?: string }) {
  return file.text ?? Buffer.from(file.base64 ?? '', 'base64')
}

describe('case', () => {
  it.each(vectors.cases.map((row) => [row.id, row.why, row] as const))(
    '%s: %s',
    async (id, _, row) => {
      const files = Object.entries(row.input.files)
      for (const [name, file] of files) folder.file(`${id}/${name}`, contentOf(file))
      const names = new Set(files.map(([name]) => name))
      const args = row.input.args.map((argument) => {
        const [head = '', file] = argument.split('=')
        if (names.has(argument)) return `${folder.path}/${id}/${argument}`
        return file !== undefined && names.has(file)
          ? `${head}=${folder.path}/${id}/${file}`
          : argument
      })
      const { status, stdout, stderr } = await run(args)
      const expected: Expected = row.expected
      if (expected.status !== undefined) expect(status).toBe(expected.status)
      if (expected.statusNot !== undefined) {
        expect(status).not.toBe(expected.statusNot)
        expect(stderr).not.toBe('')
      }
      if (expected.stdout !== undefined) expect(stdout).toBe(expected.stdout)
      if (expected.stdoutHas !== undefined) expect(stdout).toContain(expected.stdoutHas)
      if (expected.messageShouldMention !== undefined) {
        expect(stderr).toMatch(new RegExp(expected.messageShouldMention))
      }
    },
  )
})
