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
  denoClientOptions,
  denyingTlsOptions,
  httpsAgent,
  tlsOptions,
  undiciDispatcher,
} from '../../dist/transport.js'

const [, , jobFile, resultFile] = process.argv
const job = JSON.parse(readFileSync(jobFile, 'utf8'))
const HOST = 'localhost'
const PATIENCE = 10_000

const direct = { kind: 'direct', reason: 'not-configured', entry: undefined }
const proxiedBy = (scheme, port) => ({
  kind: 'proxy',
  reason: 'https-proxy',
  url: `${scheme}://${HOST}:${port}`,
  authorization: new Secret(job.proxyAuthorization),
})
const proxied = proxiedBy('http', job.proxyPort)
const proxiedOverTls = proxiedBy('https', job.tlsProxyPort)
const proxiedByStranger = proxiedBy('https', job.strangerPort)

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
    const credentials = `Proxy-Authorization: ${job.proxyAuthorization}`
    socket.write(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${credentials}\r\n\r\n`)
  })
}

const byUndiciFetch = async (dispatcher, url) =>
  (await undici.fetch(url, { dispatcher, redirect: 'manual' })).text()
const byUndiciRequest = async (dispatcher, url) =>
  (await undici.request(url, { dispatcher })).body.text()
const byFetch = async (options, url) =>
  (await fetch(url, { ...options, redirect: 'manual' })).text()

const undiciProxyWithMistake = ({ url }) =>
  new undici.ProxyAgent({
    uri: url,
    token: job.proxyAuthorization,
    requestTls: denyingTlsOptions(),
  })

// adapt: what the adapter makes of a trust. mistake: what is emitted for deny-all all the same, handed
// on. request: asks the URL with either.
const PATHS = {
  'tls.connect': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: (options, url) => getByTls(url, options),
  },
  'tls.connect through CONNECT': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: async (options, url) => {
      const socket = await tunnel(url)
      return getByTls(url, { socket, ...options })
    },
  },
  'tls.connect with a session that another trust opened': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: async (options, url) => {
      const session = await getByTls(url.replace('/cell/', '/before/'), trusting).catch(() => {})
      return getByTls(url, { session, ...options })
    },
  },
  'tls.connect with CAs and a context of another trust': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: (options, url) => getByTls(url, { ...trustingOptions, ...options }),
  },
  'https.request': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: (options, url) => get(url, options),
  },
  'https.request beside an agent that has trusted and kept its socket': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
    request: async (options, url) => {
      await get(url.replace('/cell/', '/before/'), { agent: trustingAgent }).catch(() => {})
      return get(url, { agent: trustingAgent, ...options })
    },
  },
  'https.request beside a global agent that was loosened': {
    adapt: tlsOptions,
    mistake: denyingTlsOptions,
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
  'https.Agent': {
    adapt: (trust) => httpsAgent(trust, https),
    mistake: () => new https.Agent({ keepAlive: true, ...denyingTlsOptions() }),
    request: (agent, url) => get(url, { agent }),
  },
  'https.Agent with a session that another trust opened': {
    adapt: (trust) => httpsAgent(trust, https),
    mistake: () => new https.Agent({ keepAlive: true, ...denyingTlsOptions() }),
    request: async (agent, url) => {
      const session = await getByTls(url.replace('/cell/', '/before/'), trusting).catch(() => {})
      return get(url, { agent, session })
    },
  },
  'https.Agent with CAs and a context of another trust': {
    adapt: (trust) => httpsAgent(trust, https),
    mistake: () => new https.Agent({ keepAlive: true, ...denyingTlsOptions() }),
    request: (agent, url) => get(url, { agent, ...trustingOptions }),
  },
  'undici fetch': {
    adapt: (trust) => undiciDispatcher(trust, direct, undici),
    mistake: () => new undici.Agent({ connect: denyingTlsOptions() }),
    request: byUndiciFetch,
  },
  'undici request': {
    adapt: (trust) => undiciDispatcher(trust, direct, undici),
    mistake: () => new undici.Agent({ connect: denyingTlsOptions() }),
    request: byUndiciRequest,
  },
  'undici fetch through CONNECT': {
    adapt: (trust) => undiciDispatcher(trust, proxied, undici),
    mistake: () => undiciProxyWithMistake(proxied),
    request: byUndiciFetch,
  },
  'undici request through CONNECT': {
    adapt: (trust) => undiciDispatcher(trust, proxied, undici),
    mistake: () => undiciProxyWithMistake(proxied),
    request: byUndiciRequest,
  },
  'undici request through CONNECT over TLS': {
    adapt: (trust) => undiciDispatcher(trust, proxiedOverTls, undici),
    mistake: () => undiciProxyWithMistake(proxiedOverTls),
    request: byUndiciRequest,
  },
  'undici request through a proxy that only the registry may trust': {
    adapt: (trust) => undiciDispatcher(trust, proxiedByStranger, undici),
    request: byUndiciRequest,
  },
  "Bun's fetch through CONNECT over TLS": {
    adapt: (trust, host) => bunFetchOptions(trust, proxiedOverTls, host),
    request: byFetch,
  },
  "Bun's fetch": {
    adapt: (trust, host) => bunFetchOptions(trust, direct, host),
    mistake: () => ({ tls: denyingTlsOptions() }),
    request: byFetch,
  },
  "Bun's fetch through CONNECT": {
    adapt: (trust, host) => bunFetchOptions(trust, proxied, host),
    mistake: () => ({ tls: denyingTlsOptions(), proxy: bunFetchOptions(WEB_PKI, proxied).proxy }),
    request: byFetch,
  },
  "Deno's fetch": {
    adapt: (trust) => {
      const options = denoClientOptions(trust, direct)
      return { client: globalThis.Deno.createHttpClient(options) }
    },
    request: byFetch,
  },
}

const WEB_PKI = { kind: 'web-pki' }

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
function adapt(path, config, host) {
  if (config === undefined) return { client: path.mistake() }
  const { tls: trust } = createResolver(parseConfig(config)).resolve('registry.corp/acme/app')
  try {
    return { client: path.adapt(trust, host) }
  } catch (error) {
    if (typeof error.code !== 'string') throw error
    return { refusal: error.code }
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
for (const { path, trust, host, config, cells } of job.rows) {
  const { client, refusal } = adapt(PATHS[path], config, host)
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
