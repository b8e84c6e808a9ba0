// The TLS of a connection as a step: what the server showed, or why that isn't trusted. For that a look
// is taken on a connection of its own, with an anchor that vouches for nothing and adds nothing to what
// the server sent; nothing is sent over it but the handshake.

import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Certificate, TlsTrust } from 'imagepuller-auth'
import { denyingTlsOptions, type TlsOptions } from 'imagepuller-auth/transport'
import type { Said } from '../step.js'
import { type Handshake, handshake, UntrustedCertificate } from './handshake.js'
import { chainOf, namesOf, show } from './shown-certificate.js'
import { StepFault } from './step-fault.js'
import { judge } from './untrusted.js'

/** A handshake that is to be made, and what its chain is judged by. */
export interface Securing extends Handshake {
  /** Opens the connection, once more for the look. */
  readonly open: () => Promise<Duplex>
  readonly tls: TlsTrust
  readonly now: number
  /** Whether it is another server than the registry: a token service, a storage or a proxy. */
  readonly isElsewhere: boolean
  /** What to do in any case, where no certificate in the rule would help. */
  readonly help?: string | undefined
}

/** The connection, secured, and what is to be said of it. */
export async function secure(
  socket: Duplex,
  securing: Securing,
): Promise<readonly [TLSSocket, Omit<Said, 'outcome'>]> {
  const { tls, host, name, now, isElsewhere, help } = securing
  try {
    const secured = await handshake(socket, securing)
    return [secured, describe(secured, tls, name)]
  } catch (error) {
    if (!(error instanceof UntrustedCertificate)) throw error
    const { code } = error
    const chain = await look(securing)
    const { message, ...more } = await judge({ chain, host, tls, now, code, isElsewhere })
    const { missing: _, ...certificates } = more
    const rest = help === undefined ? more : { ...certificates, help }
    throw new StepFault(code, `${name}: ${message}`, rest)
  }
}

/** The chain that the server shows; none if it doesn't do so twice, for whatever reason. */
async function look(securing: Securing): Promise<readonly Certificate[]> {
  try {
    return await lookOnce(securing)
  } catch {
    return []
  }
}

async function lookOnce(securing: Securing): Promise<readonly Certificate[]> {
  const { servername } = securing.options
  const options: TlsOptions = {
    ...denyingTlsOptions(),
    ...(servername === undefined ? {} : { servername }),
    rejectUnauthorized: false,
  }
  const secured = await handshake(await securing.open(), { ...securing, options })
  const chain = chainOf(secured)
  secured.destroy()
  return chain
}

function describe(secured: TLSSocket, tls: TlsTrust, name: string): Omit<Said, 'outcome'> {
  const names = namesOf(secured)
  const certificates = chainOf(secured).map((one, i) => show(one, tls, i === 0 ? names : undefined))
  const version = String(secured.getProtocol())
  // Node takes the common name where there is no alternative name; crypto/x509 doesn't.
  const isNameless = names.length === 0 && tls.kind !== 'skip-verify'
  const nameless = isNameless ? `, by its common name, which Contrast's puller refuses` : ''
  return { message: `${name}: ${version}, ${TRUSTED[tls.kind]}${nameless}`, certificates }
}

const TRUSTED: Readonly<Record<TlsTrust['kind'], string>> = {
  'ca-bundle': "the chain leads to one of the rule's certificates",
  'web-pki': "the chain leads to one of this machine's roots",
  'skip-verify': 'not verified, since the rule says insecure-skip-verify',
  'deny-all': 'trusted by nothing',
}
