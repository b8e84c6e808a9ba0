/**
 * A registry, a token service, a storage and a proxy that do everything wrong, over real connections.
 * Each time the puller has to end by itself, with one clear line, and leave nothing behind: `pull`
 * checks that.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Authority, makeAuthority } from './support/certificates.js'
import {
  blobsOf,
  type Descriptor,
  digestOf,
  INDEX_TYPE,
  MANIFEST_TYPE,
  makeImage,
  type TestImage,
} from './support/image.js'
import { atEnd, workshop } from './support/programs.js'
import { expectError, type PullOptions, pull, rule, run } from './support/pull.js'
import { type Handler, serve, type TestServer } from './support/servers.js'

const NAMES = { 'faulty.corp': '127.0.4.2', 'storage.corp': '127.0.4.3', 'proxy.corp': '127.0.4.4' }
const PASSWORD = 'correct horse'
const HASTY = ['--silence', '2', '--deadline', '4']

let ca: Authority
let image: TestImage
let layer: Descriptor
let registry: TestServer
let storage: TestServer
/** What the registry does with the requests of a kind, in place of what it should do. */
let faults: Partial<Record<'manifests' | 'blobs' | 'token' | 'all', Handler>>

beforeAll(async () => {
  ca = await makeAuthority('Corporate Root')
  image = makeImage()
  const manifest = readFileSync(join(image.folder, 'blobs', image.digest.replace(':', '/')), 'utf8')
  layer = JSON.parse(manifest).layers[0]
  registry = await serve(
    NAMES['faulty.corp'],
    await ca.issue(['faulty.corp']),
    (request, response) => {
      const kind = ['manifests', 'blobs', 'token'].find((name) => request.url.includes(`/${name}`))
      const fault = faults.all ?? faults[kind as keyof typeof faults]
      return (fault ?? answerWell)(request, response)
    },
  )
  storage = await serve(NAMES['storage.corp'], await ca.issue(['storage.corp']), answerWell)
})

beforeEach(() => {
  faults = {}
  registry.received.length = 0
  storage.received.length = 0
})

const answerWell: Handler = ({ url }, response) => {
  const digest = /sha256:[0-9a-f]{64}/.exec(url)?.[0] ?? ''
  const file = join(image.folder, 'blobs', digest.replace(':', '/'))
  if (digest === '' || !existsSync(file)) return response.writeHead(404).end()
  const type = url.includes('/manifests/') ? MANIFEST_TYPE : 'application/octet-stream'
  return response.writeHead(200, { 'content-type': type }).end(readFileSync(file))
}

const answerWith =
  (status: number, headers: Readonly<Record<string, string>> = {}, body = ''): Handler =>
  (_, response) =>
    response.writeHead(status, headers).end(body)

/** Sends a piece again and again, until the puller has had enough. */
async function sendForever(response: ServerResponse, piece: Buffer, pause = 0): Promise<void> {
  response.writeHead(200)
  while (!response.destroyed) {
    const isRoom = response.write(piece)
    if (pause > 0) await sleep(pause)
    else if (!isRoom) await nextDrain(response)
  }
}

function nextDrain(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
}

const MEGABYTE = Buffer.alloc(1024 * 1024)

function pullIt(options: Partial<PullOptions> = {}, digest = image.digest, extra = '') {
  const keys = { 'ca-certs': ca.pem, username: 'puller', password: PASSWORD }
  const config = extra + rule('.corp.', keys)
  return pull(config, `faulty.corp/team/app@${digest}`, { names: NAMES, flags: HASTY, ...options })
}

test('without a fault it pulls', async () => {
  const { code, folder } = await pullIt()
  expect(code).toBe(0)
  expect(blobsOf(folder)).toEqual(blobsOf(image.folder))
})

