import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DockerConfig,
  DockerConfigError,
  type DockerCredentials,
  type DockerProgram,
  findCredentials,
  parseDockerConfig,
  parseHelperResponse,
} from '../../../src/docker-config.js'
import { type Credentials, createResolver } from '../../../src/index.js'
import { withoutUserInfo } from '../../../src/text/index.js'
import { type ConversionResult, fromDockerConfig } from '../../../src/write.js'
import { convert, convertFile, linesOf, rulesOf } from '../../support/conversion.js'
import { base64, fileOf, login } from '../../support/docker-config.js'
import { OTHER_PEM, PEM } from '../../support/write.js'

const PROGRAMS = ['contrast', 'podman', 'docker'] as const

/** The name by which each program asks for a registry. */
const askedOf = (host: string, program: DockerProgram) =>
  host === 'docker.io' && program === 'contrast' ? 'index.docker.io' : host

function secretOf(one: DockerCredentials | Credentials): string | undefined {
  if (one.kind === 'identity-token') return one.identityToken.reveal()
  if (one.kind === 'registry-token') return one.registryToken.reveal()
  return one.kind === 'basic' ? one.encoded.reveal() : undefined
}

describe('a conversion', () => {
  it('takes the entry that the program takes, and notes the others', () => {
    const { config, notes } = convert({
      'https://ghcr.io': login('first'),
      'ghcr.io': login('exact'),
      'GHCR.io': login('shouted'),
      'docker.io': login('hub'),
      'registry-1.docker.io': login('other'),
    })
    expect(rulesOf(config)).toEqual({
      'docker.io.': { username: 'hub', password: 'p' },
      'ghcr.io.': { username: 'exact', password: 'p' },
    })
    const others = ['https://ghcr.io', 'registry-1.docker.io']
    expect(notes.find(({ code }) => code === 'duplicate')?.keys).toEqual(others)
    expect(linesOf(notes)).toContain('unused GHCR.io')
  })

  it.each([
    ['case', { 'GHCR.IO': login('a'), 'https://ghcr.io/v1/': login('b') }, 'unused GHCR.IO'],
    ['a dot', { 'ghcr.io.': login('a'), 'https://ghcr.io': login('b') }, 'unused ghcr.io.'],
    ['case alone', { 'GHCR.IO': login('a') }, 'unused GHCR.IO'],
    ['the Hub', { 'DOCKER.IO': login('a'), 'docker.io': login('b') }, 'unused DOCKER.IO'],
    ['two schemes', { 'http://https://ghcr.io': login('a') }, ''],
    ['names of Docker Hub', { 'index.docker.io': login('a'), 'docker.io': login('b') }, ''],
    ['a token alone', { 'ghcr.io': { identitytoken: 't' } }, ''],
    ['both', { 'ghcr.io': { identitytoken: 't', auth: base64('u:p') } }, 'left-out ghcr.io'],
  ])('carries over what each program finds: %s', (_, auths, note) => {
    for (const program of PROGRAMS) {
      const file = parseDockerConfig(fileOf(auths))
      const { config, notes } = fromDockerConfig(file, { program })
      const { resolve } = createResolver(config)
      for (const host of ['ghcr.io', 'docker.io']) {
        const found = findCredentials(file, askedOf(host, program), { program })
        const { credentials } = resolve(`${host}/a/b`)
        expect([program, host, secretOf(credentials)]).toEqual([program, host, secretOf(found)])
      }
      if (note) expect(linesOf(notes)).toContain(note)
      expect(notes.length).toBeGreaterThan(0)
    }
  })

  it('takes the legacy format as Podman does, which alone reads it', () => {
    const text = '{"ghcr.io/v1/": {"auth": "dTpw"}, "auths": {"a.io": {}}}'
    const file = parseDockerConfig(text, { format: 'dockercfg' })
    const { config, notes } = fromDockerConfig(file)
    expect(rulesOf(config)).toEqual({ 'ghcr.io.': { username: 'u', password: 'p' } })
    expect(linesOf(notes)).toEqual([
      'covers-subdomains ghcr.io/v1/',
      'empty auths',
      'not-read a.io',
    ])
    const other = fromDockerConfig(file, { program: 'contrast' })
    expect(linesOf(other.notes)).toEqual(['not-read ghcr.io/v1/', 'empty a.io', 'not-read auths'])
  })

  it('names what other programs alone read', () => {
    const members = { AUTHS: { 'a.io': login('u') }, CREDHELPERS: { 'b.io': 'pass', 'c.io': '' } }
    const file = { ...members, credsStore: 'desktop' }
    const lines = (program: DockerProgram) => linesOf(convertFile(file, { program }).notes)
    expect(lines('contrast')).toEqual(['helper credsStore', 'not-read a.io', 'not-read b.io'])
    expect(lines('podman')).toEqual([
      'helper b.io',
      'not-read credsStore',
      'covers-subdomains a.io',
    ])
    // dock-03: the store's name in another case, which Docker reads.
    const mac = { auths: { 'https://index.docker.io/v1/': {} }, credSstore: 'osxkeychain' }
    const { notes, isLossy } = convertFile(mac)
    expect(linesOf(notes)).toEqual(['not-read credsStore', 'empty https://index.docker.io/v1/'])
    expect([notes[0]?.message.includes('case'), isLossy]).toEqual([true, true])
  })

  it.each([
    ['auth beside a registry token', { ...login('u'), registrytoken: 't' }, ['left-out']],
    [
      'a token beside all others',
      { identitytoken: 't', username: 'u', password: 'p', registrytoken: 't' },
      ['left-out'],
    ],
    ['another pair', { ...login('u'), username: 'u', password: 'q' }, ['left-out']],
    ['half of a pair', { ...login('u'), username: 'u' }, []],
    ['the same pair, as Kubernetes has it', { ...login('u'), username: 'u', password: 'p' }, []],
    ['a line end beside', { auth: base64('u:p'), username: 'u', password: 'p\n' }, ['left-out']],
    ['a broken pair', { ...login('u'), username: 'u', password: '\ud800' }, ['left-out']],
    ['a pair alone', { username: 'u', password: 'p' }, ['fallback']],
    [
      'a pair and a registry token',
      { username: 'u', password: 'p', registrytoken: 't' },
      ['fallback', 'left-out'],
    ],
    ['a registry token alone', { registrytoken: 't' }, ['fallback']],
  ])('notes what is left of %s', (_, entry, codes) => {
    const { notes, isLossy } = convert({ 'a.io': entry })
    expect(notes.map(({ code }) => code)).toEqual([...codes, 'covers-subdomains'])
    expect(isLossy).toBe(false)
  })

  it('notes an identity token that Docker passes over for a registry token', () => {
    const tokens = { identitytoken: 't', registrytoken: 'u' }
    const { config, notes } = convertFile({ auths: { 'a.io': tokens } }, { program: 'docker' })
    expect(rulesOf(config)).toEqual({ 'a.io.': { registrytoken: 'u' } })
    expect(notes.map(({ code }) => code)).toEqual(['left-out', 'covers-subdomains'])
  })

  it.each([
    { username: '\ud800xx', password: 'p' },
    { username: 'u', password: '\udc00' },
    { identitytoken: 't\ud800' },
    { registrytoken: '\ud800' },
  ])('carries over no half of a surrogate pair: %j', (entry) => {
    const { config, notes } = convert({ 'a.io': entry })
    expect(config.rules).toEqual([])
    expect(notes.map(({ code }) => code)).toEqual(['broken'])
  })
})

