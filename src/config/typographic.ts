// Characters that look like those of TOML, as web pages, word processors and chats put them: they are
// invisible or nearly so, and have to be named.

import { lazy } from '../lazy.js'
/** What is there instead of TOML, and what to write. Neither quotes the document. */
export interface TomlCause {
  readonly message: string
  readonly help: string
}

/** The first such character of a line that stands where TOML has none: outside of strings. */
export function findTypographic(line: string): TomlCause | undefined {
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i)
    if (character === '#') return undefined
    if (character === '"' || character === "'") {
      const end = line.indexOf(character, i + 1)
      // A string that doesn't end with its own quote may end with a round one.
      if (end < 0) return findQuote(line.slice(i + 1))
      i = end
    } else {
      const kind = kinds().get(character)
      if (kind) return causeOf(character, kind)
    }
  }
  return undefined
}

function findQuote(text: string): TomlCause | undefined {
  for (const character of text)
    if (kinds().get(character) === QUOTE) return causeOf(character, QUOTE)
  return undefined
}

interface Kind {
  readonly name: string
  readonly help: string
}

const SPACE: Kind = { name: 'a no-break space or its like', help: 'write an ordinary space' }

const INVISIBLE: Kind = { name: 'an invisible character', help: 'leave it out' }

const QUOTE: Kind = { name: 'a round quote', help: `write straight quotes, " or '` }

const DASH: Kind = { name: 'a dash', help: 'write the hyphen of the keyboard, -' }

const WIDE: Kind = { name: 'a full-width character', help: 'write the one of the keyboard' }

/** By character: spaces, what has no width, quotes, dashes, and full-width punctuation. */
const kinds: () => ReadonlyMap<string, Kind> = lazy(
  () =>
    new Map([
      ...[...'\u00a0\u2007\u202f\u2002\u2003\u2009\u3000'].map((c) => [c, SPACE] as const),
      ...[...'\u00ad\u200b\u200c\u200d\u2060\ufeff'].map((c) => [c, INVISIBLE] as const),
      ...[...'“”„‟‘’‚‛«»‹›″′'].map((c) => [c, QUOTE] as const),
      ...[...'‐‑‒–—−'].map((c) => [c, DASH] as const),
      ...[...'＝［］＂＇．＿＃'].map((c) => [c, WIDE] as const),
    ]),
)

function causeOf(character: string, { name, help }: Kind): TomlCause {
  const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
  return { message: `isn't TOML: it has ${name} (U+${code}) on this line`, help }
}
