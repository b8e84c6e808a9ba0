// The formats in which commands print findings.

import type { OptionValues } from './description.js'
import { Misuse } from './failure.js'

/** The options of every command that prints findings. */
export const FORMAT_OPTIONS = {
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: ['text', 'json', 'sarif', 'github'],
    help: 'Print as text (the default), json, sarif (2.1.0) or github (workflow commands).',
  },
  json: { type: 'boolean', help: 'The same as --format json.' },
  'fail-on': {
    type: 'string',
    value: 'SEVERITY',
    choices: ['error', 'warning', 'info'],
    help: 'Exit 1 on findings of at least this severity: error, warning (the default) or info.',
  },
} as const

/** A format. */
export type Format = 'text' | 'json' | 'sarif' | 'github'

/** The format that is asked for. */
export function formatOf({
  format,
  json,
}: Pick<OptionValues<typeof FORMAT_OPTIONS>, 'format' | 'json'>): Format {
  if (json && format !== undefined && format !== 'json') {
    throw new Misuse('--json and --format name two formats')
  }
  return json ? 'json' : (format ?? 'text')
}
