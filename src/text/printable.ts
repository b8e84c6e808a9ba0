// Text from documents, file names and servers, made safe to print.
import { lazyPattern } from './pattern.js'

/** Controls, bidirectional marks, line separators and whatever else can rewrite or reorder a terminal. */
const unsafe = lazyPattern(String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]`, 'gu')

/** The text with a `?` for each character that could rewrite the terminal. */
export function printable(text: string): string {
  return text.replace(unsafe(), '?')
}
