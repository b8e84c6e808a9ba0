// `challenge`: what a puller sends after a 401.

import { answerChallenge, createResolver, parseChallenges, requestUrls } from 'imagepuller-auth'
import { type Command, defineCommand } from '../command.js'
import { Failure, Misuse } from '../failure.js'
import {
  CONFIGURATION_FORMS,
  CONFIGURATION_OPTIONS,
  PULLER_OPTIONS,
  readConfiguration,
  readVersion,
} from '../input/index.js'
import { viewOfPuller } from '../puller-view.js'
import { describeAnswer, jsonOf, renderFinding, withoutSecrets } from '../render/index.js'
import { aboutImage } from '../resolve-image.js'

export const challenge: Command = defineCommand({
  name: 'challenge',
  summary: 'Print what a puller sends after a 401 answer.',
  operands: 'CONFIG IMAGE HEADER...',
  about: [
    "Prints what a puller sends when an image's registry answers 401 with these lines of WWW-Authenticate: the request again with a header, or first a request for a token, and to which origins alone these may go. Nothing is sent, and no secret is shown.",
    `${CONFIGURATION_FORMS} It may be "-" for standard input. Each HEADER may begin with the name, as in "WWW-Authenticate: Basic".`,
  ],
  options: {
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
    1: 'There is no answer; the configuration has errors; the image can not be read.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, image, ...lines] }, io) {
    if (file === undefined || image === undefined || lines.length === 0) {
      throw new Misuse('expected a CONFIG, an IMAGE and the header lines of a 401 answer')
    }
    const version = readVersion(options)
    const { config, document, status } = await readConfiguration(file, options, io)
    const resolution = aboutImage(image, (text) => createResolver(config).resolve(text), io)
    const puller = viewOfPuller(document, [image], version)
    for (const finding of [...puller.document, ...puller.of(image)]) {
      // A challenge is answered alike for a tag and for a digest.
      if (finding.code === 'puller-unpinned') continue
      io.complain(renderFinding(`"${withoutSecrets(image)}"`, finding, io.errorLook))
    }
    const { repository, name } = resolution.image
    const [url] = requestUrls(resolution, `/v2/${repository}/manifests/latest`)
    if (url === undefined) {
      throw new Failure(
        `${withoutSecrets(image)}: the rule denies this registry: it is never asked`,
      )
    }
    const challenges = parseChallenges(lines.map(withoutFieldName))
    for (const { line, column, code, message } of challenges.skipped) {
      const found = { severity: 'warning', code, message } as const
      io.complain(renderFinding(`header:${line}:${column}`, found, io.errorLook))
    }
    const scopes = [`repository:${repository}:pull`]
    const answer = answerChallenge(resolution, challenges, { url, scopes })
    io.print(options.json ? jsonOf(answer) : describeAnswer(name, answer, io.look))
    return answer.kind === 'none' ? 1 : status
  },
})

function withoutFieldName(line: string): string {
  return line.replace(/^www-authenticate:/i, '')
}
