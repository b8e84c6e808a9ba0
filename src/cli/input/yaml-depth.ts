// How deep a YAML text is nested, told from its tokens, before anything recursive sees it.

/** The lexer's sign that the next token is the text of a scalar. */
const SCALAR = '\u001f'

/** What may open a block collection on its line: an item, an explicit key, or the value of a key. */
const INDICATORS: ReadonlySet<string> = new Set(['-', '?', ':'])

/**
 * The offset at which the nesting exceeds a depth, or undefined. Flow collections count by their
 * brackets. A block collection is opened by an indicator, and one within another stands further to
 * the right, save for a list at its key's own column: so columns that grow bound the depth.
 */
export function depthOfYaml(tokens: Iterable<string>, max: number): number | undefined {
  const columns: number[] = []
  let flow = 0
  let offset = 0
  let lineStart = 0
  let isScalar = false
  for (const token of tokens) {
    const column = offset - lineStart
    if (isScalar || isMark(token)) {
      isScalar = token === SCALAR
    } else if (token === '[' || token === '{') flow++
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1)
    else if (flow === 0 && INDICATORS.has(token)) {
      while (columns.length > 0 && (columns.at(-1) as number) >= column) columns.pop()
      columns.push(column)
    }
    if (flow + columns.length > max) return offset
    if (isMark(token)) continue
    offset += token.length
    const end = token.lastIndexOf('\n')
    if (end >= 0) lineStart = offset - token.length + end + 1
  }
  return undefined
}

/** The signs of the lexer stand for no text: a document's start, a scalar, the end of a broken flow. */
function isMark(token: string): boolean {
  return token === '\u0002' || token === SCALAR || token === '\u0018'
}
