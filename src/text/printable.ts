// Text from documents, file names and servers, made safe to print.

/** Controls, bidirectional marks, line separators and whatever else can rewrite or reorder a terminal. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The text with a `?` for each character that could rewrite the terminal. */
export function printable(text: string): string {
  return text.replace(UNSAFE, '?')
}
