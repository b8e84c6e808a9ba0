// Dates and times that smol-toml takes, and TOML 1.0 or the calendar doesn't have.

/** What is wrong with one. */
export type DateFault = 'time-without-seconds' | 'impossible-date'

/** The longest text of a date with a time that has its seconds. */
export const LONGEST_DATE = 20

const TIME_WITHOUT_SECONDS = /^(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?!:)/

const DATE = /^(\d{4})-(\d\d)-(\d\d)/

/** smol-toml takes times without seconds, and any day up to the 31st. */
export function dateFault(literal: string): DateFault | undefined {
  if (TIME_WITHOUT_SECONDS.test(literal)) return 'time-without-seconds'
  const date = DATE.exec(literal)
  if (date === null) return undefined
  const [year, month, day] = date.slice(1).map(Number) as [number, number, number]
  return day > daysOf(year, month) ? 'impossible-date' : undefined
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
