// A credentials file that was read: its entries, its helpers, and how each program sees them.
import type { DocumentPlace } from '../findings.js'
import { createMembership, type Membership } from '../membership.js'
import type { Secret } from '../secret.js'
import type { DockerConfigIssue } from './errors.js'
import type { DockerProgram } from './program.js'

/** One member of `auths`. Members that are absent, null or empty are undefined. */
export interface DockerAuthEntry {
  /** The member's name: a registry, and sometimes more. */
  readonly key: string
  /** `auth`: base64 of `username:password`. */
  readonly auth: Secret | undefined
  /** `identitytoken` */
  readonly identityToken: Secret | undefined
  /** `username`, which Kubernetes and Docker read, the latter where `auth` is absent. */
  readonly username: Secret | undefined
  /** `password`, beside `username`. */
  readonly password: Secret | undefined
  /** `registrytoken` */
  readonly registryToken: Secret | undefined
  /** What is wrong with the entry. It counts only where this entry is looked up. */
  readonly fault: DockerConfigIssue | undefined
  /** The members that lead to the entry, without user info. */
  readonly path: readonly string[]
  /** Where the entry stands; undefined where there is no text. */
  readonly place: DocumentPlace | undefined
}

/** One member of `credHelpers`. */
export interface CredentialHelperEntry {
  /** The member's name: a registry. */
  readonly server: string
  /** The helper's name, `X` for the program `docker-credential-X`; undefined where it is empty. */
  readonly name: string | undefined
  /** What is wrong with the entry. */
  readonly fault: DockerConfigIssue | undefined
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
  readonly fault: DockerConfigIssue | undefined
}

/** How a file is read: as `config.json` and its kind, or as the legacy `.dockercfg`. */
export type DockerConfigFormat = 'config' | 'dockercfg'

/**
 * What a document is, by what it holds: `config.json` and its kind, the legacy map of servers, a
 * Kubernetes Secret or a list of them, an empty object, or nothing that is known.
 */
export type DockerDocument = 'config' | 'dockercfg' | 'secret' | 'empty' | 'unknown'

/** A credentials file that was read. The programs differ in which members they see. */
export interface DockerConfig extends Readonly<Record<DockerProgram, DockerConfigView>> {
  /** How the file was read. */
  readonly format: DockerConfigFormat
  /** What the document is. */
  readonly document: DockerDocument
  /** As Contrast's command line reads it, with the docker_credential crate. */
  readonly contrast: DockerConfigView
  /** As Podman, Skopeo and Buildah read it, with containers/image. */
  readonly podman: DockerConfigView
  /** As Docker's command line reads it. */
  readonly docker: DockerConfigView
}

/** What a conversion has to know besides. */
export interface KeptOfDockerConfig {
  /** The legacy map that the document is, although it was not read as one. */
  readonly legacy: DockerConfig | undefined
  /** What a document looks like that holds nothing known. */
  readonly likeness: string
}

/** What is a credentials file: only `parseDockerConfig` and `readDockerConfig` make one. */
export const dockerConfigs: Membership<DockerConfig, KeptOfDockerConfig> = createMembership()