describe('credential helpers in a conversion', () => {
  it.each([
    ['a helper', { credHelpers: { 'ghcr.io': 'pass' } }, ['helper ghcr.io']],
    ['an unset helper', { credHelpers: { 'ghcr.io': '' } }, ['covers-subdomains ghcr.io']],
    ['a broken helper', { credHelpers: { 'ghcr.io': 5 } }, ['broken ghcr.io']],
    [
      'one of two, of which the other is broken',
      { credHelpers: { 'ghcr.io': 'pass', 'https://ghcr.io': 5 } },
      ['broken https://ghcr.io', 'helper ghcr.io'],
    ],
  ])('leave an entry aside where the program asks %s', (_, more, lines) => {
    const { config, notes } = convert({ 'ghcr.io': login('stale') }, more)
    expect(linesOf(notes)).toEqual(lines)
    expect(config.rules).toHaveLength(lines[0]?.startsWith('covers') ? 1 : 0)
  })

  it('name a broken helper that no entry stands beside', () => {
    for (const program of PROGRAMS) {
      const file = parseDockerConfig(JSON.stringify({ credHelpers: { 'ghcr.io': 5 } }))
      const { config, notes, isEmpty } = fromDockerConfig(file, { program })
      expect([linesOf(notes), config.rules, isEmpty]).toEqual([['broken ghcr.io'], [], true])
    }
  })

  it('new-11: one note says what helper has them, what it is asked, and by which command', () => {
    const auths = { 'ghcr.io': {}, 'https://index.docker.io/v1/': {} }
    const { notes, isLossy, isEmpty } = convert(auths, { credsStore: 'desktop' })
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({
      code: 'helper',
      severity: 'error',
      keys: ['ghcr.io', 'https://index.docker.io/v1/', 'credsStore'],
      helper: { name: 'desktop', servers: ['ghcr.io', 'index.docker.io'] },
    })
    expect(notes[0]?.message).toContain('docker-credential-desktop get')
    expect([isLossy, isEmpty]).toEqual([true, true])
  })

  it('shows no name that no program can have', () => {
    const { notes } = convert({ 'a.io': {} }, { credsStore: '../hunter2\u001b[2J' })
    expect(notes[0]?.message).toContain('a name that no program has')
    expect(notes[0]?.message).not.toContain('hunter2')
  })

  const answer = (username: string, secret: string) =>
    parseHelperResponse(JSON.stringify({ Username: username, Secret: secret }), 0)

  it('are answered by server', () => {
    const file = {
      auths: { 'ghcr.io': {}, 'quay.io': {}, 'old.io': login('stale') },
      credHelpers: { 'gcr.io': 'gcloud', 'old.io': 'pass' },
      credsStore: 'desktop',
    }
    const { config, notes, isLossy } = convertFile(file, {
      answers: {
        'ghcr.io': answer('u', 'p'),
        'quay.io': answer('', ''),
        'gcr.io': answer('<token>', 't'),
        'old.io': answer('new', 'p'),
        'unnamed.io': answer('v', 'q'),
      },
    })
    expect(rulesOf(config)).toEqual({
      'gcr.io.': { identitytoken: 't' },
      'ghcr.io.': { username: 'u', password: 'p' },
      'old.io.': { username: 'new', password: 'p' },
      'unnamed.io.': { username: 'v', password: 'q' },
    })
    expect(linesOf(notes)).toEqual([
      'left-out old.io',
      'covers-subdomains ghcr.io',
      'covers-subdomains old.io',
      'covers-subdomains gcr.io',
      'covers-subdomains unnamed.io',
      'empty quay.io',
      'helper credsStore',
    ])
    expect(isLossy).toBe(false)
  })

  it('whose answer no rule can hold, or that nothing asks for, lose it', () => {
    const answers = { 'a.io': answer('u', 'p\n'), 'b.io': answer('u', 'p') }
    const { notes } = convertFile({ credHelpers: { 'a.io': 'pass' } }, { answers })
    expect(notes).toMatchObject([
      { code: 'broken', severity: 'error', keys: ['a.io'] },
      { code: 'unused', severity: 'error', keys: ['b.io'] },
    ])
  })

  it('for a name that the program does not ask them by are unused', () => {
    const { notes } = convertFile({ credHelpers: { 'https://gcr.io': 'gcloud' } })
    expect(linesOf(notes)).toEqual(['unused https://gcr.io'])
    const hub = { credHelpers: { 'docker.io': 'pass' } }
    expect(linesOf(convertFile(hub).notes)).toEqual(['unused docker.io'])
    expect(linesOf(convertFile(hub, { program: 'podman' }).notes)).toEqual(['helper docker.io'])
  })
})

