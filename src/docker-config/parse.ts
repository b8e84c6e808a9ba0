import { nullish, safeParse, string } from 'valibot'
import { Secret } from '../secret.js'
import { decodeBase64, isLargerThan, readUnicode, withoutUserInfo } from '../text/index.js'
import { DockerConfigError, type DockerConfigFault, type DockerConfigPlace } from './errors.js'
import { type JsonPlaces, skimJson } from './json-position.js'

/** One member of `auths`. Members that are absent, null or empty are undefined. */
export interface DockerAuthEntry {
  /** The member's name: a registry, and sometimes more. */
  readonly key: string
  /** `auth`: base64 of `username:password`. */
  readonly auth: Secret | undefined
  /** `identitytoken` */
  readonly identityToken: Secret | undefined
  /** `username`, which Kubernetes reads, and `docker` where `auth` is absent. */
  readonly username: Secret | undefined
  /** `password`, beside `username`. */
  readonly password: Secret | undefined
  /** `registrytoken` */
  readonly registryToken: Secret | undefined
  /** What is wrong with the entry. It counts only for those who ask for this one. */
  readonly fault: DockerConfigFault | undefined
  /** Where the entry stands. */
  readonly place: DockerConfigPlace
}

/** One member of `credHelpers`. */
export interface CredentialHelperEntry {
  /** The member's name: a registry. */
  readonly server: string
  /** The helper's name, `X` for the program `docker-credential-X`; undefined where it is empty. */
  readonly name: string | undefined
  /** What is wrong with the entry. */
  readonly fault: DockerConfigFault | undefined
}

/** A credentials file as one program reads it. */
export interface DockerConfigView {
  /** `auths`, in the order of the document. */
  readonly entries: readonly DockerAuthEntry[]
  /** `credHelpers`, in the order of the document. */
  readonly credHelpers: readonly CredentialHelperEntry[]
  /** `credsStore`; undefined where it is empty, or where the program doesn't read it. */
  readonly credsStore: string | undefined
  /** What keeps the program from reading the file. */
  readonly fault: DockerConfigFault | undefined
}

/** A credentials file that was read. The programs differ in which members they see. */
export interface DockerConfig {
  /** What the file is: `config.json` and its kind, or the legacy `.dockercfg`. */
  readonly format: 'config' | 'dockercfg'
  /** As Contrast's command line reads it, with the docker_credential crate. */
  readonly contrast: DockerConfigView
  /** As Podman, Skopeo and Buildah read it, with containers/image. */
  readonly podman: DockerConfigView
}

/** Options of {@link parseDockerConfig}. */
export interface ParseDockerConfigOptions {
  /** `dockercfg` for the legacy `.dockercfg`, whose root is the map of servers. Default: `config`. */
  readonly format?: 'config' | 'dockercfg'
  /** The size from which on a document is refused, in bytes of UTF-8. Default: 1 MiB. */
  readonly maxBytes?: number
}

const DEFAULT_MAX_BYTES = 1024 * 1024

const START = { path: [], line: 1, column: 1 }

const TEXT = nullish(string())

/**
 * Reads a credentials file: Docker's `config.json`, Podman's `auth.json`, the legacy `.dockercfg`, or
 * the `.dockerconfigjson` of a Kubernetes Secret, also in base64 as the manifest has it.
 *
 * Unknown members are passed over, since these files have many. A fault in one entry counts only for
 * those who look up that entry; a fault in what both programs have to read is thrown here.
 *
 * @param input - The document, as text or as UTF-8 bytes.
 * @param options - See {@link ParseDockerConfigOptions}; only own properties count.
 * @returns The file as each program reads it, frozen.
 * @throws {@link DockerConfigError} if neither program can read it.
 * @throws `TypeError` if an argument is of the wrong type.
 *
 * @example
 *
 * ```ts
 * import { parseDockerConfig } from 'imagepuller-auth/docker-config'
 *
 * const config = parseDockerConfig('{ "auths": { "ghcr.io": { "auth": "dTpw" } } }')
 * console.log(config.contrast.entries[0]?.key) // ghcr.io
 * ```
 */
