import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { importPKCS8, SignJWT } from 'jose'
import type { Identity } from './certificates.js'
import { SERVICE } from './registry.js'
import { type Received, serve } from './servers.js'

export const ISSUER = 'token service under test'

interface Account {
  readonly name: string
  readonly password: string
  readonly refreshToken: string
  /** Whether the OAuth2 grant is spoken here, or POST answers 404. */
  readonly speaksOAuth: boolean
}

export interface TokenService {
  readonly received: Received[]
  /** The tokens that were handed out: as secret as a password. */
  readonly granted: readonly string[]
}

/** A token service that signs for docker-registry, which trusts the signer's certificate (`x5c`). */
export async function startTokenService(
  address: string,
  identity: Identity,
  signer: Identity,
  account: Account,
): Promise<TokenService> {
  const granted: string[] = []
  const { received } = await serve(address, identity, async (request, response) => {
    const scope = scopeFor(request, account)
    if (typeof scope === 'number') return response.writeHead(scope).end()
    const token = await sign(signer, scope)
    granted.push(token)
    return answer(response, request.method === 'POST' ? { access_token: token } : { token })
  })
  return { received, granted }
}

function answer(response: ServerResponse, token: Readonly<Record<string, string>>): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ...token, expires_in: 300 }))
}

/** What the request may have, or with which status it is refused. */
function scopeFor({ method, url, headers, body }: Received, account: Account): string | number {
  if (method === 'POST') {
    if (!account.speaksOAuth) return 404
    const form = new URLSearchParams(body)
    const isGrant = form.get('grant_type') === 'refresh_token'
    const isKnown = form.get('refresh_token') === account.refreshToken
    return isGrant && isKnown ? (form.get('scope') ?? '') : 401
  }
  const pair = Buffer.from(`${account.name}:${account.password}`).toString('base64')
  if (headers.authorization !== `Basic ${pair}`) return 401
  return new URL(url, 'https://unused').searchParams.get('scope') ?? ''
}

async function sign({ cert, key }: Identity, scope: string): Promise<string> {
  const [type, name, actions = ''] = scope.split(':')
  const der = cert.replace(/-----[^-]+-----|\s/g, '')
  return new SignJWT({ access: [{ type, name, actions: actions.split(',') }] })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [der] })
    .setIssuer(ISSUER)
    .setAudience(SERVICE)
    .setSubject('puller')
    .setJti(randomUUID())
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('5m')
    .sign(await importPKCS8(key, 'ES256'))
}
