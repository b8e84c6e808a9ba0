// The steps of `check`, as lines and as data.

import { type Paint, printable, wrap } from '../../text/index.js'
import type { CheckedImage, ShownCertificate, Step, StepName, StepOutcome } from '../step.js'
import type { Look } from './look.js'

/** The view that the steps are from. */
export const VIEW =
  "This is the view from here: with this machine's roots, name servers and network, not the guest's."

/** What a chain from the network is worth. */
const WARNING =
  'A chain that came over the network proves nothing by itself: compare the fingerprint with what the administrator of the server says by another way.'

/** What the look at a chain can't see. */
const UNSEEN = 'A certificate that does not link to the others can not be seen.'

const MARKS: Readonly<Record<StepOutcome, string>> = {
  ok: 'ok',
  'passed-over': 'skip',
  failed: 'FAIL',
}

const NAMES: Readonly<Partial<Record<StepName, string>>> = { tls: 'TLS' }

/** A mark, a name and a time before the text. */
const COLUMN = 30

/** The head of the output. */
export function describeView(look: Look): string {
  return wrap(VIEW, look.width).join('\n')
}

/** A step that has begun, as a line that is written anew when it has ended: shorter than the terminal. */
export function describeBegun(name: StepName, subject: string, look: Look): string {
  const [line = ''] = wrap(
    `  ...  ${nameOf(name).padEnd(11)} ${printable(subject)}`,
    look.width - 1,
  )
  return look.dim(line)
}

/** A step that has ended: a line, more where the text wraps, and what the server showed. */
export function describeStep(step: Step, look: Look, showPem: boolean): string {
  const { name, outcome, milliseconds, message, help, certificates = [], missing, manifest } = step
  const time = `${Math.round(milliseconds)} ms`.padStart(9)
  const mark = paintOf(outcome, look)(MARKS[outcome].padEnd(4))
  const head = `  ${mark} ${nameOf(name).padEnd(11)} ${look.dim(time)}  `
  const [first = '', ...rest] = textLines(message, look)
  const lines = [head + first, ...rest.map(indent)]
  if (manifest) lines.push(...manifestLines(manifest, look))
  for (const certificate of certificates) lines.push(...certificateLines(certificate, look))
  if (outcome === 'failed' && certificates.length > 0)
    lines.push(...textLines(UNSEEN, look).map(indent))
  lines.push(...trustedLines(step.trusted ?? [], look))
  if (help !== undefined) lines.push(...textLines(`Do: ${help}.`, look).map(indent).map(look.bold))
  if (missing) lines.push(...missingLines(missing, look, showPem))
  return lines.join('\n')
}

function nameOf(name: StepName): string {
  return NAMES[name] ?? name
}

function paintOf(outcome: StepOutcome, look: Look): Paint {
  return { ok: look.green, 'passed-over': look.yellow, failed: look.red }[outcome]
}

function textLines(text: string, look: Look): string[] {
  return wrap(printable(text), Math.max(look.width - COLUMN, 20))
}

function indent(line: string): string {
  return ' '.repeat(COLUMN) + line
}

function manifestLines(
  { mediaType, platforms }: NonNullable<Step['manifest']>,
  look: Look,
): string[] {
  const list = platforms.length === 0 ? '' : `: ${listOf(platforms)}`
  return textLines(`${mediaType ?? 'a manifest without a media type'}${list}`, look).map(indent)
}

function certificateLines(certificate: ShownCertificate, look: Look): string[] {
  const { subject, names = [], isInRule } = certificate
  const named = names.length === 0 ? '' : `, for ${listOf(names)}`
  const rule = isInRule ? ', in the rule' : ''
  const lines = [`${subject || 'no subject'}${named}${rule}`, validityOf(certificate)]
  return [...lines.flatMap((line) => textLines(line, look)), ...digestLines(certificate, look)]
    .map(indent)
    .map(look.dim)
}

/** A rule may hold all roots of a system. */
const MAX_TRUSTED = 5

/** The rule's certificates, to compare the chain with. */
function trustedLines(trusted: readonly ShownCertificate[], look: Look): string[] {
  if (trusted.length === 0) return []
  const shown = trusted
    .slice(0, MAX_TRUSTED)
    .flatMap((one) => [
      `${one.subject || 'no subject'}, ${validityOf(one)}`,
      `SHA-256 ${one.fingerprint}`,
    ])
  const more = trusted.length - MAX_TRUSTED
  const rest = more > 0 ? [`and ${more} more`] : []
  return ['The rule trusts:', ...shown, ...rest]
    .flatMap((line) => textLines(line, look))
    .map(indent)
    .map(look.dim)
}

/** A server chooses how many names its certificate has, and how many platforms an index. */
const MAX_NAMES = 10

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(', ')
  const more = names.length - MAX_NAMES
  return more > 0 ? `${shown} and ${more} more` : shown
}

function validityOf({ notBefore, notAfter }: ShownCertificate): string {
  return `valid from ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`
}

function digestLines({ fingerprint }: ShownCertificate, look: Look): string[] {
  return textLines(`SHA-256 ${fingerprint}`, look)
}

function missingLines(missing: ShownCertificate, look: Look, showPem: boolean): string[] {
  const { subject, issuer, pem } = missing
  const own = subject || 'this certificate'
  const wanted =
    subject === issuer
      ? own
      : `the certificate of ${issuer}, which can not be seen, or ${own} itself`
  const lines = [
    ...textLines(`To trust it, ca-certs would have to hold ${wanted}:`, look),
    ...textLines(validityOf(missing), look),
    ...digestLines(missing, look),
    ...textLines(WARNING, look),
  ].map(indent)
  // Without an indent, so that it can be copied.
  return showPem
    ? [...lines, pem.trimEnd()]
    : [...lines, ...textLines('--show-pem prints it.', look).map(indent)]
}

/** An image's steps as data; the PEM only where it was asked for. */
export function checkedData({ image, isFine, steps }: CheckedImage, showPem: boolean): unknown {
  const data = (certificate: ShownCertificate) => {
    const { pem, ...rest } = certificate
    return showPem ? { ...rest, pem } : rest
  }
  return {
    image,
    isFine,
    steps: steps.map(({ certificates, trusted, missing, ...step }) => ({
      ...step,
      ...(certificates === undefined ? {} : { certificates: certificates.map(data) }),
      ...(trusted === undefined ? {} : { trusted: trusted.map(data) }),
      ...(missing === undefined ? {} : { missing: data(missing), warning: WARNING }),
    })),
  }
}
