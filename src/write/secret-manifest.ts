// The Kubernetes Secret that brings a configuration to the node installer.
import { custom } from 'valibot'
import type { ImagePullerConfig } from '../config/index.js'
import { ConfigError, freezeFinding } from '../findings.js'
import { SECRET_MAX_BYTES, SECRET_NAME, SECRET_NAMESPACE } from '../node-installer.js'
import { option, optionsOf } from '../options.js'
import { encodeBase64 } from '../text/index.js'
import { checkConsent, type RevealOptions, reveal } from './consent.js'
import { writeConfig } from './stringify.js'

/** Options of {@link toKubernetesSecret}. */
export interface ToKubernetesSecretOptions extends RevealOptions {
  /** The Secret's name. Default: the one that Contrast's node installer mounts. */
  readonly name?: string
  /** The Secret's namespace. Default: `kube-system`. */
  readonly namespace?: string
}

/** A Secret, as the API server takes it. */
export interface SecretManifestObject {
  /** Always `v1`. */
  readonly apiVersion: 'v1'
  /** Always `Secret`. */
  readonly kind: 'Secret'
  /** What identifies the Secret. */
  readonly metadata: {
    /** The Secret's name. */
    readonly name: string
    /** Its namespace. */
    readonly namespace: string
  }
  /** Always `Opaque`. */
  readonly type: 'Opaque'
  /** The files of the Secret. */
  readonly data: {
    /** The configuration in base64, under the file name that the node installer expects. */
    readonly 'contrast-imagepuller.toml': string
  }
}

/** The manifest, as an object and as text. Both hold the configuration's secrets. */
export interface SecretManifest {
  /** The object. */
  readonly manifest: SecretManifestObject
  /** The same as JSON, which is YAML too: `kubectl apply -f` takes it. */
  readonly json: string
}

/** RFC 1123: a namespace is a label; a Secret's name is labels joined by dots. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

const LABEL_MAX = 63

/** Kubernetes limits the name as a whole, not its labels. */
const NAME_MAX = 253

const LETTERS = 'of lower-case letters, digits and, between them, "-"'

const readOptions = optionsOf('toKubernetesSecret', () => ({
  revealSecrets: reveal(),
  name: option(
    custom<string>(isName),
    `labels joined by dots, ${LETTERS}, at most ${NAME_MAX} characters`,
  ),
  namespace: option(
    custom<string>(isNamespace),
    `a label ${LETTERS}, at most ${LABEL_MAX} characters`,
  ),
}))

/**
 * Makes the Kubernetes Secret that brings a configuration to the node installer.
 *
 * @param config - What `parseConfig` or `fromDockerConfig` gave.
 * @param options - `{ revealSecrets: true }`, and the Secret's name and namespace.
 * @throws `ConfigError` with the code `too-large` if the configuration exceeds a Secret's 1 MiB.
 * @throws `TypeError` if an argument is of the wrong type, or a name that Kubernetes doesn't take.
 *
 * @example
 *
 * ```ts
 * import { parseConfig } from 'imagepuller-auth'
 * import { toKubernetesSecret } from 'imagepuller-auth/write'
 *
 * const { manifest } = toKubernetesSecret(parseConfig(''), { revealSecrets: true })
 * console.log(manifest.metadata.namespace) // kube-system
 * ```
 */
export function toKubernetesSecret(
  config: ImagePullerConfig,
  options: ToKubernetesSecretOptions,
): SecretManifest {
  const read = readOptions(options)
  checkConsent('toKubernetesSecret', read.revealSecrets)
  const { name = SECRET_NAME, namespace = SECRET_NAMESPACE } = read
  const bytes = new TextEncoder().encode(writeConfig('toKubernetesSecret', config))
  if (bytes.length > SECRET_MAX_BYTES) throw tooLarge(bytes.length)
  const manifest: SecretManifestObject = Object.freeze({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: Object.freeze({ name, namespace }),
    type: 'Opaque',
    data: Object.freeze({ 'contrast-imagepuller.toml': encodeBase64(bytes) }),
  })
  return Object.freeze({ manifest, json: jsonOf(manifest) })
}

/** Not by JSON.stringify, which would ask a polluted prototype's toJSON; no value needs an escape. */
function jsonOf({ metadata, data }: SecretManifestObject): string {
  return `{
  "apiVersion": "v1",
  "kind": "Secret",
  "metadata": {
    "name": "${metadata.name}",
    "namespace": "${metadata.namespace}"
  },
  "type": "Opaque",
  "data": {
    "contrast-imagepuller.toml": "${data['contrast-imagepuller.toml']}"
  }
}
`
}

function isName(name: unknown): boolean {
  if (typeof name !== 'string') return false
  return name.length <= NAME_MAX && name.split('.').every((label) => LABEL.test(label))
}

function isNamespace(name: unknown): boolean {
  return typeof name === 'string' && name.length <= LABEL_MAX && LABEL.test(name)
}

function tooLarge(length: number): ConfigError {
  const message = `expected at most ${SECRET_MAX_BYTES} bytes, a Secret's limit, and not ${length}`
  const help = 'leave out what no image needs'
  const code = 'too-large'
  return new ConfigError([
    freezeFinding({ code, severity: 'error', path: [], message, help, place: undefined }),
  ])
}
