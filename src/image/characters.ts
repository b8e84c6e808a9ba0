// Classes of ASCII characters, looked up in a table: the scanners of references ask at each character.

export const COLON = 0x3a

export const DASH = 0x2d

export const DOT = 0x2e

export const SLASH = 0x2f

export const UNDERSCORE = 0x5f

export const DIGIT = 1

export const LOWER = 2

export const UPPER = 4

export const HEX = 8

/** What an ASCII character is; 0 for anything that only some parts allow, or none. */
const CLASSES = new Uint8Array(128)

for (let code = 0x30; code <= 0x39; code++) CLASSES[code] = DIGIT | HEX

for (let code = 0x41; code <= 0x5a; code++) CLASSES[code] = UPPER

for (let code = 0x61; code <= 0x7a; code++) CLASSES[code] = LOWER | (code <= 0x66 ? HEX : 0)

export function isA(classes: number, code: number): boolean {
  return code < 128 && ((CLASSES[code] as number) & classes) !== 0
}
