// What a conversion could not carry over, or carried over otherwise: one note for all that say the same.
import { type DockerProgram, isHelperName } from '../docker-config/index.js'
import type { Severity } from '../findings.js'
import { withoutUserInfo } from '../text/index.js'

/** Why something of a credentials file is not in the configuration, or is there otherwise. */
export type ConversionNoteCode =
  | 'helper'
  | 'repository-scoped'
  | 'user-info'
  | 'port'
  | 'ip-address'
  | 'glob'
  | 'not-a-domain-name'
  | 'duplicate'
  | 'unused'
  | 'not-read'
  | 'broken'
  | 'empty'
  | 'fallback'
  | 'left-out'
  | 'covers-subdomains'
  | 'empty-rule'

/** Something that a conversion could not carry over as it is. */
export interface ConversionNote {
  /** What it is. */
  readonly code: ConversionNoteCode
  /**
   * `error` where credentials were not carried over, `warning` where something is otherwise than the
   * program whose reading counts has it, `info` for what is worth knowing.
   */
  readonly severity: Severity
  /** The entries: members of `auths` or `credHelpers`, without user info, or `credsStore`. */
  readonly keys: readonly string[]
  /** The same in a sentence, without any secret. */
  readonly message: string
  /** The helper that has the credentials, for the code `helper`. */
  readonly helper: HelperToAsk | undefined
}

/** A credential helper that has credentials which the file lacks. */
export interface HelperToAsk {
  /** Its name, `X` for the program `docker-credential-X`. */
  readonly name: string
  /** What it is asked for: each is a name under which `answers` can hold what it says. */
  readonly servers: readonly string[]
}

const NAMES: Readonly<Record<DockerProgram, string>> = {
  contrast: "Contrast's command line",
  docker: 'Docker',
  podman: 'Podman',
}

/** How one code is told. */
interface Kind {
  /** PROGRAM stands for the name of the program whose reading counts. */
  readonly message: string
  /** The severity where the entry holds credentials; without any, there is nothing to lose. */
  readonly severity: Severity
}

const lost = (message: string): Kind => ({ message, severity: 'error' })

const KINDS: Readonly<Record<Exclude<ConversionNoteCode, 'helper'>, Kind>> = {
  'repository-scoped': lost(
    'the image puller knows credentials for registries, not for repositories',
  ),
  'user-info': lost('the name holds user info, and no registry is asked for by such a name'),
  port: lost('rules for a registry with a port are not supported; only "." covers it here'),
  'ip-address': lost(
    'rules for an IP address, or a name that ends in a number, are not supported; only "." covers it here',
  ),
  glob: lost('the image puller knows no patterns; name the domain, which covers its subdomains'),
  'not-a-domain-name': lost('the name is no domain name, so that no rule can be for it'),
  unused: lost(
    "PROGRAM does not take this for the registry's name, because of its spelling: case, a slash, a path or a dot at the end count; log in again, or correct the name",
  ),
  'not-read': lost(
    "another program reads this, but not PROGRAM; the names of members count: auths, auth, credHelpers, credsStore (in this case), and the file's own name",
  ),
  broken: lost(
    'the entry can not be read, or holds a control character, as the line end that `echo` without -n leaves; log in again',
  ),
  duplicate: {
    message: 'PROGRAM takes another entry for the same registry',
    severity: 'warning',
  },
  fallback: {
    message:
      'PROGRAM reads neither username and password nor registrytoken; for want of others they are carried over',
    severity: 'warning',
  },
  'left-out': {
    message: 'the entry also holds credentials of another kind, which are not used',
    severity: 'warning',
  },
  empty: { message: 'the entry holds no credentials that PROGRAM takes', severity: 'info' },
  'covers-subdomains': {
    message:
      'the rule covers the subdomains too, which the entry does not; a rule for ".NAME" can take them out',
    severity: 'info',
  },
  'empty-rule': {
    message:
      'an empty rule keeps the registry from getting the credentials of the domain that it is below',
    severity: 'info',
  },
}

interface Draft {
  readonly code: ConversionNoteCode
  readonly severity: Severity
  readonly keys: Set<string>
  readonly message: string
  readonly helper: { readonly name: string; readonly servers: Set<string> } | undefined
}

const ORDER: readonly Severity[] = ['error', 'warning', 'info']

/** Collects notes. */
export class Notes {
  readonly #drafts = new Map<string, Draft>()
  readonly #program: string

  constructor(program: DockerProgram) {
    this.#program = NAMES[program]
  }

  /** `holds`: whether the entry has credentials that could be lost. */
  add(code: Exclude<ConversionNoteCode, 'helper'>, key: string, holds = true): void {
    const { message: template, severity: most } = KINDS[code]
    const severity = holds ? most : 'info'
    const draft = this.#draft(`${code} ${severity}`, () => {
      const message = template.replace('PROGRAM', this.#program)
      return { code, severity, message, helper: undefined }
    })
    draft.keys.add(withoutUserInfo(key))
  }

  /** Credentials that a helper has. Without a server, what else it may have. */
  addHelper(name: string, key: string, server?: string, severity: Severity = 'error'): void {
    const draft = this.#draft(`helper ${severity} ${name}`, () => {
      const helper = { name, servers: new Set<string>() }
      return { code: 'helper', severity, message: helperMessage(name), helper }
    })
    draft.keys.add(withoutUserInfo(key))
    if (server !== undefined) draft.helper?.servers.add(server)
  }

  /** All notes, those on lost credentials first. */
  finish(): readonly ConversionNote[] {
    const drafts = [...this.#drafts.values()]
    const sorted = ORDER.flatMap((severity) => drafts.filter((one) => one.severity === severity))
    return Object.freeze(sorted.map(freezeNote))
  }

  /** The note of a group, which is made for its first key. */
  #draft(group: string, make: () => Omit<Draft, 'keys'>): Draft {
    const known = this.#drafts.get(group)
    if (known) return known
    const draft = { ...make(), keys: new Set<string>() }
    this.#drafts.set(group, draft)
    return draft
  }
}

function freezeNote({ code, severity, keys, message, helper }: Draft): ConversionNote {
  return Object.freeze({
    code,
    severity,
    keys: Object.freeze([...keys]),
    message,
    helper:
      helper && Object.freeze({ name: helper.name, servers: Object.freeze([...helper.servers]) }),
  })
}

/** The name is the file's: only one that a program can have is shown. */
function helperMessage(name: string): string {
  if (!isHelperName(name)) {
    return 'the credentials are with a credential helper of a name that no program has; log in again'
  }
  const program = `docker-credential-${name}`
  return `the credentials are with the credential helper ${program}: \`${program} list\` names its servers, and \`echo SERVER | ${program} get\` shows what to add for one of them`
}
