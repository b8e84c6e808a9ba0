// An explanation as the text that a person reads.
import { boolean, custom } from 'valibot'
import { option, optionsOf } from '../options.js'
import {
  type Paint,
  type Paints,
  paintsOf,
  printable,
  type Row,
  renderRows,
} from '../text/index.js'
import type { Candidate } from './candidates.js'
import type { EndpointSummary } from './endpoints.js'
import type { Explanation } from './explain.js'
import type { NearMiss } from './near-miss.js'
import { type Aspect, aspectOf, proxyMessages } from './notes.js'
import type { CertificateSummary, ProxySummary, ResolutionSummary } from './summary.js'

/** Options of {@link renderExplanation}. */
export interface RenderExplanationOptions {
  /**
   * The time, in milliseconds since 1970: certificates that aren't valid then are marked. Default: none
   * is.
   */
  readonly now?: number | undefined
  /** The columns that a line may take, at least 40; may be infinite. Default: 80. */
  readonly width?: number | undefined
  /** Whether to colour the text for a terminal. Default: false. */
  readonly color?: boolean | undefined
}

/** Below that a table has no room for its second column. */
const LEAST_WIDTH = 40

const readOptions = /* @__PURE__ */ optionsOf('renderExplanation', () => ({
  now: option(
    custom<number>((value) => Number.isFinite(value)),
    'a number of milliseconds since 1970',
  ),
  width: option(
    custom<number>((value) => typeof value === 'number' && value >= LEAST_WIDTH),
    `a number of columns, at least ${LEAST_WIDTH}`,
  ),
  color: option(boolean(), 'a boolean'),
}))

/** What a row is made with. */
interface Rendering extends Paints {
  readonly width: number
  readonly now: number | undefined
}

/**
 * The text that the command line prints for an explanation: a line for the image, and below it an
 * aligned table of what was decided and why. Without a line end at its end. Characters that could
 * rewrite a terminal are replaced.
 *
 * @param explanation - What `explain` gave, or the same after a way through JSON.
 * @param options - See {@link RenderExplanationOptions}; only own properties count.
 * @throws `TypeError` if the first argument is no explanation, or an option is unknown or of a wrong
 *   type.
 *
 * @example
 *
 * ```ts
 * import { createResolver, parseConfig } from 'imagepuller-auth'
 * import { explain, renderExplanation } from 'imagepuller-auth/explain'
 *
 * const resolver = createResolver(parseConfig('[registries."ghcr.io."]\nauth = "dTpw"'))
 * const text = renderExplanation(explain(resolver, 'ghcr.io/acme/app'), { width: 100 })
 * console.log(text.split('\n')[2]) //   rule         registries."ghcr.io." (exact), line 1
 * ```
 */
export function renderExplanation(
  explanation: Explanation,
  options?: RenderExplanationOptions,
): string {
  if (!isExplanation(explanation)) {
    throw new TypeError('renderExplanation: expected what explain gave')
  }
  const { now, width = 80, color = false } = readOptions(options)
  const rendering: Rendering = { width, now, ...paintsOf(color) }
  const rows = [
    ...rowsOf(
      'read',
      explanation.reading.map(({ message }) => line(message)),
    ),
    ...ruleRows(explanation),
    ...trustRows(explanation, rendering),
    ...aspectRow('credentials', explanation.resolution.credentials.kind, explanation),
    ...aspectRow('schemes', explanation.resolution.schemes.join(', then '), explanation),
    ...aspectRow('endpoint', endpointOf(explanation.resolution), explanation),
    ...proxyRows(explanation),
    ...rowsOf(
      'near miss',
      limited(explanation.nearMisses.map((miss) => nearMissLine(miss, rendering))),
    ),
    ...rowsOf(
      'puller',
      messagesOf('puller', explanation).map((text) => line(text, rendering.yellow)),
    ),
  ]
  const head = rendering.bold(printable(explanation.resolution.image.name))
  return [head, ...renderRows(rows, rendering, COLUMN)].join('\n')
}

/** The longest name of a row, so that the tables of all images line up. */
const COLUMN = 15

interface Line {
  readonly text: string
  readonly paint: Paint | undefined
}

function line(text: string, paint?: Paint): Line {
  return { text: printable(text), paint }
}

/** Lines of which the first has a name. */
function rowsOf(name: string, lines: readonly Line[]): Row[] {
  return lines.map(({ text, paint }, index) => ({ name: index === 0 ? name : '', text, paint }))
}

/** How many lines of one kind are shown; the data has them all. */
const MOST_LINES = 5

function limited(lines: readonly Line[]): readonly Line[] {
  const more = lines.length - MOST_LINES
  return more > 0 ? [...lines.slice(0, MOST_LINES), line(`and ${more} more`)] : lines
}

