// `challenge`: what a puller sends after a 401.

import { createResolver, parseChallenges } from 'imagepuller-auth'
import { type Command, defineCommand } from '../command.js'
import { Failure, Misuse } from '../failure.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  failsOn,
  PULLER_OPTIONS,
  readConfiguration,
  readVersion,
} from '../input/index.js'
import { complainOfDocument, viewOfPuller } from '../puller-view.js'
import { describeAnswer, jsonOf, renderFinding, withoutSecrets } from '../render/index.js'
import { aboutImage } from '../resolve-image.js'
import { findRespondent } from '../respondent.js'

export const challenge: Command = defineCommand({
  name: 'challenge',
  summary: 'Print what a puller sends after a 401 answer.',
  operands: 'CONFIG IMAGE HEADER...',
  about: [
    "Prints what a puller sends when an image's registry answers 401 with these lines of WWW-Authenticate: the request again with a header, or first a request for a token, and to which origins alone these may go. A rule's mirror and the registry may answer, and are told different things: it says for which of them this is. Nothing is sent, and no secret is shown.",
    `${CONFIGURATION_FORMS} It may be "-" for standard input. Each HEADER may begin with the name, as in "WWW-Authenticate: Basic".`,
  ],
  options: {
    from: {
      type: 'string',
      value: 'ENDPOINT',
      help: 'Which answered: mirror, registry, or the URL of one of them; by default the first whose challenge names a token service in its own domain, or else the first that is asked.',
    },
    json: { type: 'boolean', help: 'Print the answer as JSON.' },
    ...PULLER_OPTIONS,
    ...CONFIGURATION_OPTIONS,
  },
  examples: [
    {
      line: `imagepuller-auth challenge config.toml ghcr.io/acme/app 'Basic realm="x"'`,
      about: 'Says what answers a registry that asks for Basic.',
    },
  ],
  statuses: {
    0: 'There is something to send.',
    1: 'There is no answer; the configuration has errors, or findings that --fail-on names; the image can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, image, ...lines] }, io) {
    if (file === undefined || image === undefined || lines.length === 0) {
      throw new Misuse('expected a CONFIG, an IMAGE and the header lines of a 401 answer')
    }
    const version = readVersion(options)
    const configuration = await readConfiguration(file, options, io)
    const { config, document, status } = configuration
    const resolution = aboutImage(image, (text) => createResolver(config).resolve(text), io)
    const puller = viewOfPuller(document, [image], version)
    complainOfDocument(puller.document, configuration, io)
    for (const finding of puller.of(image)) {
      // A challenge is answered alike for a tag and for a digest.
      if (finding.code === 'puller-unpinned') continue
      io.complain(renderFinding(`"${withoutSecrets(image)}"`, finding, io.errorLook))
    }
    const challenges = parseChallenges(lines.map(withoutFieldName))
    for (const { line, column, code, message } of challenges.skipped) {
      const found = { severity: 'warning', code, message } as const
      io.complain(renderFinding(`header:${line}:${column}`, found, io.errorLook))
    }
    const respondent = findRespondent(resolution, challenges, options.from)
    if (respondent === undefined) {
      throw new Failure(
        `${withoutSecrets(image)}: the rule denies this registry: it is never asked`,
      )
    }
    const { answer, endpoint } = respondent
    const from = { kind: endpoint.kind, origin: endpoint.origin }
    io.print(
      options.json
        ? jsonOf({ ...answer, from })
        : describeAnswer(resolution.image.name, respondent, io.look),
    )
    const fails = failsOn(puller.document, options['fail-on'] ?? 'error')
    return answer.kind === 'none' || fails ? 1 : status
  },
})

function withoutFieldName(line: string): string {
  return line.replace(/^www-authenticate:/i, '')
}
