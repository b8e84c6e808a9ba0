// `resolve`: how the image puller reaches the registry of each image.

import { createResolver } from 'imagepuller-auth'
import { decideEndpoints } from 'imagepuller-auth/explain'
import { type Command, defineCommand } from '../command.js'
import { Misuse } from '../failure.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  IMAGE_OPTIONS,
  PULLER_OPTIONS,
  readConfiguration,
  readImages,
  readVersion,
} from '../input/index.js'
import { complainOfDocument, viewOfPuller } from '../puller-view.js'
import { describeResolution, jsonOf, resolutionData } from '../render/index.js'
import { resolveImage } from '../resolve-image.js'

export const resolve: Command = defineCommand({
  name: 'resolve',
  summary: 'Print for each image how the image puller reaches its registry.',
  operands: 'CONFIG [IMAGE...]',
  about: [
    "Prints for each image which rule of the configuration CONFIG applies to its registry, whom to trust in TLS, what there is to authenticate with, which proxy is used, and where Contrast's puller decides otherwise. Nothing is sent, and no secret is shown.",
    `${CONFIGURATION_FORMS} Images are operands, or come from lists and manifests. CONFIG or one FILE may be "-" for standard input.`,
  ],
  options: {
    json: { type: 'boolean', help: 'Print the resolutions as a JSON array.' },
    ...IMAGE_OPTIONS,
    ...PULLER_OPTIONS,
    ...CONFIGURATION_OPTIONS,
  },
  examples: [
    {
      line: 'imagepuller-auth resolve contrast-imagepuller.toml ghcr.io/acme/app:1.2 nginx',
      about: 'Asks about two images.',
    },
    {
      line: 'helm template ./chart | imagepuller-auth resolve config.toml --manifests -',
      about: 'Asks about all images of a chart.',
    },
  ],
  statuses: {
    0: 'Every image has its answer.',
    1: 'The configuration has errors, or findings that --fail-on names; an image or a manifest can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...rest] }, io) {
    if (file === undefined) throw new Misuse('expected a CONFIG and an IMAGE')
    const version = readVersion(options)
    const configuration = await readConfiguration(file, options, io)
    const { config, document, status } = configuration
    const { images, unread } = await readImages(rest, options, io)
    const resolver = createResolver(config)
    const answers = images.flatMap((image) => {
      const resolution = resolveImage(resolver, image, io)
      return resolution ? [{ image: image.text, resolution }] : []
    })
    const texts = answers.map(({ image }) => image)
    const puller = viewOfPuller(document, texts, version)
    complainOfDocument(puller.document, configuration, io)
    const described = answers.map(({ image, resolution }) => ({
      resolution,
      endpoints: decideEndpoints(resolver, resolution),
      differences: puller.of(image),
    }))
    if (options.json) {
      io.print(jsonOf(described.map(resolutionData)))
    } else if (described.length > 0) {
      io.print(described.map((one) => describeResolution(one, io.look)).join('\n\n'))
    }
    const fails = failsOn(puller.document, options['fail-on'] ?? 'error')
    return fails || unread.length > 0 || answers.length < images.length ? 1 : status
  },
})
