import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Identity } from './certificates.js'
import { start, workshop } from './programs.js'
import { writeHtpasswd, writeIdentity } from './registry.js'

export interface ProxyOptions {
  readonly address: string
  readonly port: number
  readonly names: Readonly<Record<string, string>>
  /** For a proxy that is itself reached over TLS. */
  readonly identity?: Identity
  readonly user?: { readonly name: string; readonly password: string }
}

export interface ForwardProxy {
  /** Who went through it and where to, such as `CONNECT ghcr.io:443 200`. */
  visits(): Promise<string[]>
}

/** Debian's squid, without its cache. */
export async function startProxy(options: ProxyOptions): Promise<ForwardProxy> {
  const folder = mkdtempSync(join(workshop, 'squid-'))
  const log = join(folder, 'access.log')
  const file = join(folder, 'squid.conf')
  writeFileSync(file, configOf(options, folder, log))
  // Squid gives up root for a user of its own, who writes the log and reads the key.
  chmodSync(folder, 0o777)
  execFileSync('chmod', ['-R', 'a+rX', folder])
  await start('squid', ['-N', '-f', file], options.address, options.port)
  return { visits: () => readVisits(log) }
}

function configOf(options: ProxyOptions, folder: string, log: string): string {
  const { address, port, identity, user, names } = options
  const hosts = join(folder, 'hosts')
  const lines = Object.entries(names).map(([name, ip]) => `${ip} ${name}\n`)
  writeFileSync(hosts, lines.join(''))
  const files = identity && writeIdentity(folder, identity)
  const tls = files ? ` tls-cert=${files.certificate} tls-key=${files.key}` : ''
  const helper = '/usr/lib/squid/basic_ncsa_auth'
  const authentication = user
    ? `auth_param basic program ${helper} ${writeHtpasswd(folder, user)}
acl known proxy_auth REQUIRED
http_access deny !known`
    : ''
  return `${tls ? 'https_port' : 'http_port'} ${address}:${port}${tls}
${authentication}
http_access allow all
hosts_file ${hosts}
dns_nameservers 127.0.0.1
visible_hostname proxy.corp
pid_filename none
cache deny all
logformat visits %rm %ru %>Hs
access_log stdio:${log} visits
buffered_logs off
cache_log ${join(folder, 'cache.log')}
netdb_filename none
shutdown_lifetime 0 seconds
`
}

/** Squid writes a tunnel's line once it is closed. */
async function readVisits(log: string): Promise<string[]> {
  await sleep(300)
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').filter(Boolean) : []
}
