// `explain`: why the image puller reaches each image's registry as it does.

import { createResolver, ImageReferenceError } from 'imagepuller-auth'
import {
  type Explanation,
  explain as explainImage,
  renderExplanation,
} from 'imagepuller-auth/explain'
import { withoutIgnored } from 'imagepuller-auth/lint'
import { type Command, defineCommand } from '../command.js'
import { expectedError, Misuse } from '../failure.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  IMAGE_OPTIONS,
  PULLER_OPTIONS,
  readConfiguration,
  readImages,
  readPrediction,
} from '../input/index.js'
import { complainOfDocument } from '../puller-view.js'
import { jsonOf } from '../render/index.js'
import { imageLine } from '../resolve-image.js'

export const explain: Command = defineCommand({
  name: 'explain',
  summary: 'Print for each image why its registry is reached like that.',
  operands: 'CONFIG [IMAGE...]',
  about: [
    "Prints for each image how its name was read, which rule of the configuration CONFIG applies and which others cover its registry, what follows for trust, credentials, schemes, mirror and proxy, and where Contrast's puller decides otherwise. Where a rule was probably meant to apply and doesn't, it says in which line that rule stands and what to write instead.",
    `${CONFIGURATION_FORMS} Images are operands, or come from lists and manifests. CONFIG or one FILE may be "-" for standard input. Nothing is sent, and no secret is shown.`,
  ],
  options: {
    json: { type: 'boolean', help: 'Print the explanations as a JSON array.' },
    ...PULLER_OPTIONS,
    ...IMAGE_OPTIONS,
    ...CONFIGURATION_OPTIONS,
  },
  examples: [
    {
      line: 'imagepuller-auth explain contrast-imagepuller.toml registry.corp:5000/app',
      about: 'Says why the rule for registry.corp does not apply, and what to write instead.',
    },
    {
      line: 'imagepuller-auth explain config.toml --puller 1.21 --manifests deployment.yaml',
      about: 'Explains all images of a manifest, beside what release 1.21 does.',
    },
  ],
  statuses: {
    0: 'Every image has its explanation.',
    1: 'The configuration has errors, or findings that --fail-on names; an image or a manifest can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...rest] }, io) {
    if (file === undefined) throw new Misuse('expected a CONFIG and an IMAGE')
    const configuration = await readConfiguration(file, options, io)
    const { config, document, status } = configuration
    const prediction = readPrediction(document, options)
    const general = withoutIgnored(document, prediction.findings)
    const { images, unread } = await readImages(rest, options, io)
    complainOfDocument(general, configuration, io)
    // What is about the document as a whole has been said.
    const ofImages = { ...prediction, findings: [] }
    const resolver = createResolver(config)
    const explanations = images.flatMap((image): Explanation[] => {
      try {
        return [explainImage(resolver, image.text, { prediction: ofImages })]
      } catch (error) {
        io.complain(imageLine(expectedError(error, ImageReferenceError), image, io))
        return []
      }
    })
    if (options.json) io.print(jsonOf(explanations))
    else if (explanations.length > 0) {
      const look = { now: Date.now(), width: io.look.width, color: io.look.hasColor }
      io.print(explanations.map((one) => renderExplanation(one, look)).join('\n\n'))
    }
    const fails = failsOn(general, options['fail-on'] ?? 'error')
    return fails || unread.length > 0 || explanations.length < images.length ? 1 : status
  },
})
