// Regular expressions with Unicode's properties. V8 looks such a property up where the literal stands,
// used or not, and all of them together took an import more time than all other modules of this room.
import { lazy } from '../lazy.js'

/** The expression, made when it is first asked for. */
export function lazyPattern(source: string, flags: string): () => RegExp {
  return lazy(() => new RegExp(source, flags))
}
