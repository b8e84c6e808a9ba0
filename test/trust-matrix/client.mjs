// Runs in each of the runtimes: asks every server, with every trust, by every client path, and writes
// down what came of it. Plain JavaScript, since not every runtime reads TypeScript.
import { readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { connect } from 'node:net'
import tls from 'node:tls'
import * as undici from 'undici'
import { createResolver, parseConfig, Secret } from '../../dist/index.js'
import {
  bunFetchOptions,
  denyingTlsOptions,
  httpsAgent,
  tlsOptions,
  undiciDispatcher,
} from '../../dist/transport.js'

const [, , jobFile, resultFile] = process.argv
const job = JSON.parse(readFileSync(jobFile, 'utf8'))
const HOST = 'localhost'
const PATIENCE = 10_000

const DIRECT = { kind: 'direct', code: 'not-configured' }

/** The trust's name is the user's, so that a proxy knows whose credentials it got. */
const authorizationOf = (trust) => `Basic ${btoa(`${trust}:${job.proxyPassword}`)}`
const proxiedBy = (scheme, port) => (trust) => ({
  kind: 'proxy',
  code: 'https-proxy',
  url: `${scheme}://${HOST}:${port}`,
  authorization: new Secret(authorizationOf(trust)),
})
const byHttp = proxiedBy('http', job.proxyPort)
const byPublicTls = proxiedBy('https', job.publicProxyPort)
const byPrivateTls = proxiedBy('https', job.privateProxyPort)

// What another part of the process trusts: every root here, and any name and date.
const trusting = { ca: job.everyRoot, rejectUnauthorized: false, servername: HOST }
const trustingAgent = new https.Agent({ ...trusting, keepAlive: true })
const trustingOptions = {
  ca: job.everyRoot,
  secureContext: tls.createSecureContext({ ca: job.everyRoot }),
}

/** Every name leads to this machine: not every resolver knows `localhost.`. */
function lookup(_, options, callback) {
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

function get(url, options) {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { lookup, ...options }, (response) => {
      response.on('end', resolve).resume()
    })
    request.on('error', reject)
  })
}

