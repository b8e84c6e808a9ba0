// The one place that knows smol-toml: its options, and its errors, which quote the lines around them
// and so go no further.
import { parse, TomlError, type TomlTable } from 'smol-toml'
import { fail, START } from './fail.js'
import { explainToml, lineAt } from './toml-cause.js'

export type { TomlTable }

/** The document's root table. Tables have no prototype. */
export function parseToml(text: string): TomlTable {
  try {
    return parse(text, TOML_OPTIONS)
  } catch (error) {
    if (!(error instanceof TomlError)) {
      return fail('invalid-toml', START, "isn't TOML", 'write TOML 1.0')
    }
    const [reason = ''] = error.message.split('\n', 1)
    const { message, help } = explainToml(text, { reason, line: error.line, column: error.column })
    return fail('invalid-toml', error, message, help, lineAt(text, error.line).length + 1)
  }
}

/** A key in double quotes, quotes included, as TOML reads it. */
export function readQuotedKey(quoted: string): string {
  return Object.keys(parse(`${quoted} = 0`, TOML_OPTIONS)).join('')
}

// Every option is given: smol-toml would look for a missing one in a polluted Object.prototype.
const TOML_OPTIONS = {
  maxDepth: 100,
  // A number too large for JavaScript is of a wrong type, not invalid.
  integersAsBigInt: 'asNeeded',
  useLegacyDate: true,
  unsafeKeyBehaviour: 'keep',
} as const
