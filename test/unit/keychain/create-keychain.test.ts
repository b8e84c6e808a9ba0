import { execFileSync } from 'node:child_process'
import { chmodSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import {
  attempt,
  DockerConfigError,
  findCredentials,
  parseDockerConfig,
} from '../../../src/docker-config/index.js'
import {
  askCredentialHelper,
  type CreateKeychainOptions,
  createKeychain,
  type HelperOutcome,
  type KeychainAnswer,
} from '../../../src/keychain/index.js'
import { read } from '../../support/vectors.js'

const CANARY = 'canary-of-s3crets'
const workshop = mkdtempSync(join(tmpdir(), 'keychain-'))
afterAll(() => rmSync(workshop, { recursive: true, force: true }))

let count = 0

/** A home with a configuration, and helpers as scripts in a folder of PATH. */
function homeOf(config: unknown, scripts: Readonly<Record<string, string>> = {}) {
  const home = join(workshop, String(++count))
  const bin = join(home, 'bin')
  mkdirSync(join(home, '.docker'), { recursive: true })
  mkdirSync(bin)
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  writeFileSync(join(home, '.docker', 'config.json'), text)
  for (const [name, script] of Object.entries(scripts)) {
    const file = join(bin, `docker-credential-${name}`)
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }
  return { home, bin, env: { HOME: home, PATH: `${bin}:/usr/bin:/bin` } }
}

const ask = (
  { env }: { readonly env: Readonly<Record<string, string>> },
  options: CreateKeychainOptions = {},
): Promise<KeychainAnswer> => createKeychain({ env, ...options }).credentials('ghcr.io')

/** All that comes from a pipe that is read without blocking. */
async function toEnd(reader: FileHandle): Promise<string> {
  let text = ''
  for (;;) {
    try {
      const { bytesRead, buffer } = await reader.read(Buffer.alloc(64))
      if (bytesRead === 0) return text
      text += buffer.toString('utf8', 0, bytesRead)
    } catch (error) {
      if (Object(error).code !== 'EAGAIN') throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

const says = (username: string, secret: string) =>
  `cat >/dev/null; echo '${JSON.stringify({ ServerURL: 'x', Username: username, Secret: secret })}'`

/** What credentials are, in plain text. */
function plain(answer: KeychainAnswer): unknown {
  switch (answer.kind) {
    case 'basic':
      return ['basic', Buffer.from(answer.encoded.reveal(), 'base64').toString()]
    case 'identity-token':
      return ['identity-token', answer.identityToken.reveal()]
    case 'registry-token':
      return ['registry-token', answer.registryToken.reveal()]
    case 'failure':
      return ['failure', answer.code, answer.helper]
    default:
      return [answer.kind]
  }
}

const HELPED = { credHelpers: { 'ghcr.io': 'it' } }

describe('a helper', () => {
  it('gets the server on its standard input, its environment, and no shell', async () => {
    const home = homeOf(HELPED, {
      it: `server=$(cat); echo "{\\"Username\\":\\"$server $1 $#\\",\\"Secret\\":\\"$EXTRA\\"}"`,
    })
    const env = { ...home.env, EXTRA: '$(id)' }
    expect(plain(await ask({ env }))).toEqual(['basic', 'ghcr.io get 1:$(id)'])
  })

  it('gives an identity token by its user name', async () => {
    const home = homeOf(HELPED, { it: says('<token>', CANARY) })
    expect(plain(await ask(home))).toEqual(['identity-token', CANARY])
  })

  it.each([
    ['an empty user name and secret', says('', '')],
    ['its word that it found none', 'echo "credentials not found in native keychain"; exit 1'],
  ])('has none: %s', async (_, script) => {
    expect(plain(await ask(homeOf(HELPED, { it: script })))).toEqual(['anonymous'])
  })

  it.each<[string, string, string]>([
    ['fails', `echo ${CANARY}; echo ${CANARY} >&2; exit 3`, 'helper-failed'],
    ['is killed', 'kill -9 $$', 'helper-failed'],
    ['lies', `echo ${CANARY}`, 'helper-output'],
    ['says nothing', 'exit 0', 'helper-output'],
    ['answers in another form', `echo '{"Username":7,"Secret":"${CANARY}"}'`, 'helper-output'],
    ['writes no UTF-8', `printf '{"Username":"a","Secret":"\\377"}'`, 'helper-output'],
    ['floods', `yes ${CANARY}`, 'helper-output'],
    ['floods, in one line', 'cat /dev/zero', 'helper-output'],
    ['hangs', 'sleep 60', 'helper-timeout'],
    ['drips', 'while true; do echo x; sleep 0.02; done', 'helper-timeout'],
    ['leaves a process behind that holds its output', 'sleep 60 & exit 0', 'helper-timeout'],
    ['leaves one in a session of its own', 'setsid sleep 2 & exit 0', 'helper-timeout'],
  ])('that %s is a failure that shows nothing of it', async (_, script, code) => {
    // Long enough for those that end by themselves, on a busy machine as well.
    const timeout = code === 'helper-timeout' ? 150 : 20_000
    const answer = await ask(homeOf(HELPED, { it: script }), { timeout })
    expect(plain(answer)).toEqual(['failure', code, 'it'])
    expect(inspect(answer, { depth: 9 })).not.toContain('canary')
  })

  it.each([
    ['its output', 'yes', 20_000, 'helper-output'],
    ['the time it takes', 'sleep 60', 250, 'helper-timeout'],
  ])('that is ended for %s takes along what it has started', async (_, script, timeout, code) => {
    const started = `exec 9>"$HOME/pipe"; (sleep 5; echo alive >&9) &`
    const home = homeOf(HELPED, { it: `${started} ${script}` })
    const pipe = join(home.home, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = await open(pipe, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      expect(plain(await ask(home, { timeout }))).toEqual(['failure', code, 'it'])
      // A pipe ends with the last process that holds it.
      expect(await toEnd(reader)).toBe('')
    } finally {
      await reader.close()
    }
  })

  it('that reads nothing is asked all the same', async () => {
    const home = homeOf(HELPED, { it: `exec 0<&-; echo '{"Username":"u","Secret":"p"}'` })
    const keychain = createKeychain({ env: home.env })
    for (let i = 0; i < 20; i++) {
      expect(plain(await keychain.credentials('ghcr.io'))).toEqual(['basic', 'u:p'])
    }
  })
})

describe('the program of a helper', () => {
  it('is found in PATH alone, in its order', async () => {
    const first = homeOf(HELPED, { it: says('first', 'x') })
    const second = homeOf(HELPED, { it: says('second', 'x') })
    const PATH = `${second.bin}:${first.bin}:/usr/bin:/bin`
    expect(plain(await ask({ env: { ...first.env, PATH } }))).toEqual(['basic', 'second:x'])
  })

  it.each([
    ['', 'an empty element'],
    ['.', 'a dot'],
    ['bin', 'a relative folder'],
  ])('is not found in the current folder: %j, %s', async (element) => {
    const home = homeOf(HELPED, { it: says('u', 'p') })
    const here = process.cwd()
    process.chdir(element === 'bin' ? home.home : home.bin)
    try {
      const PATH = `/nowhere:${element}`
      const answer = await ask({ env: { ...home.env, PATH } })
      expect(plain(answer)).toEqual(['failure', 'helper-not-found', 'it'])
    } finally {
      process.chdir(here)
    }
  })

  it('is no folder and no file that can’t be run', async () => {
    const home = homeOf(HELPED)
    mkdirSync(join(home.bin, 'docker-credential-it'))
    expect(plain(await ask(home))).toEqual(['failure', 'helper-not-found', 'it'])
    const other = homeOf(HELPED)
    writeFileSync(join(other.bin, 'docker-credential-it'), says('u', 'p'), { mode: 0o644 })
    expect(plain(await ask(other))).toEqual(['failure', 'helper-not-found', 'it'])
  })

  it('that the kernel refuses is a failure', async () => {
    const home = homeOf(HELPED)
    writeFileSync(join(home.bin, 'docker-credential-it'), '#!/nowhere/at/all\n', { mode: 0o755 })
    expect(plain(await ask(home))).toEqual(['failure', 'helper-failed', 'it'])
  })

  it.each(['../../bin/sh', 'a b', 'a;b', ''.padEnd(300, 'x')])('is never %j', async (name) => {
    const ran: unknown[] = []
    const run = async (request: unknown): Promise<HelperOutcome> => {
      ran.push(request)
      return { kind: 'not-found' }
    }
    const answer = await ask(homeOf({ credHelpers: { 'ghcr.io': name } }), { run })
    expect([plain(answer), ran]).toEqual([['failure', 'invalid-file', undefined], []])
  })

  it.each(['gh\ncr.io', 'ghcr.io\n'])('is never asked for %j', async (server) => {
    const ran: unknown[] = []
    const run = async (request: unknown): Promise<HelperOutcome> => {
      ran.push(request)
      return { kind: 'not-found' }
    }
    const { env } = homeOf({ credsStore: 'it' })
    const answer = await createKeychain({ env, run }).credentials(server)
    expect([plain(answer), ran]).toEqual([['failure', 'invalid-file', undefined], []])
    expect(answer).toHaveProperty(
      'message',
      'no credential helper is asked for a server with a control character',
    )
  })

  it.each([undefined, null, 'exited', 0])(
    'gave an outcome: a `run` that gives %j is misuse',
    async (outcome) => {
      const run = async () => outcome as unknown as HelperOutcome
      const misuse = new TypeError(
        'run: expected an object, whose kind says what became of the helper',
      )
      await expect(ask(homeOf(HELPED), { run })).rejects.toThrow(misuse)
      await expect(askCredentialHelper('it', 'ghcr.io', { run })).rejects.toThrow(misuse)
    },
  )
})

describe('the files', () => {
  it.each<[string, unknown, unknown]>([
    ['a pair', { auths: { 'ghcr.io': { auth: 'dTpw' } } }, ['basic', 'u:p']],
    [
      'an identity token',
      { auths: { 'ghcr.io': { identitytoken: 'i' } } },
      ['identity-token', 'i'],
    ],
    ['nothing', {}, ['anonymous']],
    ['no JSON', `{ "${CANARY}`, ['failure', 'invalid-file', undefined]],
    [
      'a broken auth',
      { auths: { 'ghcr.io': { auth: CANARY } } },
      ['failure', 'invalid-file', undefined],
    ],
  ])('with %s', async (_, config, expected) => {
    const answer = await ask(homeOf(config))
    const [kind, code] = plain(answer) as string[]
    if (kind === 'failure') expect(['invalid-file', 'invalid-credentials']).toContain(code)
    else expect(plain(answer)).toEqual(expected)
    expect(inspect(answer, { depth: 9 })).not.toContain('canary')
  })

  it('are read in the order of the program, until one has credentials', async () => {
    const files: Readonly<Record<string, string>> = {
      '/home/u/.config/containers/auth.json': '{"auths":{"ghcr.io":{"auth":"YTpi"}}}',
      '/home/u/.docker/config.json':
        '{"auths":{"ghcr.io":{"auth":"Yzpk"},"quay.io":{"auth":"ZTpm"}}}',
    }
    const asked: string[] = []
    const readFile = async (path: string) => {
      asked.push(path)
      return files[path]
    }
    const env = { HOME: '/home/u' }
    const settings = { env, platform: 'darwin', readFile } as const
    const podman = createKeychain({ ...settings, program: 'podman' })
    expect(plain(await podman.credentials('ghcr.io'))).toEqual(['basic', 'a:b'])
    expect(plain(await podman.credentials('quay.io'))).toEqual(['basic', 'e:f'])
    expect(asked.at(-1)).toBe('/home/u/.docker/config.json')
    const docker = createKeychain(settings)
    expect(plain(await docker.credentials('ghcr.io'))).toEqual(['basic', 'c:d'])
    const contrast = createKeychain({ ...settings, program: 'contrast' })
    expect(plain(await contrast.credentials('ghcr.io'))).toEqual(['basic', 'c:d'])
  })

  it.each([
    ['docker', 'https://index.docker.io/v1/'],
    ['podman', 'docker.io'],
    ['contrast', 'index.docker.io'],
  ] as const)('are asked as %s does for Docker Hub: %s', async (program, name) => {
    const asked: string[] = []
    const run = async ({ stdin }: { readonly stdin: string }): Promise<HelperOutcome> => {
      asked.push(stdin)
      const answer = '{ "Username": "u", "Secret": "p" }'
      return { kind: 'exited', exitCode: 0, stdout: new TextEncoder().encode(answer) }
    }
    const readFile = async () => JSON.stringify({ credHelpers: { [name]: 'it' } })
    const options = { env: { HOME: '/h' }, platform: 'darwin', program, readFile, run }
    for (const server of ['docker.io', 'index.docker.io']) {
      expect(plain(await createKeychain(options).credentials(server))).toEqual(['basic', 'u:p'])
    }
    expect(asked).toEqual([name, name])
    const other = await createKeychain(options).credentials('registry-1.docker.io')
    expect(plain(other)).toEqual(['anonymous'])
  })

  it('that is a folder, or not there, is none', async () => {
    expect(plain(await ask({ env: { HOME: '/nowhere' } }))).toEqual(['anonymous'])
    const home = join(workshop, 'folder')
    mkdirSync(join(home, '.docker', 'config.json'), { recursive: true })
    expect(plain(await ask({ env: { HOME: home } }))).toEqual(['anonymous'])
    expect(plain(await ask({ env: { HOME: '/dev/null' } }))).toEqual(['anonymous'])
  })

  it.each([[null], [5], [{ kind: 'failure' }]])('that read as %j are misuse', async (text) => {
    const readFile = async () => text as unknown as string
    const misuse = new TypeError(
      'readFile: expected a string or a Uint8Array, or undefined for no file',
    )
    await expect(ask({ env: { HOME: '/h' } }, { readFile })).rejects.toThrow(misuse)
  })

  it('that can’t be opened is a failure', async () => {
    const readFile = () => Promise.reject(new Error(CANARY))
    const answer = await ask({ env: { HOME: '/h' } }, { readFile })
    expect(answer).toEqual({
      kind: 'failure',
      code: 'unreadable-file',
      helper: undefined,
      message: "/h/.docker/config.json is there, and can't be opened",
    })
  })
})

interface Vector {
  readonly config?: unknown
  readonly configBase64?: string
  readonly format?: string
  readonly server: string
}

/** What Docker's command line answers: a test of `findCredentials` holds that against the vectors. */
describe('docker-credentials.json, as Docker’s command line answers', () => {
  const rows = read<Vector>('docker-credentials.json').filter(({ format }) => format === undefined)
  const textOf = ({ config, configBase64 }: Vector): string | Uint8Array => {
    if (configBase64 !== undefined) return Buffer.from(configBase64, 'base64')
    return typeof config === 'string' ? config : JSON.stringify(config)
  }
  const found = (row: Vector) =>
    attempt(() =>
      findCredentials(parseDockerConfig(textOf(row)), row.server, { program: 'docker' }),
    )

  it.each(rows.map((row, i) => [i, row.server, row] as const))('row %i: %s', async (_, __, row) => {
    const asked: string[] = []
    const keychain = createKeychain({
      env: { HOME: '/h' },
      platform: 'linux',
      readFile: async () => textOf(row),
      run: async ({ program, stdin }) => {
        asked.push(`${program} ${stdin}`)
        const stdout = new TextEncoder().encode('{"Username":"from","Secret":"helper"}')
        return { kind: 'exited', exitCode: 0, stdout }
      },
    })
    const answer = plain(await keychain.credentials(row.server))
    const credentials = found(row)
    const [kind, value] = answer as string[]
    if (credentials instanceof DockerConfigError) expect(kind).toBe('failure')
    else if (credentials.kind === 'none') expect(kind).toBe('anonymous')
    else if (credentials.kind === 'helper') {
      const { name, server } = credentials
      const isHelper = /^[A-Za-z0-9._-]{1,237}$/.test(name)
      expect(asked).toEqual(isHelper ? [`docker-credential-${name} ${server}`] : [])
      expect(answer).toEqual(
        isHelper ? ['basic', 'from:helper'] : ['failure', 'invalid-file', undefined],
      )
    } else {
      expect(kind).toBe(credentials.kind)
      if (credentials.kind === 'identity-token') {
        expect(value).toBe(credentials.identityToken.reveal())
      }
      if (credentials.kind === 'basic') {
        expect(value).toBe(Buffer.from(credentials.encoded.reveal(), 'base64').toString())
      }
    }
  })

  it('are many, of each kind', () => {
    const kinds = rows.map((row) => {
      const answer = found(row)
      return answer instanceof Error ? 'failure' : answer.kind
    })
    for (const kind of ['none', 'basic', 'identity-token', 'registry-token', 'helper', 'failure']) {
      expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(1)
    }
  })
})

describe('misuse', () => {
  it.each([
    { program: 'helm' },
    { timeout: 0 },
    { timeout: 2 ** 31 },
    { env: 'x' },
    { run: true },
    { readFile: 'x' },
    { platform: 7 },
    { files: [] },
  ])('%j is a TypeError', (options) => {
    expect(() => createKeychain(options as never)).toThrow(TypeError)
  })

  it('a server that is none is one as well', async () => {
    await expect(createKeychain().credentials(7 as never)).rejects.toThrow(TypeError)
    await expect(askCredentialHelper('a', 7 as never)).rejects.toThrow(TypeError)
  })

  it.each<[string, () => Promise<HelperOutcome>]>([
    ['rejects', () => Promise.reject(new Error(CANARY))],
    [
      'throws at once',
      () => {
        throw new Error(CANARY)
      },
    ],
  ])('a run that %s is a failure without what it threw', async (_, run) => {
    const answer = await askCredentialHelper('it', 'ghcr.io', { run })
    expect(answer).toMatchObject({ kind: 'failure', code: 'helper-failed', helper: 'it' })
    expect(inspect(answer)).not.toContain('canary')
  })
})
