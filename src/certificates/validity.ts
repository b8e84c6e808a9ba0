// The dates of a certificate, read as leniently as Go's cryptobyte does.

import type { DerReader } from './der-reader.js'
import { isDigits } from './digits.js'
import { CertificateFault, type CertificateField } from './fault.js'
import { TAG } from './tag.js'

const MINUTE = 60_000

/** `YYYYMMDDhhmmss+hhmm` */
const MAX_TIME = 19

/** When a certificate may be used (RFC 5280, section 4.1.2.5), in milliseconds since 1970. */
export interface Validity {
  readonly notBefore: number
  readonly notAfter: number
}

/** Reads both dates; that they are in order is not asked for, as in Go. */
export function readValidity(reader: DerReader): Validity {
  const validity = reader.open(TAG.sequence, 'validity')
  const notBefore = readTime(validity, 'not-before')
  const notAfter = readTime(validity, 'not-after')
  return { notBefore, notAfter }
}

/**
 * A UTCTime with or without seconds, or a GeneralizedTime with them; `Z` or an offset follows.
 * RFC 5280 asks for seconds and `Z`; Go's `cryptobyte` takes more, and so do certificates.
 */
function readTime(reader: DerReader, field: CertificateField): number {
  const { tag, contents } = reader.any(field)
  const text = String.fromCharCode(...contents.subarray(0, MAX_TIME + 1))
  const zone = text.endsWith('Z') ? 1 : 5
  const digits = text.slice(0, -zone)
  const time = isDigits(digits) ? timeOf(tag, digits) : undefined
  const offset = offsetOf(text.slice(-zone))
  if (time === undefined || offset === undefined) throw new CertificateFault(field)
  return time - offset
}

function timeOf(tag: number, digits: string): number | undefined {
  if (tag === TAG.generalizedTime && digits.length === 14) return calendarTime(digits)
  if (tag !== TAG.utcTime || (digits.length !== 10 && digits.length !== 12)) return undefined
  const century = digits.slice(0, 2) >= '50' ? '19' : '20'
  return calendarTime(`${century}${digits}`.padEnd(14, '0'))
}

/** The time that `YYYYMMDDhhmmss` stands for, if there is such a time. */
function calendarTime(digits: string): number | undefined {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}T${digits.slice(8, 10)}:${digits.slice(10, 12)}:${digits.slice(12)}.000Z`
  const date = new Date(iso)
  // A day such as 30 February, or the hour 24, gives another date or none.
  return Number.isNaN(date.getTime()) || date.toISOString() !== iso ? undefined : date.getTime()
}

/**
 * The milliseconds that `Z` or `+hhmm` stands for. An offset of zero is written `Z`; a day, and
 * the minutes beside it, is as far as Go goes.
 */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const sign = zone[0] === '-' ? -1 : 1
  const hours = zone.slice(1, 3)
  const minutes = zone.slice(3)
  const isOffset = (zone[0] === '+' || zone[0] === '-') && isDigits(zone.slice(1))
  if (!isOffset || hours > '24' || minutes > '59' || `${hours}${minutes}` === '0000') {
    return undefined
  }
  return sign * (Number(hours) * 60 + Number(minutes)) * MINUTE
}
