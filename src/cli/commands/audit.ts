// `audit`: what each image gets of a configuration, and what is to be known about that.

import { createResolver, type Finding, type ImagePullerConfig } from 'imagepuller-auth'
import { AUDIT_CODES, auditImages, type ImageAudit } from 'imagepuller-auth/audit'
import { decideEndpoints, type EndpointSummary, type ImagePlace } from 'imagepuller-auth/explain'
import { LINT_CODES } from 'imagepuller-auth/lint'
import type { PullerFinding } from 'imagepuller-auth/puller'
import { type Command, defineCommand } from '../command.js'
import { Misuse } from '../failure.js'
import { FORMAT_OPTIONS, formatOf } from '../format.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  IMAGE_OPTIONS,
  type ListedImage,
  type LoadedConfiguration,
  type LocatedFinding,
  loadConfiguration,
  PULLER_OPTIONS,
  placeOf,
  readImages,
  readVersion,
} from '../input/index.js'
import type { Io } from '../io.js'
import { viewOfPuller } from '../puller-view.js'
import {
  countsOf,
  describeAudit,
  jsonOf,
  type PlacedFinding,
  placedAtImage,
  placedInDocument,
  printable,
  renderFinding,
  sarifLog,
  workflowCommand,
} from '../render/index.js'

export const audit: Command = defineCommand({
  name: 'audit',
  summary: 'Print what images get of a configuration, and what is wrong with that.',
  operands: 'CONFIG [IMAGE...]',
  about: [
    "Prints for each image which rule of the configuration CONFIG applies, whom to trust, the kind of credentials, where requests go and by which proxy, and what is to be known about that: images that are denied, unverified, anonymous or not pinned, credentials that go too far, and where Contrast's puller decides otherwise. Nothing is sent, and no secret is shown.",
    `${CONFIGURATION_FORMS} Images are operands, or come from lists and manifests. CONFIG or one FILE may be "-" for standard input.`,
  ],
  options: {
    ...IMAGE_OPTIONS,
    ...CONFIGURATION_OPTIONS,
    ...FORMAT_OPTIONS,
    ...PULLER_OPTIONS,
  },
  examples: [
    {
      line: 'imagepuller-auth audit config.toml --manifests deployment.yaml',
      about: 'Exits 1 if there are errors or warnings about an image of a deployment.',
    },
    {
      line: 'imagepuller-auth audit config.toml --images all.txt --format sarif',
      about: 'Reports on all images of a list, for a code scanner.',
    },
  ],
  statuses: {
    0: 'Nothing is found of the severity that --fail-on names.',
    1: 'Something is; the configuration has errors; an image or a manifest can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...rest] }, io) {
    if (file === undefined) throw new Misuse('expected a CONFIG and an IMAGE')
    const format = formatOf(options)
    const version = readVersion(options)
    const loaded = await loadConfiguration(file, options, io)
    const { images, unread } = await readImages(rest, options, io)
    const audited = loaded.config
      ? auditAll(loaded, loaded.config, { images, version, now: io.now })
      : { audits: [], findings: loaded.findings }
    PRINTERS[format]({ ...audited, file, images, unread }, io)
    const all = [
      ...audited.findings.map(({ finding }) => finding),
      ...audited.audits.flatMap(({ findings }) => findings),
    ]
    return unread.length > 0 || failsOn(all, options['fail-on'] ?? 'warning') ? 1 : 0
  },
})

/** What an image gets, and what Contrast's puller does otherwise. */
interface Audit extends Omit<ImageAudit, 'findings'> {
  /** What its mirror and its registry get; empty for a text that is no image reference. */
  readonly endpoints: readonly EndpointSummary[]
  readonly findings: readonly Finding[]
}

interface Audited {
  readonly audits: readonly Audit[]
  /** About the document and its manifest. */
  readonly findings: readonly LocatedFinding[]
}

/** What there is to audit besides the configuration. */
interface Subject {
  readonly images: readonly ListedImage[]
  readonly version: string
  readonly now: number
}

function auditAll(
  { document, file, within, findings }: LoadedConfiguration,
  config: ImagePullerConfig,
  { images, version, now }: Subject,
): Audited {
  const texts = images.map(({ text }) => text)
  const resolver = createResolver(config)
  const audits = auditImages(resolver, texts, { now })
  const readable = audits.flatMap(({ image, resolution }) => (resolution === null ? [] : [image]))
  const puller = viewOfPuller(document, readable, version)
  const general = puller.document.map((finding) => ({ file, within, finding }))
  const firsts = new Map(texts.map((text, index) => [text, index] as const).reverse())
  return {
    audits: audits.map((one) => ({
      ...withPuller(one, puller.of(one.image), firsts.get(one.image) ?? 0),
      endpoints:
        one.resolution === null ? [] : decideEndpoints(resolver, resolver.resolve(one.image)),
    })),
    findings: [...findings, ...general],
  }
}

const SEVERITIES = ['error', 'warning', 'info']

/** What an audit says already isn't said again. The view counts images in a way of its own. */
function withPuller(
  { image, resolution, findings }: ImageAudit,
  differences: readonly PullerFinding[],
  first: number,
): Omit<Audit, 'endpoints'> {
  const known = new Set<string>(findings.map(({ code }) => code))
  const place = findings[0]?.place ?? { kind: 'image', index: first, image }
  const others = differences.filter(({ code }) => !known.has(code))
  const all = [...findings, ...others.map((finding) => ({ ...finding, place }))]
  const rank = ({ severity }: Finding) => SEVERITIES.indexOf(severity)
  return { image, resolution, findings: all.sort((a, b) => rank(a) - rank(b)) }
}

interface Printed extends Audited {
  /** The configuration's file as it was given. */
  readonly file: string
  readonly images: readonly ListedImage[]
  readonly unread: readonly string[]
}

const PRINTERS = {
  text: printText,
  json: printJson,
  sarif: printSarif,
  github: printGithub,
} as const

function printText({ audits, findings }: Printed, io: Io): void {
  for (const located of findings) {
    io.complain(renderFinding(placeOf(located), located.finding, io.errorLook))
  }
  if (audits.length === 0) return
  const count = `${audits.length} image${audits.length === 1 ? '' : 's'}`
  const total = `${count}: ${countsOf(audits.flatMap((one) => one.findings))}`
  io.print([...audits.map((one) => describeAudit(one, io.look)), total].join('\n\n'))
}

function printJson({ audits, findings, unread }: Printed, io: Io): void {
  const about = findings.map(({ within, finding }) => ({ ...finding, ...(within && { within }) }))
  io.print(jsonOf({ findings: about, images: audits, unread }))
}

function printSarif(printed: Printed, io: Io): void {
  const meanings = { ...AUDIT_CODES, ...LINT_CODES }
  io.print(jsonOf(sarifLog(placedOf(printed), { version: io.version(), meanings })))
}

function printGithub(printed: Printed, io: Io): void {
  for (const { file, finding, isInFile } of placedOf(printed)) {
    io.print(printable(workflowCommand(file, finding, isInFile)))
  }
}

/** Findings about the document, then those about images, where these are listed. */
function placedOf({ file, images, audits, findings }: Printed): PlacedFinding[] {
  return [
    ...findings.map(placedInDocument),
    ...audits.flatMap((one) =>
      one.findings.map((finding) => {
        // An audit's findings all have the image's place.
        const { index } = finding.place as ImagePlace
        return placedAtImage(finding, one.image, images[index]?.place, file)
      }),
    ),
  ]
}
