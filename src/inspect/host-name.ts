// Whether a certificate is for a host, by the rules of Go's `VerifyHostname`: the subject alternative
// names alone count, never the common name; an address matches addresses alone; a wildcard is a whole
// label, the first one, and stands for one label.

import type { AlternativeNames } from '../certificates/index.js'
import { addressOfHost, unmapIpAddress, withoutTrailingDot } from '../net/index.js'

const UPPER_CASE = /[A-Z]+/g

/** @param host - A host name or an IP address, with or without brackets. */
export function isForHost(names: AlternativeNames | undefined, host: string): boolean {
  if (names === undefined) return false
  const address = addressOfHost(host)
  if (address !== undefined) {
    const { bytes } = unmapIpAddress(address)
    return names.ip.some((octets) => {
      return octets.length === bytes.length && bytes.every((byte, i) => byte === octets[i])
    })
  }
  const name = toLowerAscii(host)
  const bare = withoutTrailingDot(name)
  const isUsual = isHostName(bare)
  return names.dns.some((pattern) => {
    const lower = toLowerAscii(pattern)
    if (isUsual && isPattern(lower)) return matches(lower, bare)
    // Go takes names that DNS doesn't have as they are.
    return lower !== '' && lower !== '.' && lower === name
  })
}

/** By ASCII alone: elsewhere, a Kelvin sign becomes the letter k. */
function toLowerAscii(text: string): string {
  return text.replaceAll(UPPER_CASE, (letters) => letters.toLowerCase())
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === name
  const dot = name.indexOf('.')
  return dot > 0 && name.slice(dot) === pattern.slice(1)
}

/** A wildcard has a domain behind it: alone, it is none to Go 1.26, and stands for itself. */
function isPattern(pattern: string): boolean {
  return isHostName(pattern.startsWith('*.') ? pattern.slice(2) : pattern)
}

/** Labels of letters, digits, `_` and, but for the first character, `-`. */
function isHostName(name: string): boolean {
  return name.split('.').every((label) => {
    return label !== '' && !label.startsWith('-') && [...label].every(isHostCharacter)
  })
}

function isHostCharacter(character: string): boolean {
  const isLetter = character >= 'a' && character <= 'z'
  return (
    isLetter || (character >= '0' && character <= '9') || character === '-' || character === '_'
  )
}