describe('blobs', () => {
  const content = () => readFileSync(join(image.folder, 'blobs', layer.digest.replace(':', '/')))
  /** The fault is in the first layer: the configuration arrives well. */
  const faultyLayer = (fault: Handler) => {
    faults.blobs = (request, response) =>
      (request.url.includes(layer.digest) ? fault : answerWell)(request, response)
  }

  test.each<[string, Handler, RegExp | string]>([
    [
      'the connection ends in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': layer.size })
        response.write(content().subarray(0, 1000), () => response.destroy())
      },
      /sha256:\w+: /,
    ],
    [
      'other bytes of the right length',
      (_, response) => response.end(Buffer.alloc(layer.size)),
      'is something else',
    ],
    [
      'too few bytes',
      (_, response) => response.end(content().subarray(1)),
      /ended after \d+ of \d+ bytes/,
    ],
    [
      'one byte too many',
      (_, response) => response.end(Buffer.concat([content(), Buffer.from('!')])),
      /is longer than \d+ bytes/,
    ],
    [
      'a length that is too short',
      (_, response) => response.writeHead(200, { 'content-length': 10 }).end(content()),
      /ended after 10 of|sha256:\w+: /,
    ],
    [
      'a length that is too long',
      (_, response) => {
        response.writeHead(200, { 'content-length': layer.size + 10 })
        response.end(content())
      },
      /sha256:\w+: /,
    ],
    ['no end', (_, response) => sendForever(response, MEGABYTE), /is longer than \d+ bytes/],
    ['silence', () => undefined, 'UND_ERR_HEADERS_TIMEOUT'],
    [
      'silence in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': layer.size })
        response.write(content().subarray(0, 1000))
      },
      'Body Timeout',
    ],
    [
      'a slow drip',
      (_, response) => sendForever(response, Buffer.from('.'), 200),
      'it took longer than 4 seconds',
    ],
    ['404', answerWith(404), 'https://faulty.corp answered 404'],
  ])('%s', async (_, fault, message) => {
    faultyLayer(fault)
    expectError(await pullIt(), message)
  })
})

describe('manifests', () => {
  const digest = `sha256:${'0'.repeat(64)}`
  const descriptor = { mediaType: 'application/octet-stream', digest, size: 1 }
  const manifest = { mediaType: MANIFEST_TYPE, config: descriptor, layers: [descriptor] }
  const index = (entry: unknown) => ({ mediaType: INDEX_TYPE, manifests: [entry] })
  const platform = { os: 'linux', architecture: 'amd64' }

  test('another manifest than the digest says', async () => {
    faults.manifests = answerWith(200, { 'content-type': MANIFEST_TYPE }, JSON.stringify(manifest))
    expectError(await pullIt(), `${image.digest} is something else`)
  })

  test('more issues than there is room for', async () => {
    const body = `{"mediaType":"${INDEX_TYPE}","manifests":[${'{},'.repeat(1_300_000)}{}]}`
    faults.manifests = (_, response) => response.end(body)
    const options = { env: { NODE_OPTIONS: '--max-old-space-size=512' }, flags: [] }
    expectError(await pullIt(options, digestOf(body)), 'malformed at manifests.0.mediaType')
  })

  test('no end', async () => {
    faults.manifests = (_, response) => sendForever(response, MEGABYTE)
    expectError(await pullIt(), 'the manifest is longer than 4194304 bytes')
  })

  test.each<[string, unknown, string]>([
    ['no JSON', undefined, 'is no JSON'],
    ['no object', [], 'malformed at config'],
    ['null', null, 'malformed at config'],
    ['an unknown type', { ...manifest, mediaType: 'text/plain' }, 'malformed at mediaType'],
    ['both an image and an index', { ...manifest, manifests: [] }, 'malformed at manifests'],
    [
      'a digest that is a path',
      { ...manifest, layers: [{ ...descriptor, digest: 'sha256:../../../../etc/passwd' }] },
      'malformed at layers.0.digest',
    ],
    [
      'a negative length',
      { ...manifest, layers: [{ ...descriptor, size: -1 }] },
      'malformed at layers.0.size',
    ],
    [
      'a type that is no header field',
      { ...manifest, layers: [{ ...descriptor, mediaType: 'a\r\nb: c' }] },
      'malformed at layers.0.mediaType',
    ],
    ['an entry that is no object', { ...manifest, layers: [7] }, 'malformed at layers.0'],
    ['no configuration', { ...manifest, config: undefined }, 'malformed at config'],
    [
      'one digest with two lengths',
      { ...manifest, layers: [{ ...descriptor, size: 2 }] },
      'has two lengths',
    ],
    ['an index without the platform', index({ ...descriptor }), "the image isn't there for"],
    ['an index of what is missing', index({ ...descriptor, platform }), 'answered 404'],
  ])('%s', async (_, value, message) => {
    const body = value === undefined ? '{' : JSON.stringify(value)
    faults.manifests = ({ url }, response) =>
      url.includes(digest)
        ? response.writeHead(404).end()
        : response.writeHead(200, { 'content-type': MANIFEST_TYPE }).end(body)
    const flags = [...HASTY, '--platform', 'linux/amd64']
    expectError(await pullIt({ flags }, digestOf(body)), message)
  })

  test('an index with another length than the manifest has', async () => {
    const size = 1
    const body = JSON.stringify(
      index({ mediaType: MANIFEST_TYPE, digest: image.digest, size, platform }),
    )
    faults.manifests = (request, response) =>
      request.url.includes(image.digest) ? answerWell(request, response) : response.end(body)
    const flags = [...HASTY, '--platform', 'linux/amd64']
    expectError(await pullIt({ flags }, digestOf(body)), `${image.digest} has another length`)
  })

  test('an index in an index', async () => {
    const inner = JSON.stringify(index({ ...descriptor, platform }))
    const entry = { mediaType: INDEX_TYPE, digest: digestOf(inner), size: inner.length, platform }
    const outer = JSON.stringify(index(entry))
    faults.manifests = ({ url }, response) =>
      response.end(url.includes(digestOf(inner)) ? inner : outer)
    const flags = [...HASTY, '--platform', 'linux/amd64']
    expectError(await pullIt({ flags }, digestOf(outer)), 'leads to another index')
  })
})