export function parseDockerConfig(
  input: string | Uint8Array,
  options: ParseDockerConfigOptions = {},
): DockerConfig {
  const { format, maxBytes } = readOptions(options)
  const text = unwrapBase64(readText(input, maxBytes))
  const places = skimJson(text)
  if (places.fault)
    throw new DockerConfigError('invalid-json', 'expected JSON', { ...START, ...places.fault })
  const root: unknown = JSON.parse(text)
  const contrast = readContrast(root, places)
  const podman = format === 'dockercfg' ? readLegacy(root, places) : readPodman(root, places)
  if (contrast.fault && podman.fault) {
    const { code: reason, message, ...place } = contrast.fault
    throw new DockerConfigError(reason, message, place)
  }
  return Object.freeze({ format, contrast, podman })
}

/** Whether a caller without types gave what {@link parseDockerConfig} gives, and nothing else. */
export function isDockerConfig(value: unknown): value is DockerConfig {
  if (!isObject(value)) return false
  const isView = (name: string) => Object.hasOwn(value, name) && isObject(value[name])
  return isView('contrast') && isView('podman')
}

function readOptions(options: ParseDockerConfigOptions): Required<ParseDockerConfigOptions> {
  if (typeof options !== 'object' || options === null) throw misuse('options to be an object')
  // Own properties only: a polluted Object.prototype must not change the format.
  const own: ParseDockerConfigOptions = Object.assign(Object.create(null), options)
  const { format = 'config', maxBytes = DEFAULT_MAX_BYTES } = own
  if (format !== 'config' && format !== 'dockercfg') {
    throw misuse("format to be 'config' or 'dockercfg'")
  }
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 0) throw misuse('maxBytes to be a whole number')
  return { format, maxBytes }
}

function misuse(expectation: string): TypeError {
  return new TypeError(`parseDockerConfig: expected ${expectation}`)
}

function readText(input: string | Uint8Array, maxBytes: number): string {
  const isText = typeof input === 'string'
  if (!isText && !(input instanceof Uint8Array)) throw misuse('a string or a Uint8Array')
  if (isText ? isLargerThan(input, maxBytes) : input.length > maxBytes) {
    const expectation = `expected at most ${maxBytes} bytes; the option maxBytes raises this`
    throw new DockerConfigError('too-large', expectation, START)
  }
  // A byte order mark is white space to nobody who reads JSON.
  if (startsWithMark(input)) throw new DockerConfigError('invalid-json', 'expected JSON', START)
  const text = readUnicode(input)
  if (typeof text !== 'string') {
    throw new DockerConfigError('invalid-utf8', 'expected valid UTF-8', { ...START, ...text })
  }
  return text
}

function startsWithMark(input: string | Uint8Array): boolean {
  if (typeof input === 'string') return input.startsWith('\ufeff')
  return input[0] === 0xef && input[1] === 0xbb && input[2] === 0xbf
}

/** A Secret's manifest has its values in base64. No JSON document that is an object looks like that. */
function unwrapBase64(text: string): string {
  const bytes = decodeBase64(text.trim())
  const inner = bytes && !startsWithMark(bytes) && readUnicode(bytes)
  return typeof inner === 'string' && inner.trimStart().startsWith('{') ? inner : text
}

/** What a program takes for the members of an object, in the order of the document. */
type Members = readonly (readonly [written: string, value: unknown])[]

type ReadMembers = (value: unknown, name: string, names: readonly string[]) => Members | undefined

const ROOT_NAMES = ['auths', 'credsStore', 'credHelpers']

const ENTRY_NAMES = ['auth', 'identitytoken']

/** serde: exact names; a struct may also come as an array of all its fields, in their order. */
const exactMembers: ReadMembers = (value, name, names) => {
  if (Array.isArray(value)) {
    const index = names.indexOf(name)
    return value.length !== names.length ? undefined : index < 0 ? [] : [[name, value[index]]]
  }
  if (!isObject(value)) return undefined
  return Object.hasOwn(value, name) ? [[name, value[name]]] : []
}

/** encoding/json: names in any case, each taken in turn; null stands for an object without any. */
const foldedMembers: ReadMembers = (value, name) => {
  if (value === null) return []
  if (!isObject(value)) return undefined
  return Object.entries(value).filter(([written]) => foldCase(written) === name.toLowerCase())
}

