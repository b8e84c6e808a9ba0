// Spans of time in words. They say how far off a date is, and not the date, which stands in the document.

/** Milliseconds of a day. */
export const DAY: number = 24 * 60 * 60 * 1000

/** A span of milliseconds, such as `3 days` or `less than a day`. */
export function describeSpan(span: number): string {
  const days = Math.floor(span / DAY)
  if (days === 0) return 'less than a day'
  return days === 1 ? 'a day' : `${days} days`
}
