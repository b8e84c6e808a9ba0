// A credentials file as one program sees it: which members it reads, and at which faults it fails.
import type { DocumentPlace } from '../findings.js'
import { Secret } from '../secret.js'
import { withoutUserInfo } from '../text/index.js'
import { checkSettings } from './docker-settings.js'
import type { CredentialHelperEntry, DockerAuthEntry, DockerConfigView } from './entry.js'
import { type DockerConfigIssue, freezeIssue } from './errors.js'
import {
  exactMembers,
  foldedMembers,
  isObject,
  isTextOrNull,
  type Members,
  type ReadMembers,
} from './members.js'

type Path = readonly string[]

/** Where a file stands: in a text of its own, or within a Secret's manifest. */
export interface Source {
  /** The members of the manifest that lead to the file. */
  readonly prefix: Path
  /** The place of a member of the file. */
  locate(path: Path): DocumentPlace | undefined
}

const ROOT_NAMES = ['auths', 'credsStore', 'credHelpers']

const READ_BY_ALL = ['auth', 'identitytoken']

const ENTRY_NAMES = [...READ_BY_ALL, 'username', 'password', 'registrytoken']

/** As the docker_credential crate reads `config.json`. */
export function readContrastView(root: unknown, source: Source): DockerConfigView {
  return readView(root, new ViewReader(source, exactMembers, READ_BY_ALL), true)
}

/** As containers/image reads `auth.json`; it knows no `credsStore`. */
export function readPodmanView(root: unknown, source: Source): DockerConfigView {
  return readView(root, new ViewReader(source, foldedMembers, READ_BY_ALL), false)
}

/** As containers/image reads `.dockercfg`, whose root is the map of servers. */
export function readLegacyView(root: unknown, source: Source): DockerConfigView {
  const reader = new ViewReader(source, foldedMembers, READ_BY_ALL)
  return reader.finish(reader.readMap([[undefined, root]]), new Map(), undefined)
}

/** As Docker's command line reads `config.json`: its other settings have to be right as well. */
export function readDockerView(root: unknown, source: Source): DockerConfigView {
  const reader = new ViewReader(source, foldedMembers, ENTRY_NAMES)
  for (const { name, expected } of checkSettings(root)) reader.fault([name], expected)
  return readView(root, reader, true)
}

/** What several files hold, the first of them first. */
export function joinViews(views: readonly DockerConfigView[]): DockerConfigView {
  return Object.freeze({
    entries: Object.freeze(views.flatMap(({ entries }) => entries)),
    credHelpers: Object.freeze(views.flatMap(({ credHelpers }) => credHelpers)),
    credsStore: views.find(({ credsStore }) => credsStore !== undefined)?.credsStore,
    fault: views.find(({ fault }) => fault !== undefined)?.fault,
  })
}

function readView(root: unknown, reader: ViewReader, readsStore: boolean): DockerConfigView {
  const auths = reader.readMap(reader.members(root, 'auths'))
  const helpers = reader.readMap(reader.members(root, 'credHelpers'))
  const store = readsStore ? reader.readText(reader.members(root, 'credsStore')) : undefined
  return reader.finish(auths, helpers, store)
}

interface Slot {
  readonly path: Path
  readonly value: unknown
}

class ViewReader {
  readonly #source: Source
  readonly #members: ReadMembers
  /** The members of an entry in which a fault counts: those that the program reads. */
  readonly #counted: readonly string[]
  #fault: DockerConfigIssue | undefined

  constructor(source: Source, members: ReadMembers, counted: readonly string[]) {
    this.#source = source
    this.#members = members
    this.#counted = counted
  }

  /** The first one stays: a program fails there. */
  fault(path: Path, expected: string): void {
    this.#fault ??= this.#wrongType(path, expected)
  }

  /** The root's members of that name. */
  members(root: unknown, name: string): Members {
    const members = this.#members(root, name, ROOT_NAMES)
    if (members === undefined) this.fault([], 'an object')
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
      else if (!isObject(value)) this.fault(path, 'an object')
      else {
        for (const key of Object.keys(value))
          slots.set(key, { path: [...path, key], value: value[key] })
      }
    }
    return slots
  }

  /** The text of a member of the root; undefined for none, for null and for the empty string. */
  readText(members: Members): string | undefined {
    this.#fault ??= this.#faultOf(members, [])
    return lastText(members)
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
    let fault: DockerConfigIssue | undefined
    const read = (name: string): Secret | undefined => {
      const members = this.#members(value, name, READ_BY_ALL)
      // The program doesn't read the others, so that no fault in them counts.
      if (this.#counted.includes(name)) fault ??= this.#faultOf(members, path)
      const text = lastText(members ?? [])
      return text === undefined ? undefined : new Secret(text)
    }
    return Object.freeze({
      key,
      auth: read('auth'),
      identityToken: read('identitytoken'),
      username: read('username'),
      password: read('password'),
      registryToken: read('registrytoken'),
      fault,
      path: this.#pathOf(path),
      place: this.#source.locate(path),
    })
  }

  #readHelper(server: string, { path, value }: Slot): CredentialHelperEntry {
    // For Go null is the empty string; for serde it is no string at all.
    const isText = typeof value === 'string' || (value === null && this.#members === foldedMembers)
    const name = typeof value === 'string' && value !== '' ? value : undefined
    const fault = isText ? undefined : this.#wrongType(path, 'a string')
    return Object.freeze({ server, name, fault })
  }

  /** What is wrong with the members of an object, all of which should be texts. */
  #faultOf(members: Members | undefined, path: Path): DockerConfigIssue | undefined {
    if (members === undefined) return this.#wrongType(path, 'an object')
    const wrong = members.find(([, value]) => !isTextOrNull(value))
    return wrong && this.#wrongType([...path, wrong[0]], 'a string')
  }

  #wrongType(path: Path, expected: string): DockerConfigIssue {
    return freezeIssue({
      code: 'wrong-type',
      path: this.#pathOf(path),
      message: `expected ${expected}`,
      place: this.#source.locate(path),
    })
  }

  #pathOf(path: Path): Path {
    return Object.freeze([...this.#source.prefix, ...path].map(withoutUserInfo))
  }
}

/** The last text among the members; undefined for none, for null and for the empty string. */
function lastText(members: Members): string | undefined {
  let text = ''
  for (const [, value] of members) if (typeof value === 'string') text = value
  return text === '' ? undefined : text
}
