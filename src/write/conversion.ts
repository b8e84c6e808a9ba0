// The rules of a configuration, out of what a program finds for each host that a credentials file names.
import {
  attempt,
  type CredentialHelperEntry,
  type DockerAuthEntry,
  type DockerConfig,
  DockerConfigError,
  type DockerCredentials,
  type DockerProgram,
  type HelperCredentials,
  type Lookup,
  PROGRAMS,
  RULES,
} from '../docker-config/index.js'
import { DOCKER_HUB } from '../image/index.js'
import { hostOf, meantHosts } from './host.js'
import { type ConversionNote, Notes } from './notes.js'
import { hasMore, holdsCredentials, keysOfAnswer, keysOfFound, type RuleKeys } from './rule-keys.js'
import { RuleSet } from './rule-set.js'

/** What a conversion results in. */
export interface Converted {
  /** The keys of each rule, by its name. */
  readonly rules: ReadonlyMap<string, RuleKeys>
  /** What could not be carried over as it is. */
  readonly notes: readonly ConversionNote[]
}

/** What a file says of one host. */
interface Named {
  readonly entries: DockerAuthEntry[]
  readonly helpers: CredentialHelperEntry[]
}

/** One conversion of a file, by the view of one program. */
export class Conversion {
  readonly #config: DockerConfig
  readonly #program: DockerProgram
  readonly #answers: ReadonlyMap<string, HelperCredentials>
  readonly #bundles: ReadonlyMap<string, string>
  readonly #named = new Map<string, Named>()
  readonly #rules = new RuleSet()
  readonly #answered = new Set<string>()
  readonly #notes: Notes
  /** What the credentials store was asked for, and how often it had no answer to give. */
  readonly #store = { asked: 0, unanswered: 0 }

  constructor(
    config: DockerConfig,
    program: DockerProgram,
    answers: ReadonlyMap<string, HelperCredentials>,
    bundles: ReadonlyMap<string, string>,
  ) {
    this.#config = config
    this.#program = program
    this.#notes = new Notes(program)
    this.#answers = answers
    this.#bundles = bundles
  }

  run(): Converted {
    this.#collect()
    for (const [host, named] of this.#named) this.#addHost(host, named)
    this.#noteStore()
    this.#noteUnread()
    for (const server of this.#answers.keys()) {
      if (!this.#answered.has(server)) this.#notes.add('unused', server)
    }
    this.#closeBelow()
    return { rules: this.#rules.withBundles(this.#bundles), notes: this.#notes.finish() }
  }

  /** What the file says, by host; what no rule can be for is noted. */
  #collect(): void {
    const { entries, credHelpers, credsStore } = this.#config[this.#program]
    for (const entry of entries) {
      const obstacle = this.#file(entry.key, ({ entries }) => entries.push(entry))
      const holds = holdsCredentials(entry) || credsStore !== undefined
      if (obstacle) this.#notes.add(obstacle, entry.key, holds)
    }
    for (const helper of credHelpers) {
      const { server, name, fault } = helper
      const obstacle = this.#file(server, ({ helpers }) => helpers.push(helper))
      if (obstacle && (name !== undefined || fault)) this.#notes.add(obstacle, server)
    }
    // A store may have credentials for servers that the file doesn't name.
    if (credsStore === undefined) return
    for (const server of this.#answers.keys()) this.#file(server, () => undefined)
  }

  #file(key: string, add: (named: Named) => void) {
    const registry = RULES[this.#program].registryOf(key, this.#config.format)
    const host = hostOf(registry)
    if (typeof host !== 'string') return host.obstacle
    const named = this.#named.get(host) ?? { entries: [], helpers: [] }
    this.#named.set(host, named)
    add(named)
    return undefined
  }

  /** Asks as the program would, among what is said of the host: the rest can't be the answer. */
  #addHost(host: string, { entries, helpers }: Named): void {
    const rules = RULES[this.#program]
    const lookup = rules.lookUp(host === DOCKER_HUB ? rules.dockerHub : host, this.#config.format)
    const { credsStore } = this.#config[this.#program]
    const helper = helpers.find(({ server }) => server === lookup.helperServer)
    const credHelpers = helper ? [helper] : []
    const decided = lookup.decide(entries)
    this.#noteOthers(lookup, entries, decided)
    for (const other of helpers) {
      if (other === helper) continue
      if (other.fault) this.#notes.add('broken', other.server)
      else if (other.name !== undefined) this.#notes.add('unused', other.server)
    }
    const view = { entries, credHelpers, credsStore, fault: undefined }
    const found = attempt(() => lookup.find(view))
    if (found instanceof DockerConfigError) this.#addBroken(helper, decided)
    else this.#addFound(host, found, decided)
  }

  /** The program fails at the helper or at the entry, and leaves the other one unread. */
  #addBroken(helper: CredentialHelperEntry | undefined, entry: DockerAuthEntry | undefined): void {
    if (helper?.fault) this.#notes.add('broken', helper.server)
    if (entry) this.#notes.add('broken', entry.key)
    // It may have the credentials all the same.
    if (helper?.name !== undefined) {
      this.#notes.addHelper(helper.name, helper.server, helper.server)
    }
  }

  #noteOthers(
    lookup: Lookup,
    entries: readonly DockerAuthEntry[],
    decided: DockerAuthEntry | undefined,
  ): void {
    for (const entry of entries) {
      if (entry === decided) continue
      const code = lookup.takes(entry.key) ? 'duplicate' : 'unused'
      this.#notes.add(code, entry.key, holdsCredentials(entry))
    }
  }

  #addFound(host: string, found: DockerCredentials, entry: DockerAuthEntry | undefined): void {
    if (found.kind === 'helper') {
      this.#addHelper(host, found, entry)
      return
    }
    const key = entry?.key ?? host
    const keys = keysOfFound(found, entry)
    if (keys === undefined) this.#notes.add('broken', key)
    else if (keys.size === 0) {
      if (entry) this.#notes.add('empty', key)
    } else {
      this.#rules.set(host, keys)
      if (found.kind === 'none') this.#notes.add('fallback', key)
      if (entry && hasMore(entry, keys)) this.#notes.add('left-out', key)
      this.#notes.add('covers-subdomains', key)
    }
  }

  #addHelper(
    host: string,
    { key, name, server }: Extract<DockerCredentials, { readonly kind: 'helper' }>,
    entry: DockerAuthEntry | undefined,
  ): void {
    const answer = this.#answers.get(server)
    const isStore = key === 'credsStore'
    const names = new Set([entry?.key ?? server, ...(isStore ? [] : [key])])
    if (isStore && (entry || answer)) this.#store.asked++
    if (answer === undefined) {
      // A host that is only near an entry is noted with that entry.
      if (isStore && entry === undefined) return
      if (isStore) this.#store.unanswered++
      for (const named of names) this.#notes.addHelper(name, named, server)
      return
    }
    this.#answered.add(server)
    const keys = keysOfAnswer(answer)
    for (const named of names) this.#notes.add(codeOf(keys), named)
    if (keys === undefined || keys.size === 0) return
    this.#rules.set(host, keys)
    if (entry && holdsCredentials(entry)) this.#notes.add('left-out', entry.key)
  }

