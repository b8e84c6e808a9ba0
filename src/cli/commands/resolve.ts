// `resolve`: how the image puller reaches the registry of each image.

import { createResolver } from 'imagepuller-auth'
import { type Command, defineCommand } from '../command.js'
import { Misuse } from '../failure.js'
import {
  CONFIGURATION_OPTIONS,
  IMAGE_OPTIONS,
  readConfiguration,
  readImages,
} from '../input/index.js'
import { describeResolution, jsonOf, resolutionData } from '../render/index.js'
import { resolveImage } from '../resolve-image.js'

export const resolve: Command = defineCommand({
  name: 'resolve',
  summary: 'Print for each image how the image puller reaches its registry.',
  operands: 'CONFIG [IMAGE...]',
  about: [
    'Prints for each image which rule of the configuration CONFIG applies to its registry, whom to trust in TLS, what there is to authenticate with, and which proxy is used. Nothing is sent, and no secret is shown.',
    'Images are operands, or come from lists and manifests. CONFIG or one FILE may be "-" for standard input.',
  ],
  options: {
    json: { type: 'boolean', help: 'Print the resolutions as a JSON array.' },
    ...IMAGE_OPTIONS,
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
    1: 'The configuration has errors, or findings that --fail-on names; an image can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...rest] }, io) {
    if (file === undefined) throw new Misuse('expected a CONFIG and an IMAGE')
    const { config, status } = await readConfiguration(file, options, io)
    const images = await readImages(rest, options, io)
    const resolver = createResolver(config)
    const answers = images.map((image) => resolveImage(resolver, image, io))
    const resolutions = answers.filter((answer) => answer !== undefined)
    if (options.json) io.print(jsonOf(resolutions.map(resolutionData)))
    else if (resolutions.length > 0) {
      io.print(resolutions.map((one) => describeResolution(one, io.look)).join('\n\n'))
    }
    return resolutions.length < images.length ? 1 : status
  },
})