/** Go's case folding, by which the long s and the Kelvin sign are letters of ASCII. */
function foldCase(name: string): string {
  return name.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase()
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readContrast(root: unknown, places: JsonPlaces): DockerConfigView {
  const reader = new ViewReader(places, exactMembers)
  const auths = reader.readMap(reader.members(root, 'auths', ROOT_NAMES))
  const helpers = reader.readMap(reader.members(root, 'credHelpers', ROOT_NAMES))
  const credsStore = reader.readText(reader.members(root, 'credsStore', ROOT_NAMES), [])
  return reader.finish(auths, helpers, credsStore)
}

function readPodman(root: unknown, places: JsonPlaces): DockerConfigView {
  const reader = new ViewReader(places, foldedMembers)
  const auths = reader.readMap(reader.members(root, 'auths', ROOT_NAMES))
  const helpers = reader.readMap(reader.members(root, 'credHelpers', ROOT_NAMES))
  return reader.finish(auths, helpers, undefined)
}

function readLegacy(root: unknown, places: JsonPlaces): DockerConfigView {
  const reader = new ViewReader(places, foldedMembers)
  return reader.finish(reader.readMap([[undefined, root]]), new Map(), undefined)
}

type Slot = { readonly path: readonly string[]; readonly value: unknown }

type Path = readonly string[]

class ViewReader {
  readonly #places: JsonPlaces
  readonly #members: ReadMembers
  #fault: DockerConfigFault | undefined

  constructor(places: JsonPlaces, members: ReadMembers) {
    this.#places = places
    this.#members = members
  }

  /** The root's members of that name. */
  members(root: unknown, name: string, names: readonly string[]): Members {
    const members = this.#members(root, name, names)
    if (members === undefined) this.#fault ??= this.#wrongType([], 'an object')
    return members ?? []
  }

  /** Objects are merged, as Go does; there is only one of them where names are exact. */
  readMap(
    members: readonly (readonly [written: string | undefined, value: unknown])[],
  ): Map<string, Slot> {
    const slots = new Map<string, Slot>()
    for (const [written, value] of members) {
      const path = written === undefined ? [] : [written]
      if (value === null) slots.clear()
      else if (!isObject(value)) this.#fault ??= this.#wrongType(path, 'an object')
      else {
        for (const key of Object.keys(value))
          slots.set(key, { path: [...path, key], value: value[key] })
      }
    }
    return slots
  }

  /** The last text among the members; undefined for none, for null and for the empty string. */
  readText(members: Members, path: Path): string | undefined {
    let text = ''
    for (const [written, value] of members) {
      if (!safeParse(TEXT, value).typed)
        this.#fault ??= this.#wrongType([...path, written], 'a string')
      else if (typeof value === 'string') text = value
    }
    return text === '' ? undefined : text
  }

  finish(
    auths: ReadonlyMap<string, Slot>,
    helpers: ReadonlyMap<string, Slot>,
    credsStore: string | undefined,
  ): DockerConfigView {
    const entries = [...auths].map(([key, slot]) => this.#readEntry(key, slot))
    const credHelpers = [...helpers].map(([server, slot]) => this.#readHelper(server, slot))
    return Object.freeze({
      entries: Object.freeze(entries),
      credHelpers: Object.freeze(credHelpers),
      credsStore,
      fault: this.#fault,
    })
  }

  #readEntry(key: string, { path, value }: Slot): DockerAuthEntry {
    const reader = new ViewReader(this.#places, this.#members)
    const secret = (name: string): Secret | undefined => {
      const members = this.#members(value, name, ENTRY_NAMES)
      if (members === undefined) reader.#fault ??= this.#wrongType(path, 'an object')
      const text = reader.readText(members ?? [], path)
      return text === undefined ? undefined : new Secret(text)
    }
    const [auth, identityToken] = ENTRY_NAMES.map(secret)
    // The programs don't read these, so that no fault in them counts.
    const fault = reader.#fault
    const others = ['username', 'password', 'registrytoken'].map(secret)
    const [username, password, registryToken] = others
    const place = this.#placeOf(path)
    return Object.freeze({
      key,
      auth,
      identityToken,
      username,
      password,
      registryToken,
      fault,
      place,
    })
  }

  #readHelper(server: string, { path, value }: Slot): CredentialHelperEntry {
    // For Go null is the empty string; for serde it is no string at all.
    const isText = typeof value === 'string' || (value === null && this.#members === foldedMembers)
    const name = typeof value === 'string' && value !== '' ? value : undefined
    const fault = isText ? undefined : this.#wrongType(path, 'a string')
    return Object.freeze({ server, name, fault })
  }

  #wrongType(path: Path, expected: string): DockerConfigFault {
    const message = `expected ${expected}`
    return Object.freeze({ code: 'wrong-type', message, ...this.#placeOf(path) })
  }

  #placeOf(path: Path): DockerConfigPlace {
    const shown = Object.freeze(path.map(withoutUserInfo))
    return Object.freeze({ path: shown, ...this.#places.locate(path) })
  }
}
