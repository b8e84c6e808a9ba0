// The manifest of the Secret that brings the configuration to the node installer, taken apart: the
// document in it, and what of its name, namespace, key and size isn't what the node installer takes.
import { freezeFinding } from '../findings.js'
import { SECRET_FILE, SECRET_MAX_BYTES, SECRET_NAME, SECRET_NAMESPACE } from '../node-installer.js'
import { ownValue } from '../options.js'
import { decodeBase64 } from '../text/index.js'
import type { LintFinding, SecretFindingCode } from './finding.js'

/** What a manifest holds. */
export interface OpenedSecret {
  /** The configuration, to be given to `lintConfig` or `parseConfig`; undefined where there is none. */
  readonly document: string | Uint8Array | undefined
  /** What is to be said about the manifest itself; their paths lead to members of the manifest. */
  readonly findings: readonly LintFinding[]
}

type Members = Readonly<Record<string, unknown>>

/**
 * Takes the manifest of a Secret apart, as JSON or YAML gives it: the configuration in it, and what
 * keeps the node installer from taking it.
 *
 * @param manifest - The manifest, read; only own properties count. A list is searched for the Secret.
 * @returns The document and the findings about what is around it.
 *
 * @example
 *
 * ```ts
 * import { openSecretManifest } from 'imagepuller-auth/lint'
 *
 * const { findings } = openSecretManifest({
 *   kind: 'Secret',
 *   metadata: { name: 'imagepuller', namespace: 'kube-system' },
 *   stringData: { 'contrast-imagepuller.toml': '' },
 * })
 * console.log(findings[0]?.code) // secret-name
 * ```
 */
export function openSecretManifest(manifest: unknown): OpenedSecret {
  const secret = secretIn(manifest)
  if (secret === undefined) {
    const message = 'the manifest has no Secret'
    const help = 'write a Secret, as `imagepuller-auth secret` does'
    return opened(undefined, [finding('secret-kind', [], message, help)])
  }
  const findings: LintFinding[] = [...identityFindings(secret)]
  const found = fileIn(secret)
  if (found === undefined) {
    const message = `the Secret has no ${SECRET_FILE}, which is the file that the node installer takes`
    const help = `write the configuration below data or stringData, with the key ${SECRET_FILE}`
    return opened(undefined, [...findings, finding('secret-key', ['data'], message, help)])
  }
  const { path, key, document } = found
  if (key !== SECRET_FILE) {
    const message = 'the key of the configuration is not the one that the node installer takes'
    findings.push(finding('secret-key', path.slice(0, 1), message, `write ${SECRET_FILE}`))
  }
  if (document === undefined) {
    const message = "the Secret's data isn't base64 of a text"
    const help = 'write base64 below data, or the text itself below stringData'
    findings.push(finding('secret-data', path.slice(0, 1), message, help))
  } else if (bytesIn(document) <= SECRET_MAX_BYTES && sizeOf(secret) > SECRET_MAX_BYTES) {
    // A document that is too large by itself is an error of its own.
    const message = 'the Secret holds more than 1 MiB, which Kubernetes refuses'
    findings.push(
      finding('secret-too-large', path.slice(0, 1), message, 'leave out what no image needs'),
    )
  }
  return opened(document, findings)
}

function opened(document: OpenedSecret['document'], findings: LintFinding[]): OpenedSecret {
  return Object.freeze({ document, findings: Object.freeze(findings) })
}

function finding(
  code: SecretFindingCode,
  path: readonly string[],
  message: string,
  help: string,
): LintFinding {
  return freezeFinding({ code, severity: 'error', path, message, help, place: undefined })
}

/** The Secret itself, or of a list the one by the node installer's name, else the first. */
function secretIn(manifest: unknown): Members | undefined {
  const items = ownValue(manifest, 'items')
  const all = Array.isArray(items) ? items : [manifest]
  const secrets = all.flatMap((item) => {
    const one = membersOf(item)
    return one && ownValue(one, 'kind') === 'Secret' ? [one] : []
  })
  // Not the first by its index, which of an empty list a polluted prototype would give.
  const [first] = secrets
  return secrets.find((secret) => metadataOf(secret, 'name') === SECRET_NAME) ?? first
}

function* identityFindings(secret: Members): Generator<LintFinding> {
  if (metadataOf(secret, 'name') !== SECRET_NAME) {
    const message = "the Secret's name is not the one that the node installer mounts"
    yield finding('secret-name', ['metadata', 'name'], message, `write ${SECRET_NAME}`)
  }
  if (metadataOf(secret, 'namespace') !== SECRET_NAMESPACE) {
    const message = "the Secret's namespace is not the node installer's"
    yield finding(
      'secret-namespace',
      ['metadata', 'namespace'],
      message,
      `write ${SECRET_NAMESPACE}`,
    )
  }
}

interface FileOfSecret {
  readonly path: readonly string[]
  readonly key: string
  /** Undefined for what is no base64, or no text. */
  readonly document: string | Uint8Array | undefined
}

/** The file by the name that is expected, else the only one. `stringData` wins, as in Kubernetes. */
function fileIn(secret: Members): FileOfSecret | undefined {
  const files = [...filesOf(secret, 'stringData'), ...filesOf(secret, 'data')]
  return files.find(({ key }) => key === SECRET_FILE) ?? (files.length === 1 ? files[0] : undefined)
}

function filesOf(secret: Members, member: 'data' | 'stringData'): FileOfSecret[] {
  const files = membersOf(ownValue(secret, member)) ?? {}
  return Object.entries(files).map(([key, value]) => {
    const text = typeof value === 'string' ? value : undefined
    const document = member === 'data' && text !== undefined ? decodeBase64(text) : text
    return { path: [member, key], key, document }
  })
}

/** In bytes of all that it holds, as Kubernetes counts. */
function sizeOf(secret: Members): number {
  const files = [...filesOf(secret, 'stringData'), ...filesOf(secret, 'data')]
  return files.reduce((size, { document = '' }) => size + bytesIn(document), 0)
}

function bytesIn(document: string | Uint8Array): number {
  return typeof document === 'string' ? new TextEncoder().encode(document).length : document.length
}

function metadataOf(secret: Members, name: string): unknown {
  return ownValue(ownValue(secret, 'metadata'), name)
}

function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : undefined
}
