// YAML, read within limits. The parser is imported only when there is some.

import type { Document, LineCounter, Range, YAMLParseError } from 'yaml'
import { Failure } from '../failure.js'
import { depthOfYaml } from './yaml-depth.js'

/** The documents of a YAML text, with what turns an offset into a line and a column. */
export interface Yaml {
  readonly documents: readonly Document[]
  /** Those that aren't YAML, of which the parser has made something all the same. */
  readonly broken: readonly BrokenDocument[]
  readonly lines: LineCounter
}

/** A document that isn't YAML. */
export interface BrokenDocument {
  /** Where its first fault is, as `FILE:LINE:COLUMN`. */
  readonly at: string
  /** What is wrong there. */
  readonly message: string
  /** Its first line and its last one, as the parser tells documents apart. */
  readonly from: number
  readonly to: number
}

/** Manifests have about 20; some thousands end the process within the parser. */
const MAX_DEPTH = 100

/** Reads all documents of a text. Throws a `Failure` where it is nested too deep. */
export async function readYaml(text: string, file: string): Promise<Yaml> {
  const { Lexer, LineCounter, parseAllDocuments } = await import('yaml')
  const deep = depthOfYaml(new Lexer().lex(text), MAX_DEPTH)
  if (deep !== undefined) {
    throw new Failure(`${file}:${lineAt(text, deep)}: nested more than ${MAX_DEPTH} levels deep`)
  }
  const lines = new LineCounter()
  const parsed = [
    ...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' }),
  ]
  const broken = parsed.flatMap((document, index): BrokenDocument[] => {
    const [error] = document.errors
    if (error === undefined) return []
    const { line, col } = lines.linePos(error.pos[0])
    const next = parsed[index + 1]
    return [
      {
        at: `${file}:${line}:${col}`,
        message: messageOf(error),
        from: lines.linePos(startOf(document)).line,
        to: next ? lines.linePos(startOf(next)).line - 1 : lineAt(text, text.trimEnd().length),
      },
    ]
  })
  return { documents: parsed.filter(({ errors }) => errors.length === 0), broken, lines }
}

/** What was parsed has a range; only what a program makes has none. */
function startOf({ range }: Document): number {
  return (range as Range)[0]
}

/** The parser's own message isn't repeated, since it quotes the text. */
function messageOf({ code }: YAMLParseError): string {
  const cause = CAUSES.get(code)
  return `expected YAML${cause === undefined ? '' : `: ${cause}`} (${code})`
}

/** What is most often wrong, by the parser's codes. */
const CAUSES: ReadonlyMap<string, string> = new Map([
  ['BAD_INDENT', 'a line is indented otherwise than those beside it, or a bracket is open'],
  ['DUPLICATE_KEY', 'a key stands twice in one table'],
  ['MISSING_CHAR', 'a quote or a bracket is open'],
  ['TAB_AS_INDENT', 'a tab stands where blanks belong'],
])

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}
