// Values that a template should have filled in. Nothing in the guest replaces anything.
import type { Path } from './path.js'
import type { Report } from './report.js'

// Limited to a length, so that a megabyte of beginnings is read once.
const PLACEHOLDER = /\$\{[^{}\n]{1,100}\}|\$\([^()\n]{1,100}\)|\{\{[^{}\n]{1,100}\}\}/

/** Whether a text has `${NAME}`, `$(NAME)` or `{{ name }}`. */
export function hasPlaceholder(text: string): boolean {
  // Each has one of the two, which few values have.
  const isLikely = text.includes('{') || text.includes('(')
  return isLikely && PLACEHOLDER.test(text)
}

/** Warns about the value of a key that has one. */
export function warnAboutPlaceholder(path: Path, report: Report): void {
  const message =
    'has a placeholder that nothing replaced, and the puller replaces none: it is taken as it stands'
  const help = 'fill it in before the file goes into its Secret'
  report.warn('placeholder', path, message, help, { kind: 'value' })
}
