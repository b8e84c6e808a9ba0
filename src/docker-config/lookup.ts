// What each program has to say for the look-up of a server.
import type { DockerCredentials } from './credentials.js'
import type { DockerAuthEntry, DockerConfigFormat, DockerConfigView } from './entry.js'

/** A look-up of one server, prepared once, so that each entry costs no more than its own length. */
export interface Lookup {
  /** The member of `credHelpers` that counts. */
  readonly helperServer: string
  /** Whether an entry of that name decides where it stands alone. */
  takes(key: string): boolean
  /** The entry that decides, unless a credential helper is asked first. */
  decide(entries: readonly DockerAuthEntry[]): DockerAuthEntry | undefined
  /** What the program finds. Throws `DockerConfigError` where the program fails. */
  find(view: DockerConfigView): DockerCredentials
}

/** How one program reads names. */
export interface ProgramRules {
  /** The name by which the program asks for Docker Hub. */
  readonly dockerHub: string
  /** What the program takes a key for: a registry, unless there is a path in it. */
  registryOf(key: string, format: DockerConfigFormat): string
  /** Throws `DockerConfigError` for a server that the program refuses. */
  lookUp(server: string, format: DockerConfigFormat): Lookup
}
