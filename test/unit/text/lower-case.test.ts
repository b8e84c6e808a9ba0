import { expect, it } from 'vitest'
import { lowerCaseAsGo } from '../../../src/text/lower-case.js'

it.each([
  ['', ''],
  ['Registry.CORP', 'registry.corp'],
  ['BÜCHER', 'bücher'],
  ['STRAẞE', 'straße'],
  ['DİKİLİ', 'dikili'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['ΟΔΟΣ.CORP', 'οδοσ.corp'],
  ['\ud801\udc00', '\ud801\udc28'],
])('%s becomes %s', (text, want) => expect(lowerCaseAsGo(text)).toBe(want))

it('is what each letter becomes by itself, for every letter but the dotted capital I', () => {
  let odd = ''
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const letter = String.fromCodePoint(code)
    // Behind another letter, as a sigma at the end of a word is.
    if (lowerCaseAsGo(`a${letter}`) !== `a${letter.toLowerCase()}`) odd += letter
  }
  expect(odd).toBe('\u0130')
})
