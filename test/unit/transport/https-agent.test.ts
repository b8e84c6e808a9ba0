import { once } from 'node:events'
import https from 'node:https'
import type { TLSSocket } from 'node:tls'
import { connect, createSecureContext } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { httpsAgent } from '../../../src/transport/https-agent.js'
import { type LoopbackServer, startRegistry } from '../../support/loopback.js'
import { type Authority, createAuthority, createIdentity } from '../../support/pki.js'
import {
  attempt,
  DENY_ALL,
  proxyAt,
  routeOf,
  SKIP_VERIFY,
  trustIn,
  WEB_PKI,
} from '../../support/routes.js'

let ca: Authority
let other: Authority
let server: LoopbackServer
const NOT_VOUCHED_FOR = /^UNABLE_TO_(?:GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE)$/
const pemOf = ({ certificate }: Authority) => certificate.toString('pem')

beforeAll(async () => {
  ca = await createAuthority('Corporate Root')
  other = await createAuthority('Another Root')
  server = await startRegistry(await createIdentity(ca))
})
afterAll(() => server.close())

/** The path that the server saw, or the code of the error. */
function get(
  agent: https.Agent,
  path: string,
  options: https.RequestOptions = {},
): Promise<string> {
  const url = `https://localhost:${server.port}${path}`
  return new Promise((resolve) => {
    const request = https.get(url, { agent, ...options }, (response) => {
      response.resume().on('end', () => resolve('answered'))
    })
    request.on('error', (error: NodeJS.ErrnoException) => resolve(String(error.code)))
  })
}

/** A session with the server that was opened without verification. */
function openSession(): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { port: server.port, rejectUnauthorized: false, servername: 'localhost' }
    const socket: TLSSocket = connect(options, () =>
      socket.write('GET /before HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
    )
    socket.once('session', resolve).once('error', reject).resume()
  })
}

describe('httpsAgent', () => {
  it('is an agent of the class, for one trust, that resumes no session', () => {
    const agent = httpsAgent(routeOf(trustIn(pemOf(ca))), https)
    expect(agent).toBeInstanceOf(https.Agent)
    expect(agent.options).toMatchObject({ rejectUnauthorized: true, maxCachedSessions: 0 })
    expect(httpsAgent(routeOf(WEB_PKI), https)).not.toBe(agent)
  })

  it('leaves the class as it is', () => {
    const before = https.Agent.prototype
    const { createConnection } = before as unknown as { createConnection: unknown }
    httpsAgent(routeOf(SKIP_VERIFY), https)
    expect(Reflect.get(before, 'createConnection')).toBe(createConnection)
    expect(new https.Agent().options.rejectUnauthorized).toBeUndefined()
  })

  it('connects by its trust, and by nothing else', async () => {
    const trusting = httpsAgent(routeOf(trustIn(pemOf(ca))), https)
    expect(await get(trusting, '/right')).toBe('answered')
    const wrong = httpsAgent(routeOf(trustIn(pemOf(other))), https)
    expect(await get(wrong, '/wrong')).toMatch(NOT_VOUCHED_FOR)
    const skipping = httpsAgent(routeOf(SKIP_VERIFY), https)
    expect(await get(skipping, '/skip')).toBe('answered')
    expect(await get(httpsAgent(routeOf(WEB_PKI), https), '/web')).not.toBe('answered')
    expect([...server.requests.keys()]).toEqual(expect.arrayContaining(['/right', '/skip']))
    expect(server.requests.has('/wrong') || server.requests.has('/web')).toBe(false)
    for (const agent of [trusting, wrong, skipping]) agent.destroy()
  })

  it('threat 11: has the last word over a request, and over the session of another trust', async () => {
    const session = await openSession()
    const agent = httpsAgent(routeOf(trustIn(pemOf(other))), https)
    const secureContext = createSecureContext({ ca: pemOf(ca) })
    const offers: https.RequestOptions[] = [
      { session } as https.RequestOptions,
      { secureContext } as https.RequestOptions,
      { ca: pemOf(ca) },
      { rejectUnauthorized: false },
      { session, secureContext, ca: pemOf(ca), rejectUnauthorized: false } as https.RequestOptions,
    ]
    for (const offer of offers) {
      expect(await get(agent, '/offered', offer)).toMatch(NOT_VOUCHED_FOR)
    }
    expect(server.requests.has('/offered')).toBe(false)
    // The control: an agent of Node's own takes each of them.
    for (const offer of offers.slice(1)) {
      expect(await get(new https.Agent(), '/control', offer)).toBe('answered')
    }
  })

  it('threat 14: connects to the name without its dot', async () => {
    const agent = httpsAgent(routeOf(trustIn(pemOf(ca))), https)
    const lookup: https.RequestOptions['lookup'] = (_name, options, callback) => {
      if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
      else callback(null, '127.0.0.1', 4)
    }
    const options = { host: 'localhost.', servername: 'localhost.', lookup }
    expect(await get(agent, '/dotted', options)).toBe('answered')
    expect(server.requests.get('/dotted')).toBe('localhost')
    agent.destroy()
  })

  it('connects to this machine where no name is given, as an agent of Node does', async () => {
    const agent = httpsAgent(routeOf(trustIn(pemOf(ca))), https)
    const socket = Reflect.apply(Reflect.get(agent, 'createConnection'), agent, [
      { port: server.port },
    ]) as TLSSocket
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    socket.destroy()
    agent.destroy()
  })

  it('refuses a proxy, past which it would go', () =>
    expect(
      attempt(() => httpsAgent(routeOf(WEB_PKI, proxyAt('http://proxy.corp:3128')), https)),
    ).toMatchObject({ code: 'ERR_DECISION_UNSUPPORTED', issue: { code: 'proxy-needed' } }))

  it('denies where the rule denies', () =>
    expect(attempt(() => httpsAgent(routeOf(DENY_ALL), https))).toMatchObject({
      code: 'ERR_TRUST_DENIED',
    }))

  it.each([undefined, {}, { Agent: Boolean }])('refuses %j, which is no node:https', (module) =>
    expect(() => httpsAgent(routeOf(WEB_PKI), module as never)).toThrow(
      'httpsAgent: expected the module node:https',
    ),
  )
})
