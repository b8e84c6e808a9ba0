import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Identity } from './certificates.js'
import { type Program, start, workshop } from './programs.js'

export interface RegistryOptions {
  readonly address: string
  /** 443 with an identity and 80 without, if it isn't given. */
  readonly port?: number
  readonly identity?: Identity
  readonly user?: { readonly name: string; readonly password: string }
  readonly token?: { readonly realm: string; readonly issuer: string; readonly bundle: string }
  /** A path before `/v2/`. */
  readonly prefix?: string
}

/** The name that a registry gives itself in its challenges, and that its tokens are for. */
export const SERVICE = 'registry under test'

/** All registries have the same content: what is pushed to one is pulled from another. */
const storage = join(workshop, 'storage')

/** Debian's docker-registry. Its configuration is YAML, and so is JSON. */
export async function startRegistry(options: RegistryOptions): Promise<Program> {
  const { address, identity, prefix } = options
  const port = options.port ?? (identity ? 443 : 80)
  const folder = mkdtempSync(join(workshop, 'registry-'))
  const config = {
    version: 0.1,
    log: { level: 'info' },
    storage: { filesystem: { rootdirectory: storage } },
    http: {
      addr: `${address}:${port}`,
      ...(prefix ? { prefix } : {}),
      ...(identity ? { tls: writeIdentity(folder, identity) } : {}),
    },
    auth: authOf(options, folder),
  }
  const file = join(folder, 'config.yml')
  writeFileSync(file, JSON.stringify(config))
  return start('docker-registry', ['serve', file], address, port)
}

/** Writes a certificate and its key where a program can read them. */
export function writeIdentity(folder: string, { cert, key }: Identity) {
  const files = { certificate: join(folder, 'server.crt'), key: join(folder, 'server.key') }
  writeFileSync(files.certificate, cert)
  writeFileSync(files.key, key)
  return files
}

function authOf({ user, token }: RegistryOptions, folder: string) {
  if (user) return { htpasswd: { realm: SERVICE, path: writeHtpasswd(folder, user) } }
  if (!token) return undefined
  const rootcertbundle = join(folder, 'tokens.crt')
  writeFileSync(rootcertbundle, token.bundle)
  const { realm, issuer } = token
  return { token: { realm, issuer, service: SERVICE, rootcertbundle } }
}

/** A password file. The lowest cost is enough: nobody attacks it. */
export function writeHtpasswd(
  folder: string,
  { name, password }: { readonly name: string; readonly password: string },
): string {
  const file = join(folder, 'htpasswd')
  execFileSync('htpasswd', ['-c', '-B', '-C', '4', '-b', file, name, password], { stdio: 'ignore' })
  return file
}