describe('a host below one that has credentials', () => {
  const parent = { 'corp.example': { auth: 'YWxpY2U6QQ==' } }
  it.each([
    ['a helper', {}, { credHelpers: { 'secure.corp.example': 'ecr-login' } }],
    ['an empty entry', { 'secure.corp.example': {} }, {}],
    ['a broken entry', { 'secure.corp.example': { auth: '!' } }, {}],
    ['another spelling', { 'https://SECURE.corp.example./v1/': login('x') }, {}],
    ['a port', { 'secure.corp.example:5000': login('x') }, {}],
    ['a repository', { 'secure.corp.example/team': login('x') }, {}],
    ['another case of members', {}, { Auths: { 'secure.corp.example': login('x') } }],
    ['a query', { 'https://secure.corp.example?x=1': login('x') }, {}],
    ['a fragment', { 'secure.corp.example#x': login('x') }, {}],
    ['user info with a query', { 'https://u:p?x@secure.corp.example': login('x') }, {}],
    ['user info with a path', { 'u:p/x@secure.corp.example': login('x') }, {}],
    ['a query with an at sign', { 'secure.corp.example?x@y.example': login('x') }, {}],
    ['two schemes', { 'https://http://secure.corp.example/v1/': login('x') }, {}],
    ['two schemes and user info', { 'http://https://u@secure.corp.example': login('x') }, {}],
    ['no scheme before the slashes', { '//secure.corp.example': login('x') }, {}],
  ])('threat 25: gets an empty rule, not its password, where the file has %s', (_, auths, more) => {
    const { config, notes } = convert({ ...parent, ...auths }, more)
    const { resolve } = createResolver(config)
    const resolution = resolve('secure.corp.example/x')
    expect(resolution.credentials.kind).toBe('anonymous')
    expect(resolution.rule?.name).toBe('secure.corp.example.')
    expect(resolve('corp.example/x').credentials.kind).toBe('basic')
    expect(notes.some(({ code }) => code === 'empty-rule')).toBe(true)
  })

  it('threat 25: is what the program takes a key for, too', () => {
    for (const key of ['https://secure.corp.example?x=1', '//secure.corp.example/x://y.example']) {
      const file = { auths: { ...parent, [key]: { auth: '!' } } }
      const { resolve } = createResolver(convertFile(file, { program: 'docker' }).config)
      expect(resolve('secure.corp.example/x').credentials.kind).toBe('anonymous')
      expect(resolve('corp.example/x').credentials.kind).toBe('basic')
    }
  })

  it('gets none where nothing covers it, or what covers it has no credentials', () => {
    expect(convert({ ...parent, 'other.example': {} }).config.rules).toHaveLength(1)
    const { config } = convertFile(
      { auths: { 'secure.corp.example': {} } },
      { ca: { 'corp.example': PEM } },
    )
    expect(config.rules.map(({ name }) => name)).toEqual(['corp.example.'])
  })

  it('keeps the certificates of the domain around it, since one rule alone ever applies', () => {
    const auths = { ...parent, 'a.corp.example': {}, 'b.corp.example': login('b') }
    const ca = { 'corp.example': PEM, 'b.corp.example': OTHER_PEM }
    const { resolve } = createResolver(convertFile({ auths }, { ca }).config)
    const pemsOf = (host: string) => {
      const { tls } = resolve(`${host}/x`)
      return tls.kind === 'ca-bundle' ? tls.certificates.map(({ pem }) => pem) : tls.kind
    }
    expect(pemsOf('corp.example')).toEqual([PEM])
    expect(pemsOf('a.corp.example')).toEqual([PEM])
    expect(pemsOf('b.corp.example')).toEqual([OTHER_PEM])
  })
})

