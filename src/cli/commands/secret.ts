// `secret`: a configuration as the Secret that the node installer takes.

import { parseConfig } from 'imagepuller-auth'
import { toKubernetesSecret } from 'imagepuller-auth/write'
import { encodeBase64 } from '../../text/index.js'
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
import { checkOutput, OUTPUT_OPTIONS, writeOutput } from '../output.js'
import { complainOfPuller } from '../puller-view.js'

export const secret: Command = defineCommand({
  name: 'secret',
  summary: 'Wrap a configuration in the Secret that the node installer takes.',
  operands: 'CONFIG',
  about: [
    "Writes the manifest of the Secret contrast-node-installer-imagepuller-config in kube-system, whose key contrast-imagepuller.toml holds the configuration byte for byte. One with errors is refused. Where Contrast's puller decides otherwise than resolve says, that is listed on standard error.",
    `${CONFIGURATION_FORMS} It may be "-" for standard input. The output holds the passwords of the configuration.`,
  ],
  options: { ...PULLER_OPTIONS, ...CONFIGURATION_OPTIONS, ...OUTPUT_OPTIONS },
  examples: [
    {
      line: 'imagepuller-auth secret contrast-imagepuller.toml | kubectl apply -f -',
      about: 'Brings the configuration to the cluster.',
    },
  ],
  statuses: {
    0: 'The manifest is written.',
    1: 'The configuration has errors, or findings that --fail-on names: nothing is written.',
    2: 'Wrong usage, or a file that can not be opened.',
  },
  async run({ options, operands: [file, ...others] }, io) {
    if (file === undefined || others.length > 0) throw new Misuse('expected one CONFIG')
    checkOutput(options)
    const version = readVersion(options)
    const { document, within, status } = await readConfiguration(file, options, io)
    // By way of a pipe, `kubectl apply` would put an empty configuration in place of one that pins CAs.
    if (file === '-' && document.length === 0) throw new Failure(NOTHING_CAME)
    const differences = complainOfPuller({ file, document, within }, version, io)
    if (status === 1 || failsOn(differences, options['fail-on'] ?? 'error')) return 1
    writeOutput(manifestOf(document), options, io)
    return 0
  },
})

const NOTHING_CAME =
  'standard input: it is empty, as after a program that failed; write a comment if the configuration is to be empty'

/** The library writes a configuration anew; here its bytes take the place of an empty one's. */
function manifestOf(document: string | Uint8Array): string {
  const { manifest } = toKubernetesSecret(parseConfig(''), { revealSecrets: true })
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document
  const data = { 'contrast-imagepuller.toml': encodeBase64(bytes) }
  return `${JSON.stringify({ ...manifest, data }, undefined, 2)}\n`
}