describe('authentication', () => {
  const bearer = { 'www-authenticate': 'Bearer realm="https://faulty.corp/token",service="s"' }
  const count = (path: string) => registry.received.filter(({ url }) => url.includes(path)).length
  const TOKEN = 'granted-for-nothing'

  test('Basic refused again and again: sent once', async () => {
    faults.manifests = answerWith(401, { 'www-authenticate': 'Basic realm="x"' })
    expectError(await pullIt(), 'answered 401')
    expect(count('/manifests')).toBe(2)
  })

  test('a token refused again and again', async () => {
    faults.manifests = answerWith(401, bearer)
    faults.token = answerWith(200, {}, JSON.stringify({ token: TOKEN }))
    expectError(await pullIt({ secrets: [TOKEN] }), 'answered 401')
    expect([count('/manifests'), count('/token')]).toEqual([2, 1])
  })

  test('another token refused each time', async () => {
    faults.manifests = answerWith(401, bearer)
    faults.token = (_, response) => response.end(JSON.stringify({ token: `t${count('/token')}` }))
    expectError(await pullIt(), 'answered 401')
    expect([count('/manifests'), count('/token')]).toEqual([2, 1])
  })

  test('Bearer for the manifest, and Basic for the blobs', async () => {
    const demand = (scheme: string, challenge: string): Handler => {
      const headers = { 'www-authenticate': challenge }
      return (request, response) => {
        const isRight = request.headers.authorization?.startsWith(`${scheme} `)
        return (isRight ? answerWell : answerWith(401, headers))(request, response)
      }
    }
    faults.token = answerWith(200, {}, JSON.stringify({ token: TOKEN }))
    faults.manifests = demand('Bearer', bearer['www-authenticate'])
    faults.blobs = demand('Basic', 'Basic realm="x"')
    expect((await pullIt({ secrets: [TOKEN] })).code).toBe(0)
  })

  test('a scheme that nobody knows', async () => {
    faults.manifests = answerWith(401, { 'www-authenticate': 'Negotiate' })
    expectError(await pullIt(), 'neither Basic nor Bearer')
  })

  test('a realm on this machine', async () => {
    faults.manifests = answerWith(401, { 'www-authenticate': 'Bearer realm="https://127.0.4.1/t"' })
    expectError(await pullIt(), "the realm of the registry's Bearer challenge is refused")
  })

  test.each<[string, Handler, string]>([
    [
      'a token of 10 MB',
      answerWith(200, {}, JSON.stringify({ token: 'x'.repeat(10_000_000) })),
      'is longer than 1 MiB',
    ],
    ['an endless answer', (_, response) => sendForever(response, MEGABYTE), 'is longer than 1 MiB'],
    ['no JSON', answerWith(200, {}, 'nonsense'), 'expected JSON'],
    ['a token with a line end', answerWith(200, {}, '{"token":"a\\r\\nb"}'), 'visible ASCII'],
    ['a redirect', answerWith(302, { location: 'https://storage.corp/' }), 'status 302'],
    ['silence', () => undefined, 'UND_ERR_HEADERS_TIMEOUT'],
    ['401', answerWith(401, bearer), 'it refuses the credentials'],
  ])('a token service with %s', async (_, fault, message) => {
    faults.manifests = answerWith(401, bearer)
    faults.token = fault
    expectError(await pullIt(), message)
    expect(storage.received).toEqual([])
  })

  test('a 401 in the middle: another token is got', async () => {
    const tokens = ['first-token', 'second-token']
    faults.token = ({ headers }, response) => {
      expect(headers.authorization).toMatch(/^Basic /)
      response.end(JSON.stringify({ token: tokens[count('/token') - 1] }))
    }
    const demand =
      (token = ''): Handler =>
      (request, response) => {
        const isRight = request.headers.authorization === `Bearer ${token}`
        return (isRight ? answerWell : answerWith(401, bearer))(request, response)
      }
    faults.manifests = demand(tokens[0])
    faults.blobs = demand(tokens[1])
    expect((await pullIt({ secrets: tokens })).code).toBe(0)
    expect(count('/token')).toBe(2)
  })
})