/** One request over a TLS socket; gives a session, if the client is told of one. */
function getByTls(url, options) {
  const { hostname, port, pathname } = new URL(url)
  return new Promise((resolve, reject) => {
    let session
    const socket = tls.connect({ host: hostname, port: Number(port), lookup, ...options })
    socket.on('session', (given) => {
      session = given
    })
    socket.on('secureConnect', () => {
      socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(session)).resume()
  })
}

/** A socket that the proxy leads to the URL's host. */
function tunnel(url) {
  const { host } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: HOST, port: job.proxyPort })
    socket.on('error', reject)
    socket.once('data', (answer) => {
      if (String(answer).startsWith('HTTP/1.1 200')) resolve(socket)
      else reject(new Error(String(answer)))
    })
    const credentials = `Proxy-Authorization: ${authorizationOf('tunnel')}`
    socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${credentials}\r\n\r\n`)
  })
}

const byUndiciFetch = async (dispatcher, url) =>
  (await undici.fetch(url, { dispatcher, redirect: 'manual' })).text()
const byUndiciRequest = async (dispatcher, url) =>
  (await undici.request(url, { dispatcher })).body.text()
const byFetch = async (options, url) =>
  (await fetch(url, { ...options, redirect: 'manual' })).text()

const undiciProxyWithMistake = ({ url, authorization }) =>
  new undici.ProxyAgent({
    uri: url,
    token: authorization.reveal(),
    requestTls: denyingTlsOptions(),
  })

const toTlsOptions = { adapt: tlsOptions, mistake: denyingTlsOptions }
const toAgent = {
  adapt: (route) => httpsAgent(route, https),
  mistake: () => new https.Agent({ keepAlive: true, ...denyingTlsOptions() }),
}
const toDispatcher = {
  adapt: (route) => undiciDispatcher(route, undici),
  mistake: () => new undici.Agent({ connect: denyingTlsOptions() }),
}
const toProxyDispatcher = { ...toDispatcher, mistake: undiciProxyWithMistake }
const toBun = { adapt: bunFetchOptions, mistake: () => ({ tls: denyingTlsOptions() }) }

// proxy: what the route goes through, if it isn't direct. adapt: what the adapter makes of the route.
// mistake: what is emitted for deny-all all the same, handed on. request: asks the URL with either.
const PATHS = {
  'tls.connect': { ...toTlsOptions, request: (options, url) => getByTls(url, options) },
  'tls.connect through CONNECT': {
    ...toTlsOptions,
    request: async (options, url) => {
      const socket = await tunnel(url)
      return getByTls(url, { socket, ...options })
    },
  },
  'tls.connect with a session that another trust opened': {
    ...toTlsOptions,
    request: async (options, url) => {
      const session = await getByTls(url.replace('/cell/', '/before/'), trusting).catch(() => {})
      return getByTls(url, { session, ...options })
    },
  },
  'tls.connect with CAs and a context of another trust': {
    ...toTlsOptions,
    request: (options, url) => getByTls(url, { ...trustingOptions, ...options }),
  },
  'https.request': { ...toTlsOptions, request: (options, url) => get(url, options) },
  'https.request beside an agent that has trusted and kept its socket': {
    ...toTlsOptions,
    request: async (options, url) => {
      await get(url.replace('/cell/', '/before/'), { agent: trustingAgent }).catch(() => {})
      return get(url, { agent: trustingAgent, ...options })
    },
  },
  'https.request beside a global agent that was loosened': {
    ...toTlsOptions,
    request: async (options, url) => {
      Object.assign(https.globalAgent.options, trusting)
      try {
        await get(url.replace('/cell/', '/before/'), {}).catch(() => {})
        return await get(url, options)
      } finally {
        for (const name of Object.keys(trusting)) delete https.globalAgent.options[name]
      }
    },
  },
  'https.Agent': { ...toAgent, request: (agent, url) => get(url, { agent }) },
  'https.Agent with a session that another trust opened': {
    ...toAgent,
    request: async (agent, url) => {
      const session = await getByTls(url.replace('/cell/', '/before/'), trusting).catch(() => {})
      return get(url, { agent, session })
    },
  },
  'https.Agent with CAs and a context of another trust': {
    ...toAgent,
    request: (agent, url) => get(url, { agent, ...trustingOptions }),
  },
  'undici fetch': { ...toDispatcher, request: byUndiciFetch },
  'undici request': { ...toDispatcher, request: byUndiciRequest },
  'undici fetch through CONNECT': {
    ...toProxyDispatcher,
    proxy: byHttp,
    request: byUndiciFetch,
  },
  'undici request through CONNECT': {
    ...toProxyDispatcher,
    proxy: byHttp,
    request: byUndiciRequest,
  },
  'undici request through CONNECT over TLS, public root': {
    ...toProxyDispatcher,
    proxy: byPublicTls,
    request: byUndiciRequest,
  },
  'undici request through CONNECT over TLS, private root': {
    ...toProxyDispatcher,
    proxy: byPrivateTls,
    request: byUndiciRequest,
  },
  "Bun's fetch": { ...toBun, request: byFetch },
  "Bun's fetch through CONNECT": {
    ...toBun,
    proxy: byHttp,
    mistake: (proxy) => ({
      tls: denyingTlsOptions(),
      proxy: bunFetchOptions({ tls: { kind: 'web-pki' }, proxy }).proxy,
    }),
    request: byFetch,
  },
  "Bun's fetch through CONNECT over TLS, public root": {
    ...toBun,
    proxy: byPublicTls,
    request: byFetch,
  },
  "Bun's fetch through CONNECT over TLS, private root": {
    ...toBun,
    proxy: byPrivateTls,
    request: byFetch,
  },
}

async function settle(promise) {
  let timer
  const patience = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), PATIENCE)
  })
  try {
    await Promise.race([promise, patience])
    return { outcome: 'accepted' }
  } catch (error) {
    const { code, message } = error.cause ?? error
    return { outcome: 'denied', code: String(code ?? message) }
  } finally {
    clearTimeout(timer)
  }
}

/** What the adapter gives for a configuration, or the error's code; the mistake, if there is none. */
function adapt({ proxy: proxyFor, adapt, mistake }, trust, config, host) {
  const proxy = proxyFor ? proxyFor(trust) : DIRECT
  if (config === undefined) return { client: mistake(proxy) }
  const { tls: itsTls } = createResolver(parseConfig(config)).resolve('registry.corp/acme/app')
  try {
    return { client: adapt({ tls: itsTls, proxy }, host) }
  } catch (error) {
    if (typeof error.code !== 'string') throw error
    return { refusal: error.issue.code }
  }
}

/** What the same clients do without the adapters: that there is something to guard against. */
const CONTROLS = {
  'ca: []': (url) => get(url, { ca: [], rejectUnauthorized: true, agent: new https.Agent() }),
  'a session that another trust opened': async (url) => {
    const session = await getByTls(url, trusting)
    const { ca, rejectUnauthorized } = denyingTlsOptions()
    return getByTls(url, { ca, rejectUnauthorized, session })
  },
  'an agent that has trusted': async (url) => {
    await get(url, { agent: trustingAgent })
    const { ca, rejectUnauthorized } = denyingTlsOptions()
    return get(url, { ca, rejectUnauthorized, agent: trustingAgent })
  },
  'a global agent that was loosened': async (url) => {
    Object.assign(https.globalAgent.options, trusting)
    const { ca, rejectUnauthorized } = denyingTlsOptions()
    return get(url, { ca, rejectUnauthorized }).finally(() => {
      for (const name of Object.keys(trusting)) delete https.globalAgent.options[name]
    })
  },
  'the fetch of the runtime with a dispatcher of npm': (url) =>
    byFetch({ dispatcher: new undici.Agent({ connect: denyingTlsOptions() }) }, url),
  "undici's own fetch with such a dispatcher": (url) =>
    byUndiciFetch(new undici.Agent({ connect: denyingTlsOptions() }), url),
  'undici, ca at the top level': (url) => byUndiciFetch(new undici.Agent(denyingTlsOptions()), url),
  'no explicit rejectUnauthorized': (url) =>
    get(url, { ca: denyingTlsOptions().ca, agent: new https.Agent() }),
}

const results = []
for (const [name, request] of Object.entries(CONTROLS)) {
  const { id, server, url } = job.controls[results.length]
  results.push({ id, path: name, trust: 'control', server, ...(await settle(request(url))) })
}
for (const { id, server, url, ca } of job.oddControls) {
  const asked = get(url, { ca, rejectUnauthorized: true, agent: new https.Agent() })
  results.push({ id, path: 'ca', trust: 'odd control', server, ...(await settle(asked)) })
}
for (const { path, trust, host, config, cells } of job.rows) {
  const { client, refusal } = adapt(PATHS[path], trust, config, host)
  for (const { id, server, url } of cells) {
    const result = refusal
      ? { outcome: 'refused', code: refusal }
      : await settle(PATHS[path].request(client, url))
    results.push({ id, path, trust, server, host, ...result })
  }
}
// That the server without TLS is there: the control for its column.
for (const { id, server, url } of job.plain) {
  const asked = new Promise((resolve, reject) => {
    http.get(url, (response) => response.on('end', resolve).resume()).on('error', reject)
  })
  results.push({ id, path: 'http.get', trust: 'none', server, ...(await settle(asked)) })
}
writeFileSync(resultFile, JSON.stringify(results))
process.exit(0)
