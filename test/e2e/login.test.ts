/** Credentials as real programs leave them behind: `skopeo login`, and a credential helper. */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  explainDockerCredentials,
  findCredentials,
  helperRequest,
  parseDockerConfig,
  parseHelperResponse,
} from '../../src/docker-config.js'
import { fromDockerConfig } from '../../src/write.js'
import { workshop } from './support/programs.js'
import { startRegistry } from './support/registry.js'

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const ADDRESS = '127.0.6.2'
const USER = { name: 'puller', password: 'päss word, not plain' }
const file = join(workshop, 'auth.json')

function skopeo(...args: string[]) {
  return spawnSync('skopeo', args, { encoding: 'utf8' })
}

const login = (server: string, password = USER.password) =>
  skopeo(
    ...['login', '--tls-verify=false', '--authfile', file],
    ...['--username', USER.name, '--password', password, server],
  )
const readFile = () => parseDockerConfig(readFileSync(file))

describe('skopeo login', () => {
  const server = `${ADDRESS}:5000`

  beforeAll(async () => {
    await startRegistry({ address: ADDRESS, port: 5000, user: USER })
    expect(login(server, 'wrong').status).not.toBe(0)
    const { status, stderr } = login(server)
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })

  test.each(['podman', 'contrast'] as const)('is found as %s finds it', (program) => {
    const found = findCredentials(readFile(), server, { program })
    if (found.kind !== 'basic') throw new Error(`found ${found.kind}`)
    expect(found.key).toBe(server)
    expect(found.username?.reveal()).toBe(USER.name)
    expect(found.password?.reveal()).toBe(USER.password)
    const got = skopeo('login', '--authfile', file, '--get-login', server)
    expect(got.stdout.trim()).toBe(USER.name)
  })

  test('for a repository is found by Podman alone', () => {
    const repository = `${server}/team/app`
    expect(login(repository).status).toBe(0)
    const config = readFile()
    expect(findCredentials(config, `${repository}/deep`, { program: 'podman' })).toMatchObject({
      kind: 'basic',
      key: repository,
    })
    expect(findCredentials(config, `${server}/other`, { program: 'podman' })).toMatchObject({
      key: server,
    })
    const { contrast, nearMisses } = explainDockerCredentials(config, `${repository}/deep`)
    expect(contrast.kind).toBe('none')
    expect(nearMisses.some(({ key }) => key === repository)).toBe(true)
  })

  test('is shown by the command, without the password', () => {
    const { stdout } = spawnSync(process.execPath, [cli, 'credentials', `${server}/team/app`], {
      encoding: 'utf8',
      env: { REGISTRY_AUTH_FILE: file, HOME: workshop },
    })
    expect(stdout).toContain(`Contrast's command line uses ${file}`)
    expect(stdout).not.toContain(USER.password)
    expect(stdout).not.toContain(readFileSync(file, 'utf8').slice(30, 50))
  })

  test('for a port can not become a rule, and the report says so', () => {
    const { config, notes: report } = fromDockerConfig(readFile())
    expect(config.rules).toEqual([])
    expect(report).toContainEqual(expect.objectContaining({ code: 'port', keys: [server] }))
  })
})

describe('the files of skopeo', () => {
  const home = join(workshop, 'home')
  const place = (name: string) => join(workshop, 'places', name)
  const write = (path: string, user: string) => {
    mkdirSync(join(path, '..'), { recursive: true })
    const auth = Buffer.from(`${user}:p`).toString('base64')
    writeFileSync(path, JSON.stringify(user ? { auths: { 'ghcr.io': { auth } } } : {}))
  }

  beforeAll(() => {
    write(join(home, '.config/containers/auth.json'), 'home')
    write(join(home, '.docker/config.json'), 'docker')
    write(place('run/containers/auth.json'), 'run')
    write(place('xdg/containers/auth.json'), 'xdg')
    write(place('d/config.json'), 'd')
    write(place('empty/config.json'), '')
    write(place('auth.json'), 'file')
  })

  const run = { XDG_RUNTIME_DIR: place('run') }
  test.each([
    ['home', {}, '.config/containers/auth.json'],
    ['run', run, 'run/containers/auth.json'],
    ['xdg', { XDG_CONFIG_HOME: place('xdg') }, 'xdg/containers/auth.json'],
    ['file', { ...run, REGISTRY_AUTH_FILE: place('auth.json') }, 'places/auth.json'],
    ['d', { ...run, DOCKER_CONFIG: place('d') }, 'd/config.json'],
    ['home', { ...run, DOCKER_CONFIG: place('empty') }, '.config/containers/auth.json'],
    [
      'file',
      { DOCKER_CONFIG: place('d'), REGISTRY_AUTH_FILE: place('auth.json') },
      'places/auth.json',
    ],
  ])('%s is found first with %j, and so says the command', (user, env, file) => {
    const options = {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: home, ...env },
    } as const
    const got = spawnSync('skopeo', ['login', '--get-login', 'ghcr.io'], options)
    expect(got.stdout.trim()).toBe(user)
    const { stdout } = spawnSync(process.execPath, [cli, 'credentials', 'ghcr.io/x'], options)
    expect(/^Podman uses (.*)$/m.exec(stdout)?.[1]?.endsWith(file)).toBe(true)
  })
})

describe('docker-credential-pass', () => {
  const env = {
    ...process.env,
    GNUPGHOME: join(workshop, 'gnupg'),
    PASSWORD_STORE_DIR: join(workshop, 'store'),
  }
  const run = (command: string, args: readonly string[], input = '') =>
    spawnSync(command, args, { encoding: 'utf8', env, input })

  beforeAll(() => {
    mkdirSync(env.GNUPGHOME, { mode: 0o700 })
    const key = ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'puller']
    execFileSync('gpg', [...key, 'default', 'default', 'never'], { env, stdio: 'ignore' })
    execFileSync('pass', ['init', 'puller'], { env, stdio: 'ignore' })
    for (const [ServerURL, Username, Secret] of [
      ['ghcr.io', USER.name, USER.password],
      ['quay.io', '<token>', 'an identity token'],
    ]) {
      const stored = JSON.stringify({ ServerURL, Username, Secret })
      expect(run('docker-credential-pass', ['store'], stored).status).toBe(0)
    }
    writeFileSync(join(workshop, 'helpers.json'), '{"credsStore":"pass"}')
    return () => run('gpgconf', ['--kill', 'gpg-agent'])
  })

  /** As a program would ask: the file, the request, the helper, its answer. */
  function ask(server: string) {
    const config = parseDockerConfig(readFileSync(join(workshop, 'helpers.json')))
    const found = findCredentials(config, server)
    if (found.kind !== 'helper') throw new Error(`found ${found.kind}`)
    const { program, args, stdin } = helperRequest(found.name, found.server)
    const { stdout, status } = run(program, args, stdin)
    return parseHelperResponse(stdout, status ?? 1)
  }

  test('gives a user name and a password', () => {
    const answer = ask('ghcr.io')
    if (answer.kind !== 'basic') throw new Error(`got ${answer.kind}`)
    expect(answer.username.reveal()).toBe(USER.name)
    expect(answer.password.reveal()).toBe(USER.password)
  })

  test('gives an identity token', () => expect(ask('quay.io').kind).toBe('identity-token'))
  test('has nothing for another registry, which is no error', () =>
    expect(ask('gcr.io').kind).toBe('none'))
})