describe('a busy registry', () => {
  const busy = (status: number, times: number, headers = {}) => {
    let left = times
    faults.manifests = (request, response) => {
      const answer = left-- > 0 ? answerWith(status, headers) : answerWell
      return answer(request, response)
    }
  }
  const timed = async () => {
    const start = Date.now()
    const pulled = await pullIt({ flags: ['--deadline', '15'] })
    return { pulled, seconds: (Date.now() - start) / 1000 }
  }

  test.each([500, 502, 503, 504, 599])('%i twice, then the manifest', async (status) => {
    busy(status, 2, { 'retry-after': '0' })
    expect((await timed()).pulled.code).toBe(0)
    expect(registry.received.filter(({ url }) => url.includes('/manifests'))).toHaveLength(3)
  })

  test('429 with a number of seconds', async () => {
    busy(429, 1, { 'retry-after': '2' })
    const { pulled, seconds } = await timed()
    expect(pulled.code).toBe(0)
    expect(seconds).toBeGreaterThan(2)
  })

  test('429 with a date that has passed', async () => {
    busy(429, 1, { 'retry-after': new Date(0).toUTCString() })
    expect((await timed()).pulled.code).toBe(0)
  })

  test('503 without a word: it waits longer each time, and gives up', async () => {
    busy(503, Number.POSITIVE_INFINITY)
    const { pulled, seconds } = await timed()
    expectError(pulled, 'https://faulty.corp answered 503')
    expect(registry.received.filter(({ url }) => url.includes('/manifests'))).toHaveLength(5)
    expect(seconds).toBeGreaterThan(3.7)
  })

  test.each(['86400', '99999999999'])('%s seconds: it gives up at once', async (seconds) => {
    busy(429, Number.POSITIVE_INFINITY, { 'retry-after': seconds })
    expectError(await pullIt(), 'left alone for too long')
    expect(registry.received.filter(({ url }) => url.includes('/manifests'))).toHaveLength(1)
  })

  test('429 with what is neither a number nor a date: it waits as it would without', async () => {
    busy(429, 1, { 'retry-after': '-1' })
    const { pulled, seconds } = await timed()
    expect(pulled.code).toBe(0)
    expect(seconds).toBeGreaterThan(0.25)
  })

  test.each([
    ['GET', { username: 'puller', password: PASSWORD }],
    ['POST', { identitytoken: 'opaque-refresh-token' }],
  ])('a token service, asked by %s', async (method, keys) => {
    const token = 'granted-at-last'
    let left = 2
    faults.token = (request, response) => {
      const isBusy = left-- > 0
      if (isBusy) return answerWith(503, { 'retry-after': '0' })(request, response)
      return response.end(JSON.stringify({ token, access_token: token }))
    }
    const challenge = 'Bearer realm="https://faulty.corp/token",service="s"'
    faults.manifests = (request, response) => {
      const isRight = request.headers.authorization === `Bearer ${token}`
      const refuse = answerWith(401, { 'www-authenticate': challenge })
      return (isRight ? answerWell : refuse)(request, response)
    }
    const config = rule('.corp.', { 'ca-certs': ca.pem, ...keys })
    const name = `faulty.corp/team/app@${image.digest}`
    const pulled = await pull(config, name, { names: NAMES, flags: HASTY, secrets: [token] })
    expect(pulled.code).toBe(0)
    const asked = registry.received.filter(({ url }) => url.startsWith('/token'))
    expect(asked.map((request) => request.method)).toEqual([method, method, method])
  })

  test('longer than there is time', async () => {
    busy(429, Number.POSITIVE_INFINITY, { 'retry-after': '30' })
    expectError(await pullIt(), 'it took longer than 4 seconds')
  })
})

