// Reading a credentials file: the text, what kind of document it is, and each program's view of it.
import { custom, picklist } from 'valibot'
import type { DocumentPlace } from '../findings.js'
import { option, optionsOf } from '../options.js'
import { parseJson } from '../text/index.js'
import {
  type DockerConfig,
  type DockerConfigFormat,
  type DockerDocument,
  dockerConfigs,
  type KeptOfDockerConfig,
} from './entry.js'
import { DockerConfigError } from './errors.js'
import { readJson } from './json.js'
import { isConfig, isEmptyDocument, isLegacyMap, likenessOf } from './likeness.js'
import type { DockerProgram } from './program.js'
import { type SecretFile, secretFilesOf } from './secret-files.js'
import {
  joinViews,
  readContrastView,
  readDockerView,
  readLegacyView,
  readPodmanView,
  type Source,
} from './view.js'

/** Options of {@link readDockerConfig}. */
export interface ReadDockerConfigOptions {
  /**
   * `dockercfg` for a file that is named `.dockercfg`, which Podman reads as a map of servers.
   * Default: `config`; a conversion recognises the map in a file of any name.
   */
  readonly format?: DockerConfigFormat
}

/** Options of {@link parseDockerConfig}. */
export interface ParseDockerConfigOptions extends ReadDockerConfigOptions {
  /** The size from which on a document is refused, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number
}

const DEFAULT_MAX_BYTES = 1024 * 1024

const format = () => option(picklist(['config', 'dockercfg']), "'config' or 'dockercfg'")

const parseOptions = optionsOf('parseDockerConfig', () => ({
  format: format(),
  maxBytes: option(custom<number>(isSize), 'a whole number'),
}))

const readOptions = optionsOf('readDockerConfig', () => ({ format: format() }))

/**
 * Reads a credentials file: Docker's `config.json`, Podman's `auth.json`, the legacy `.dockercfg`, the
 * `.dockerconfigjson` of a Kubernetes Secret, also in base64, or the manifest of a Secret or of a list
 * of Secrets, as `kubectl get secret -o json` prints it.
 *
 * Unknown members are passed over, since these files have many. A fault in one entry counts only for
 * look-ups of that entry; a fault in what all programs have to read is thrown here.
 *
 * @param input - The document, as text or as UTF-8 bytes.
 * @param options - See {@link ParseDockerConfigOptions}; only own properties count.
 * @returns The file as each program reads it, frozen.
 * @throws {@link DockerConfigError} if no program can read it.
 * @throws `TypeError` if an argument is of the wrong type, or an option is unknown.
 *
 * @example
 *
 * ```ts
 * import { parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "ghcr.io": { "auth": "dTpw" } } }')
 * console.log(config.document, config.contrast.entries[0]?.key) // config ghcr.io
 * ```
 */
export function parseDockerConfig(
  input: string | Uint8Array,
  options: ParseDockerConfigOptions = {},
): DockerConfig {
  const { format = 'config', maxBytes = DEFAULT_MAX_BYTES } = parseOptions(options)
  if (typeof input !== 'string' && !(input instanceof Uint8Array)) {
    throw new TypeError('parseDockerConfig: expected a string or a Uint8Array')
  }
  const { root, places } = readJson(input, maxBytes)
  return documentOf(root, { prefix: [], locate: places.locate }, format)
}

/**
 * The same for a document that is data already, as what a YAML parser makes of
 * `kubectl get secret -o yaml`. Its errors have paths, but no places.
 *
 * @param data - What the JSON text would stand for; only own properties count.
 * @param options - See {@link ReadDockerConfigOptions}; only own properties count.
 * @returns The file as each program reads it, frozen.
 * @throws {@link DockerConfigError} if no program can read it.
 * @throws `TypeError` if an option is unknown or of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { findCredentials, readDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const secret = {
 *   kind: 'Secret',
 *   stringData: { '.dockerconfigjson': '{ "auths": { "ghcr.io": { "auth": "dTpw" } } }' },
 * }
 * console.log(findCredentials(readDockerConfig(secret), 'ghcr.io').kind) // basic
 * ```
 */
export function readDockerConfig(
  data: unknown,
  options: ReadDockerConfigOptions = {},
): DockerConfig {
  const { format = 'config' } = readOptions(options)
  return documentOf(data, { prefix: [], locate: () => undefined }, format)
}

function isSize(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function documentOf(root: unknown, source: Source, format: DockerConfigFormat): DockerConfig {
  if (format === 'dockercfg') return fileOf(root, source, format, 'dockercfg')
  const files = isConfig(root) ? undefined : secretFilesOf(root)
  if (files?.length) return secretOf(files, source)
  if (isConfig(root)) return fileOf(root, source, format, 'config')
  if (isEmptyDocument(root)) return fileOf(root, source, format, 'empty')
  if (files === undefined && isLegacyMap(root)) {
    // Programs read the map in a file of that name alone, so a look-up finds nothing here.
    const legacy = fileOf(root, source, 'dockercfg', 'dockercfg')
    return fileOf(root, source, format, 'dockercfg', legacy)
  }
  return fileOf(root, source, format, 'unknown')
}

type Views = Readonly<Pick<DockerConfig, DockerProgram>>

function fileOf(
  root: unknown,
  source: Source,
  format: DockerConfigFormat,
  document: DockerDocument,
  legacy?: DockerConfig,
): DockerConfig {
  const views = viewsOf(root, source, format)
  const { contrast, podman, docker } = views
  if (contrast.fault && podman.fault && docker.fault) throw new DockerConfigError(contrast.fault)
  return make(views, format, document, { legacy, likeness: likenessOf(root) })
}

function viewsOf(root: unknown, source: Source, format: DockerConfigFormat): Views {
  return {
    contrast: readContrastView(root, source),
    podman: format === 'dockercfg' ? readLegacyView(root, source) : readPodmanView(root, source),
    docker: readDockerView(root, source),
  }
}

/** Maps of servers are read as such where a Secret has nothing else, and as `auths` beside others. */
function secretOf(files: readonly SecretFile[], source: Source): DockerConfig {
  const format = files.every(({ isLegacy }) => isLegacy) ? 'dockercfg' : 'config'
  const all = files.map((file) => {
    const place = source.locate(file.path)
    const root = rootOf(file, place)
    const within = { prefix: file.path, locate: () => place }
    return viewsOf(file.isLegacy && format === 'config' ? { auths: root } : root, within, format)
  })
  const views: Views = {
    contrast: joinViews(all.map(({ contrast }) => contrast)),
    podman: joinViews(all.map(({ podman }) => podman)),
    docker: joinViews(all.map(({ docker }) => docker)),
  }
  return make(views, format, 'secret', { legacy: undefined, likeness: 'a Secret' })
}

function rootOf({ path, text }: SecretFile, place: DocumentPlace | undefined): unknown {
  const root = text === undefined ? undefined : parseJson(text)
  if (root !== undefined) return root
  const message = 'expected base64 of a credentials file in JSON'
  throw new DockerConfigError({ code: 'invalid-json', path, message, place })
}

function make(
  views: Views,
  format: DockerConfigFormat,
  document: DockerDocument,
  kept: KeptOfDockerConfig,
): DockerConfig {
  const { contrast, podman, docker } = views
  return Object.freeze(
    dockerConfigs.add({ format, document, contrast, podman, docker }, Object.freeze(kept)),
  )
}