  /** What the store has besides isn't known; where it answered for all that is named, that will do. */
  #noteStore(): void {
    const { credsStore } = this.#config[this.#program]
    if (credsStore === undefined) return
    const isAnswered = this.#store.asked > 0 && this.#store.unanswered === 0
    this.#notes.addHelper(credsStore, 'credsStore', undefined, isAnswered ? 'info' : 'error')
  }

  /** What only other programs see: names of members in another case, `credsStore`, .dockercfg. */
  #noteUnread(): void {
    const own = this.#config[this.#program]
    const known = new Set(own.entries.map(({ key }) => key))
    const helpers = new Set(own.credHelpers.map(({ server }) => server))
    for (const program of PROGRAMS) {
      const { entries, credHelpers, credsStore } = this.#config[program]
      for (const entry of entries) {
        if (!known.has(entry.key)) this.#notes.add('not-read', entry.key, holdsCredentials(entry))
      }
      for (const { server, name } of credHelpers) {
        if (name !== undefined && !helpers.has(server)) this.#notes.add('not-read', server)
      }
      const isUnread = own.credsStore === undefined && credsStore !== undefined
      if (isUnread) this.#notes.add('not-read', 'credsStore')
    }
  }

  /** Keeps the credentials of a domain from hosts below it for which the file says something else. */
  #closeBelow(): void {
    // Most names are read by each program.
    for (const key of new Set(this.#allNames())) {
      for (const host of this.#hostsOf(key)) {
        if (this.#rules.close(host)) this.#notes.add('empty-rule', key)
      }
    }
  }

  /** What a key is for: to the program, and as it may have been meant. */
  *#hostsOf(key: string): Generator<string> {
    const registryOf = (name: string) => RULES[this.#program].registryOf(name, this.#config.format)
    const read = hostOf(registryOf(key))
    if (typeof read === 'string') yield read
    // Where the program has several names for Docker Hub, they are one host here as well.
    for (const meant of meantHosts(key)) yield registryOf(meant)
  }

  /** Every name of the file, whichever program reads it. */
  *#allNames(): Generator<string> {
    for (const program of PROGRAMS) {
      const { entries, credHelpers } = this.#config[program]
      for (const { key } of entries) yield key
      for (const { server } of credHelpers) yield server
    }
    yield* this.#answers.keys()
  }
}

/** What to say of an answer that became these keys. */
function codeOf(keys: RuleKeys | undefined): 'broken' | 'empty' | 'covers-subdomains' {
  if (keys === undefined) return 'broken'
  return keys.size === 0 ? 'empty' : 'covers-subdomains'
}