describe('a body that nobody wants', () => {
  const basic = { 'www-authenticate': 'Basic realm="x"' }
  /** Asks for credentials with such a body, and answers well once it has them. */
  const askWith = (writeBody: (response: ServerResponse) => unknown) => {
    faults.manifests = (request, response) => {
      if (request.headers.authorization) return answerWell(request, response)
      response.writeHead(401, basic)
      return writeBody(response)
    }
  }

  test('without end', async () => {
    askWith(async (response) => {
      while (!response.destroyed) if (!response.write(MEGABYTE)) await nextDrain(response)
    })
    expect((await pullIt()).code).toBe(0)
  })

  test('that breaks off', async () => {
    askWith((response) => response.write('half', () => response.destroy()))
    expect((await pullIt()).code).toBe(0)
  })

  test('that drips', async () => {
    askWith(async (response) => {
      for (; !response.destroyed; await sleep(200)) response.write('.')
    })
    expect((await pullIt()).code).toBe(0)
  })
})

describe('redirects', () => {
  test.each<[string, string, string]>([
    ['in a circle', '/v2/team/app/blobs/again', 'more than 5 redirects'],
    ['to no URL', 'https://[', 'leads to no URL'],
    ['to where nobody is', 'https://storage.corp:444/', 'ECONNREFUSED'],
    ['to a name that nobody has', 'https://nowhere.corp/', 'ENOTFOUND'],
  ])('%s', async (_, location, message) => {
    faults.blobs = answerWith(307, { location })
    expectError(await pullIt(), message)
  })

  test('without a target', async () => {
    faults.blobs = answerWith(307)
    expectError(await pullIt(), 'answered 307')
  })

  test('to a storage that wants credentials: it gets none', async () => {
    faults.blobs = answerWith(307, { location: 'https://faulty.corp/v2/again' })
    faults.all = ({ url, headers }, response) => {
      const isKnown = headers.authorization !== undefined
      if (url.includes('/blobs/') && isKnown) return faults.blobs?.({} as never, response)
      if (url.includes('/manifests/') && isKnown) return answerWell({ url } as never, response)
      return response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
    }
    expectError(await pullIt(), 'https://faulty.corp answered 401')
    expect(registry.received.at(-1)).toMatchObject({ url: '/v2/again' })
    expect(registry.received.at(-1)?.headers.authorization).toBeUndefined()
  })
})

