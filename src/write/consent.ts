// What shows that a caller knows about the secrets in a text.
import { type LiteralSchema, literal } from 'valibot'
import { type OptionRow, option } from '../options.js'

/** What shows that the caller knows what the text will hold. */
export interface RevealOptions {
  /** The text holds every password and token of the configuration. */
  readonly revealSecrets: true
}

/** The row of `revealSecrets` in a table of options. */
export function reveal(): OptionRow<LiteralSchema<true, undefined>> {
  return option(literal(true), 'true, since the text holds secrets')
}

/** Throws unless the caller says that it knows. */
export function checkConsent(caller: string, revealSecrets: true | undefined): void {
  if (revealSecrets !== true) {
    throw new TypeError(`${caller}: expected { revealSecrets: true }, since the text holds secrets`)
  }
}
