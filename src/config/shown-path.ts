// Paths as findings show them: no name has its user info.
import { withoutUserInfo } from '../text/index.js'
import { quoteKey } from './key-text.js'
import type { Path } from './path.js'

/** A path, and what a message about it begins with. */
export interface ShownPath {
  readonly path: Path
  /** The path as TOML has it and a colon; empty for the document as a whole. */
  readonly prefix: string
}

/** Shows paths of one document. */
export type PathPrinter = (path: Path) => ShownPath

interface ShownKey {
  readonly key: string
  readonly shown: string
  readonly quoted: string
}

/**
 * Makes a printer. It looks at a key once where it follows itself, since a document may have a long name,
 * and many findings below it.
 */
export function pathPrinter(): PathPrinter {
  const last: ShownKey[] = []
  const keyAt = (depth: number, key: string): ShownKey => {
    const known = last[depth]
    if (known?.key === key) return known
    const shown = withoutUserInfo(key)
    const read = { key, shown, quoted: quoteKey(shown) }
    last[depth] = read
    return read
  }
  return (path) => {
    const shown: string[] = []
    let text = ''
    for (const [depth, key] of path.entries()) {
      const read = keyAt(depth, key)
      shown.push(read.shown)
      text += depth === 0 ? read.quoted : `.${read.quoted}`
    }
    return { path: Object.freeze(shown), prefix: text === '' ? '' : `${text}: ` }
  }
}
