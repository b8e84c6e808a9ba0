// How deep a YAML text is nested, told from its tokens, before anything recursive sees it.

/** The lexer's sign that the next token is the text of a scalar. */
const SCALAR = '\u001f'

/**
 * The offset at which the nesting exceeds a depth, or undefined. Flow collections count by their
 * brackets. A block collection begins at a column, and one within another stands further to the
 * right, save for a list at its key's own column: so columns that grow bound the depth.
 */
export function depthOfYaml(tokens: Iterable<string>, max: number): number | undefined {
  const columns: number[] = []
  let flow = 0
  let offset = 0
  let lineStart = 0
  /** Where the first key after the line's start, or after an indicator, stands. */
  let keyColumn: number | undefined
  let isScalar = false
  for (const token of tokens) {
    const column = offset - lineStart
    const isText = isScalar
    isScalar = token === SCALAR
    if (isMark(token)) continue
    offset += token.length
    const end = token.lastIndexOf('\n')
    if (!isText && (token === '[' || token === '{')) flow++
    else if (!isText && (token === ']' || token === '}')) flow = Math.max(0, flow - 1)
    else if (!isText && flow === 0 && (token === '-' || token === '?' || token === ':')) {
      // A second value on one line isn't allowed; the parser complains of it, and nests all the same.
      enter(columns, token === ':' ? (keyColumn ?? column) : column)
      keyColumn = undefined
    } else if (token.trim() !== '') keyColumn ??= column
    if (flow + columns.length > max) return offset - token.length
    if (end >= 0) {
      lineStart = offset - token.length + end + 1
      keyColumn = undefined
    }
  }
  return undefined
}

/** Leaves the collections that don't stand to the left of the column. */
function enter(columns: number[], column: number): void {
  while (columns.length > 0 && (columns.at(-1) as number) >= column) columns.pop()
  columns.push(column)
}

/** The signs of the lexer stand for no text: a document's start, a scalar, the end of a broken flow. */
function isMark(token: string): boolean {
  return token === '\u0002' || token === SCALAR || token === '\u0018'
}
