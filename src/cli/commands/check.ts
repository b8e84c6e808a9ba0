// `check`: each step of a pull but the pulling, made for real, and where it fails.

import { performance } from 'node:perf_hooks'
import {
  ConfigError,
  createResolver,
  type ImagePullerConfig,
  type Resolver,
} from 'imagepuller-auth'
import type { PullerFinding } from 'imagepuller-auth/puller'
import { type Audience, checkImage, deadlineOf, readDetours, SentSecrets } from '../check/index.js'
import { type Command, defineCommand } from '../command.js'
import { expectedError, Failure, Misuse } from '../failure.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  IMAGE_OPTIONS,
  type LocatedFinding,
  PULLER_OPTIONS,
  placeOf,
  readConfiguration,
  readImages,
  readVersion,
} from '../input/index.js'
import type { Io } from '../io.js'
import { viewOfPuller } from '../puller-view.js'
import {
  checkedData,
  describeBegun,
  describeStep,
  describeView,
  jsonOf,
  locate,
  renderFinding,
  VIEW,
} from '../render/index.js'
import { resolveImage } from '../resolve-image.js'
import type { CheckedImage } from '../step.js'

export const check: Command = defineCommand({
  name: 'check',
  summary: 'Make each step of a pull but the pulling, and say where it fails.',
  operands: 'CONFIG [IMAGE...]',
  about: [
    'Makes each step of a pull for real, but the pulling, and prints it with its time as it happens: reference and rule, name look-up, connection (by the proxy where there is one), TLS, /v2/, the challenge and what answers it, the token, the manifest, and the first byte of a layer. An image ends at its first step that fails, with what to do about it, and the others go on. Credentials are sent as in a pull, and no secret is shown.',
    `This is the view from here, with this machine's roots, name servers and network, not the guest's. ${CONFIGURATION_FORMS} Images are operands, or come from lists and manifests. CONFIG or one FILE may be "-" for standard input.`,
  ],
  options: {
    connect: {
      type: 'string',
      value: 'NAME[:PORT]=ADDRESS[:PORT]',
      multiple: true,
      help: 'Dial another address for a name, that of a proxy too.',
    },
    timeout: {
      type: 'string',
      value: 'SECONDS',
      help: 'How long each step may take; 10 by default.',
    },
    env: {
      type: 'boolean',
      help: "Let this process's proxy variables count where extra-env has none.",
    },
    'show-pem': {
      type: 'boolean',
      help: 'Print the PEM of what would have to stand in ca-certs.',
    },
    json: { type: 'boolean', help: 'Print the steps as JSON, once all are made.' },
    ...PULLER_OPTIONS,
    ...IMAGE_OPTIONS,
    ...CONFIGURATION_OPTIONS,
  },
  examples: [
    {
      line: 'imagepuller-auth check config.toml registry.corp/team/app:1.2',
      about: 'Says whether the image could be pulled from here.',
    },
    {
      line: 'imagepuller-auth check c.toml r.corp/app --connect r.corp=10.1.2.3',
      about: 'Dials an address before the name leads there.',
    },
  ],
  statuses: {
    0: 'Every step of every image did.',
    1: 'A step failed; the configuration has errors, or findings that --fail-on names; an image or a manifest can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...rest] }, io) {
    if (file === undefined) throw new Misuse('expected a CONFIG and an IMAGE')
    const detour = readDetours(options.connect)
    const deadline = deadlineOf(secondsOf(options.timeout))
    const version = readVersion(options)
    const { config, document, within, status } = await readConfiguration(file, options, io)
    const { images, unread } = await readImages(rest, options, io)
    const resolver = resolverOf(config, options.env ? io : undefined)
    const answers = images.map((image) => resolveImage(resolver, image, io))
    const resolutions = answers.filter((answer) => answer !== undefined)
    const names = [...new Set(resolutions.map(({ image }) => image.name))]
    const puller = viewOfPuller(document, names, version)
    const findings = [...puller.document, ...names.flatMap(puller.of)]
    if (!options.json) printHead(findings, { file, within }, io)
    const clock = () => performance.now()
    const secrets = new SentSecrets()
    const checking = { resolver, detour, deadline, now: io.now, clock, secrets }
    const checked: CheckedImage[] = []
    for (const resolution of resolutions) {
      if (!options.json) io.print(`\n${io.look.bold(resolution.image.name)}`)
      const audience = options.json ? SILENT : audienceOf(io, options['show-pem'])
      checked.push(await checkImage(resolution, checking, audience))
    }
    if (options.json) {
      const data = checked.map((one) => checkedData(one, options['show-pem']))
      io.print(jsonOf({ view: VIEW, puller: { version, findings }, images: data, unread }))
    }
    const isRead = unread.length === 0 && checked.length === images.length
    const isFine = isRead && checked.every((one) => one.isFine)
    const fails = failsOn(puller.document, options['fail-on'] ?? 'error')
    return isFine && !fails ? status : 1
  },
})

/** An hour is more than any step takes. */
const MAX_SECONDS = 3600

function secondsOf(text = '10'): number {
  const seconds = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0
  if (seconds > 0 && seconds <= MAX_SECONDS) return seconds
  throw new Misuse('--timeout: expected a number of seconds, such as 2.5, up to 3600')
}

function resolverOf(config: ImagePullerConfig, io: Io | undefined): Resolver {
  if (io === undefined) return createResolver(config)
  try {
    return createResolver(config, { env: io.env })
  } catch (error) {
    const { issues } = expectedError(error, ConfigError)
    const lines = issues.map((issue) =>
      renderFinding(locate('environment', issue.place), issue, io.errorLook),
    )
    throw new Failure(lines.join('\n'))
  }
}

/** Where the steps are seen from, and where Contrast's puller decides otherwise. */
function printHead(
  findings: readonly PullerFinding[],
  source: Omit<LocatedFinding, 'finding'>,
  io: Io,
): void {
  io.print(describeView(io.look))
  for (const finding of findings) {
    io.print(renderFinding(placeOf({ ...source, finding }), finding, io.look))
  }
}

const SILENT: Audience = { begun: () => undefined, ended: () => undefined }

/** The start of the line, and nothing behind it. */
const ANEW = '\r\u001b[K'

/** On a terminal a step's line stands while it lasts, and is written anew when it has ended. */
function audienceOf(io: Io, showPem: boolean): Audience {
  const { look, isLive } = io
  return {
    begun: (name, subject) => {
      if (isLive) io.write(describeBegun(name, subject, look))
    },
    ended: (step) => io.print(`${isLive ? ANEW : ''}${describeStep(step, look, showPem)}`),
  }
}