function messagesOf(aspect: Aspect, { notes }: Explanation): readonly string[] {
  return notes.filter(({ code }) => aspectOf(code) === aspect).map(({ message }) => message)
}

/** A part of the decision, with what follows from it; none where nothing is to be said of it. */
function aspectRow(aspect: Aspect, value: string, explanation: Explanation): Row[] {
  const messages = messagesOf(aspect, explanation)
  return messages.length === 0 ? [] : rowsOf(aspect, [line(`${value}: ${messages.join('; ')}`)])
}

function ruleRows(explanation: Explanation): Row[] {
  const { candidates } = explanation
  const applied = candidates.find(({ outcome }) => outcome === 'applied')
  const others = candidates.filter((candidate) => candidate !== applied)
  const notes = messagesOf('rule', explanation).map((text) => line(text))
  const head = applied === undefined ? [] : [line(`registries.${candidateText(applied)}`)]
  return [
    ...rowsOf('rule', [...head, ...notes]),
    ...rowsOf(
      'passed by',
      limited(others.map((other) => line(`${candidateText(other)}: ${OUTCOMES[other.outcome]}`))),
    ),
  ]
}

const OUTCOMES: Readonly<Record<Candidate['outcome'], string>> = {
  applied: 'applies',
  'less-specific': 'it is less specific',
  port: 'the registry has a port',
  'ip-address': 'the registry is at an IP address, or its name ends in a number',
}

function candidateText({ name, coverage, place }: Candidate): string {
  return `${quoted(name)} (${coverage}), line ${place.line}`
}

/** Longer names than DNS has are cut. */
const MOST_CHARACTERS = 256

function quoted(name: string): string {
  return `"${name.length > MOST_CHARACTERS ? `${name.slice(0, MOST_CHARACTERS)}…` : name}"`
}

function trustRows(explanation: Explanation, rendering: Rendering): Row[] {
  const { tls } = explanation.resolution
  const paint = {
    'deny-all': rendering.red,
    'skip-verify': rendering.yellow,
    'web-pki': undefined,
    'ca-bundle': undefined,
  }[tls.kind]
  const head = line(`${tls.kind}: ${messagesOf('trust', explanation).join('; ')}`, paint)
  const anchors = tls.kind === 'ca-bundle' ? tls.certificates : []
  const lines = anchors.map((anchor) => anchorLine(anchor, rendering))
  return rowsOf('trust', [head, ...limited(lines)])
}

function anchorLine(
  { subject, notBefore, notAfter }: CertificateSummary,
  { now, red }: Rendering,
): Line {
  const [from, until] = [notBefore.slice(0, 10), notAfter.slice(0, 10)]
  if (now !== undefined && now > Date.parse(notAfter)) {
    return line(`${subject}, expired on ${until}`, red)
  }
  if (now !== undefined && now < Date.parse(notBefore)) {
    return line(`${subject}, not valid before ${from}`, red)
  }
  return line(`${subject}, until ${until}`)
}

function endpointOf({ endpoint }: ResolutionSummary): string {
  if (endpoint.kind === 'registry') return 'the registry'
  const mirror = `the mirror ${endpoint.url} (ns=${endpoint.namespace})`
  return endpoint.fallback ? `${mirror}, then the registry` : mirror
}

/** How each endpoint is reached, where a mirror and the registry are asked: they are different hosts. */
function proxyRows(explanation: Explanation): Row[] {
  const { endpoints, resolution } = explanation
  if (new Set(endpoints.map(({ kind }) => kind)).size < 2) {
    return aspectRow('proxy', proxyOf(resolution.proxy), explanation)
  }
  return rowsOf(
    'proxy',
    endpoints.map((endpoint) => line(endpointProxy(endpoint))),
  )
}

function endpointProxy({ kind, origin, proxy }: EndpointSummary): string {
  return `the ${kind} at ${origin}: ${proxyOf(proxy)}: ${proxyMessages(proxy).join('; ')}`
}

function proxyOf(proxy: ProxySummary): string {
  if (proxy.kind === 'undialable') return 'none'
  const entry = proxy.code === 'no-proxy' ? ` "${proxy.entry}"` : ''
  return `${proxy.kind === 'proxy' ? proxy.url : proxy.kind} (${proxy.code}${entry})`
}

function nearMissLine(
  { name, message, replaces, suggestion, place }: NearMiss,
  { yellow }: Rendering,
): Line {
  const what = replaces === 'rule' ? `[registries.${quoted(suggestion)}]` : quoted(suggestion)
  return line(`line ${place.line}, ${quoted(name)}: ${message}; write ${what}`, yellow)
}

function isExplanation(value: unknown): value is Explanation {
  if (typeof value !== 'object' || value === null) return false
  return ['resolution', 'endpoints', 'reading', 'candidates', 'nearMisses', 'notes'].every((part) =>
    Object.hasOwn(value, part),
  )
}
