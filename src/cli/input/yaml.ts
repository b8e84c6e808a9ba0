// YAML, read within limits. The parser is imported only when there is some.

import type { Document, LineCounter } from 'yaml'
import { Failure } from '../failure.js'
import { depthOfYaml } from './yaml-depth.js'

/** The documents of a YAML text, with what turns an offset into a line and a column. */
export interface Yaml {
  readonly documents: readonly Document[]
  readonly lines: LineCounter
}

/** Manifests have about 20; some thousands end the process within the parser. */
const MAX_DEPTH = 100

/**
 * Reads all documents of a text. Throws a `Failure` with the place of what is wrong; the parser's own
 * message isn't repeated, since it quotes the text.
 */
export async function readYaml(text: string, file: string): Promise<Yaml> {
  const { Lexer, LineCounter, parseAllDocuments } = await import('yaml')
  const deep = depthOfYaml(new Lexer().lex(text), MAX_DEPTH)
  if (deep !== undefined) {
    throw new Failure(`${file}:${lineAt(text, deep)}: nested more than ${MAX_DEPTH} levels deep`)
  }
  const lines = new LineCounter()
  const documents = [
    ...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' }),
  ]
  for (const { errors } of documents) {
    const [error] = errors
    if (error === undefined) continue
    const { line, col } = lines.linePos(error.pos[0])
    throw new Failure(`${file}:${line}:${col}: expected YAML (${error.code})`)
  }
  return { documents, lines }
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}