describe('any file', () => {
  const host = fc.constantFrom(
    'corp.io',
    'a.corp.io',
    'b.a.corp.io',
    'io',
    'docker.io',
    'x.docker.io',
  )
  const key = fc.oneof(
    host,
    fc
      .tuple(
        fc.constantFrom('', 'https://', 'http://', 'HTTPS://', 'u:p@'),
        host,
        fc.constantFrom('', '/', '/v1/', '/team/app', ':5000', '.'),
      )
      .map((parts) => parts.join('')),
    host.map((name) => name.toUpperCase()),
    fc.constantFrom(
      'index.docker.io',
      'registry-1.docker.io',
      'https://index.docker.io/v1/',
      '*.corp.io',
      '__proto__',
      '',
      '.',
    ),
    fc.string(),
  )
  const entry = fc.oneof(
    fc.constant({}),
    fc.constantFrom('a', 'b', 'c').map(login),
    fc.constantFrom({ auth: '!' }, { auth: '' }, { identitytoken: 't' }, { registrytoken: 'r' }),
    fc.constant({ username: 'u', password: 'p' }),
    fc.jsonValue(),
  )
  const helpers = fc.dictionary(key, fc.constantFrom('pass', '', 'ecr-login'), { maxKeys: 2 })
  const file = fc.record(
    {
      auths: fc.dictionary(key, entry, { maxKeys: 5 }),
      Auths: fc.dictionary(key, entry, { maxKeys: 1 }),
      credHelpers: helpers,
      credsStore: fc.constantFrom('desktop', ''),
    },
    { requiredKeys: ['auths'] },
  )
  const program = fc.constantFrom(...PROGRAMS)
  // A single label in an image would be a repository of Docker Hub's.
  const registry = host.filter((name) => name !== 'io')

  /** Any spelling of a host, to tell whether a note is on it. Docker knows its Hub by two names. */
  const hostIn = (text: string, by: DockerProgram) =>
    text
      .toLowerCase()
      .replace(/^\w+:\/\//, '')
      .replace(/^[^/]*@/, '')
      .replace(/[/:].*$/s, '')
      .replace(/\.$/, '')
      .replace(
        by === 'docker' ? /^index\.docker\.io$/ : /^(?:index|registry-1)\.docker\.io$/,
        'docker.io',
      )

  function found(
    config: DockerConfig,
    asked: string,
    by: DockerProgram,
  ): DockerCredentials | undefined {
    try {
      return findCredentials(config, asked, { program: by })
    } catch (error) {
      if (error instanceof DockerConfigError) return undefined
      throw error
    }
  }

  const isFaithful = (convert: (config: DockerConfig, by: DockerProgram) => ConversionResult) =>
    fc.property(file, program, registry, (document, by, name) => {
      const config = parseDockerConfig(JSON.stringify(document))
      if (config[by].fault) return true
      const result = convert(config, by)
      const { credentials } = createResolver(result.config).resolve(`${name}/x`)
      const given = secretOf(credentials)
      if (given === undefined) return true
      const answer = found(config, askedOf(name, by), by)
      if (answer !== undefined && secretOf(answer) === given) return true
      // Else it is named: the entry is used although the program doesn't read its members, or the
      // host is none that the file names and gets what a domain around it has.
      const noted = (code: string, isIt: (host: string) => boolean) =>
        result.notes.some(
          (note) => note.code === code && note.keys.some((one) => isIt(hostIn(one, by))),
        )
      const views = PROGRAMS.map((one) => config[one])
      const names = views.flatMap(({ entries, credHelpers }) => [
        ...entries.map(({ key }) => key),
        ...credHelpers.map(({ server }) => server),
      ])
      const isNamed = names.some((one) => hostIn(one, by) === name)
      return isNamed
        ? noted('fallback', (one) => one === name)
        : noted('covers-subdomains', (one) => name.endsWith(`.${one}`))
    })

  it('threat 25, property: gives a host what the program gives it, or nothing, or what a note names', () => {
    const convert = (config: DockerConfig, by: DockerProgram) =>
      fromDockerConfig(config, { program: by })
    fc.assert(isFaithful(convert), { numRuns: 1500 })
    const forgetful = (config: DockerConfig, by: DockerProgram) => ({
      ...fromDockerConfig(config, { program: by }),
      notes: [],
    })
    expect(fc.check(isFaithful(forgetful), { numRuns: 4000, endOnFailure: true }).failed).toBe(true)
  })

  const isComplete = (convert: (config: DockerConfig, by: DockerProgram) => ConversionResult) =>
    fc.property(file, program, (document, by) => {
      const config = parseDockerConfig(JSON.stringify(document))
      if (config[by].fault) return true
      const result = convert(config, by)
      const named = new Set(result.notes.flatMap(({ keys }) => keys))
      const isNamed = (one: string) => named.has(withoutUserInfo(one))
      const { entries, credHelpers } = config[by]
      const helpers = credHelpers.filter((helper) => helper.name !== undefined)
      return entries.every((one) => isNamed(one.key)) && helpers.every((one) => isNamed(one.server))
    })

  it('names the helper beside a broken entry, at which the program fails before it asks', () => {
    const file = { auths: { 'https://io': { auth: '!' } }, credHelpers: { io: 'pass' } }
    const { notes } = fromDockerConfig(parseDockerConfig(JSON.stringify(file)), {
      program: 'docker',
    })
    expect(notes.map(({ code, keys }) => [code, ...keys])).toEqual([
      ['broken', 'https://io'],
      ['helper', 'io'],
    ])
  })

  it('property: each entry and each helper is in a note', () => {
    fc.assert(
      isComplete((config, by) => fromDockerConfig(config, { program: by })),
      { numRuns: 800 },
    )
    const forgetful = (config: DockerConfig, by: DockerProgram) => {
      const result = fromDockerConfig(config, { program: by })
      return { ...result, notes: result.notes.filter(({ code }) => code !== 'unused') }
    }
    expect(fc.check(isComplete(forgetful), { numRuns: 2000, endOnFailure: true }).failed).toBe(true)
  })
})