describe('connections', () => {
  /** A server that takes connections, and writes this. */
  async function listen(address: string, port: number, greeting: string): Promise<void> {
    const sockets: Socket[] = []
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => socket.destroy()))
      if (greeting) socket.write(greeting)
    })
    await new Promise<void>((resolve) => server.listen(port, address, resolve))
    atEnd(() => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    })
  }

  test('what speaks no TLS', async () => {
    await listen('127.0.4.5', 443, 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    const names = { ...NAMES, 'faulty.corp': '127.0.4.5' }
    expectError(await pullIt({ names }), /https:\/\/faulty\.corp \(/)
  })

  test.each([
    [443, ''],
    [13128, `[extra-env]\nHTTPS_PROXY = "http://user:sesame-open@proxy.corp:13128"\n`],
  ])('silence at port %i', async (port, extra) => {
    await listen('127.0.4.4', port, '')
    const names = { ...NAMES, 'faulty.corp': '127.0.4.4' }
    const pulled = await pullIt({ names, secrets: ['sesame-open'] }, image.digest, extra)
    expectError(pulled, 'it took longer than 4 seconds')
  })
})

test('a proxy that undici has no client for: nothing goes past it', async () => {
  const plain = await serve(NAMES['faulty.corp'], undefined, answerWell)
  const config = `[extra-env]
HTTPS_PROXY = "socks5://proxy.corp:1080"
${rule('faulty.corp', { 'insecure-skip-verify': true })}`
  const pulled = await pull(config, `faulty.corp/team/app@${image.digest}`, { names: NAMES })
  expectError(pulled, 'only proxies with http:// or https://')
  expect([registry.received, plain.received]).toEqual([[], []])
})

describe('this machine', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s in the middle', async (signal) => {
    let interrupt = () => {}
    faults.blobs = () => interrupt()
    const onStart: PullOptions['onStart'] = (child) => {
      interrupt = () => child.kill(signal)
    }
    expectError(await pullIt({ onStart, flags: [] }), 'interrupted')
  })

  test('a folder that exists stays as it is', async () => {
    const folder = mkdtempSync(join(workshop, 'taken-'))
    const file = join(folder, 'config.toml')
    writeFileSync(file, rule('.', { 'ca-certs': ca.pem }))
    const args = [file, `faulty.corp/team/app@${image.digest}`, folder]
    expect(await run(args, { names: NAMES })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the folder exists already'),
    })
    expect(readdirSync(folder)).toEqual(['config.toml'])
    expect(registry.received).toEqual([])
  })

  test('a folder that appears meanwhile stays as it is', async () => {
    const parent = mkdtempSync(join(workshop, 'race-'))
    const folder = join(parent, 'layout')
    faults.blobs = (request, response) => {
      mkdirSync(join(folder, "somebody else's"), { recursive: true })
      return answerWell(request, response)
    }
    const file = join(workshop, 'race.toml')
    writeFileSync(file, rule('.', { 'ca-certs': ca.pem }) + rule('.corp', { 'ca-certs': ca.pem }))
    const args = [file, `faulty.corp/team/app@${image.digest}`, folder]
    expect((await run(args, { names: NAMES })).stderr).toMatch(/error: .*ENOTEMPTY/)
    expect([readdirSync(parent), readdirSync(folder)]).toEqual([['layout'], ["somebody else's"]])
  })

  test.each<[string, readonly string[]]>([
    ['too few words', ['x']],
    ['an unknown flag', ['--nonsense', 'a', 'b', 'c']],
    ['a deadline that is no number', ['--deadline', 'soon', 'a', 'b', 'c']],
    ['a deadline without end', ['--deadline', 'Infinity', 'a', 'b', 'c']],
    ['a longer silence than a timer can wait', ['--silence', '2147484', 'a', 'b', 'c']],
  ])('%s: it shows how it is called', async (_, args) => {
    const { code, stderr } = await run(args, { names: {} })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Usage: /)
  })

  test('a folder that nobody can make', async () => {
    const file = join(workshop, 'unwritable.toml')
    writeFileSync(file, '')
    const args = [file, `faulty.corp/team/app@${image.digest}`, join(file, 'layout')]
    const { code, stderr } = await run(args, { names: NAMES })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: ENOTDIR: /)])
  })

  test('a configuration that is not there', async () => {
    const { code, stderr } = await run(['/nowhere.toml', 'a', join(workshop, 'x')], { names: {} })
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: ENOENT: .*nowhere\.toml/)])
  })
})
