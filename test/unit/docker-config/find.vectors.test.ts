import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  DockerConfigError,
  type DockerProgram,
  findCredentials,
  parseDockerConfig,
} from '../../../src/docker-config.js'
import { read } from '../../support/vectors.js'

interface Answer {
  readonly kind?: 'basic' | 'identity-token' | 'registry-token' | 'helper' | 'none' | 'error'
  readonly ambiguous?: boolean
  readonly answers?: readonly Answer[]
  readonly [member: string]: unknown
}

interface Case {
  readonly category: string
  readonly config?: unknown
  readonly configBase64?: string
  readonly format?: 'dockercfg'
  readonly server: string
  readonly crate: Answer
  readonly containersImageApi: Answer
  /** Absent for .dockercfg, which Docker doesn't read, and where Go's URL parser decides. */
  readonly dockerCli?: Answer
}

const cases: readonly Case[] = read('docker-credentials.json')

const textOf = ({ config, configBase64 }: Case): string | Uint8Array => {
  if (configBase64 !== undefined) return Buffer.from(configBase64, 'base64')
  return typeof config === 'string' ? config : JSON.stringify(config)
}

const base64 = (text: unknown) => Buffer.from(String(text)).toString('base64')

/** A vector's answer, without what ours doesn't say in the same words. */
function wanted(answer: Answer): unknown {
  const { kind, username, password, usernameBase64, passwordBase64, token, name, server } = answer
  const bytes = (text: unknown, encoded: unknown) =>
    Buffer.from(String(encoded ?? base64(text)), 'base64')
  const pair = () =>
    Buffer.concat([
      bytes(username, usernameBase64),
      Buffer.from(':'),
      bytes(password, passwordBase64),
    ]).toString('base64')
  if (kind === 'basic') return { kind, pair: pair() }
  if (kind === 'identity-token' || kind === 'registry-token') {
    // For the crate there is no pair, for Docker an empty one.
    const hasPair = username !== undefined && String(username) + String(password) !== ''
    return { kind, token, pair: hasPair ? pair() : undefined }
  }
  return kind === 'helper' ? { kind, name, server } : { kind }
}

function answerOf(row: Case, program: DockerProgram): unknown {
  try {
    const config = parseDockerConfig(textOf(row), row.format ? { format: row.format } : {})
    const found = findCredentials(config, row.server, { program })
    if (found.kind === 'basic') return { kind: 'basic', pair: found.encoded.reveal() }
    if (found.kind === 'identity-token') {
      const pair = found.basic?.encoded.reveal()
      return { kind: 'identity-token', token: found.identityToken.reveal(), pair }
    }
    if (found.kind === 'registry-token') {
      const pair = found.basic?.encoded.reveal()
      return { kind: 'registry-token', token: found.registryToken.reveal(), pair }
    }
    if (found.kind === 'helper') {
      return { kind: 'helper', name: found.name, server: found.server }
    }
    return { kind: 'none' }
  } catch (error) {
    if (error instanceof DockerConfigError) return { kind: 'error' }
    throw error
  }
}

type Field = 'crate' | 'containersImageApi' | 'dockerCli'
const FIELDS: Readonly<Record<DockerProgram, Field>> = {
  contrast: 'crate',
  podman: 'containersImageApi',
  docker: 'dockerCli',
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const membersOf = (value: unknown) => (isObject(value) ? Object.entries(value) : [])
const member = (value: unknown, name: string) => membersOf(value).find(([key]) => key === name)?.[1]
const rootOf = (row: Case): unknown => {
  try {
    return JSON.parse(Buffer.from(textOf(row)).toString())
  } catch {
    return undefined
  }
}
const isString = (value: unknown) => typeof value === 'string'
const isEntry = (value: unknown) =>
  isObject(value) && ['auth', 'identitytoken'].every((name) => isString(member(value, name) ?? ''))

const isBroken = (auth: unknown) => {
  const text = String(auth ?? '')
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
  return text !== '' && (!isBase64 || !/^[^:]+:/.test(Buffer.from(text, 'base64').toString()))
}

const page = readFileSync(new URL('../../../docs/deviations.md', import.meta.url), 'utf8')
/** The programs as that page calls them. */
const PROGRAMS: Readonly<Record<DockerProgram, string>> = {
  contrast: 'docker_credential',
  podman: 'containers/image',
  docker: 'docker/cli',
}

/** The classes of deviation that a program can't have. */
const ABSENT: Readonly<Record<DockerProgram, readonly string[]>> = {
  contrast: [
    'a broken auth that is not asked for breaks nothing',
    'what follows the JSON document is a fault',
  ],
  podman: [
    'a lone surrogate is text',
    'a broken auth that is not asked for breaks nothing',
    'what follows the JSON document is a fault',
  ],
  docker: ['a lone surrogate is text'],
}

/** Each class of deviation, by its name in docs/deviations.md. */
const DEVIATIONS: Readonly<Record<string, (row: Case, answer: Answer) => boolean>> = {
  'the first entry of the document wins': (_, { ambiguous }) => ambiguous === true,
  'an empty text counts as unset': (row) => {
    const root = rootOf(row)
    const texts = [
      member(root, 'credsStore'),
      ...membersOf(member(root, 'credHelpers')).map(([, value]) => value),
      ...membersOf(member(root, 'auths')).flatMap(([, value]) =>
        membersOf(value).map(([, v]) => v),
      ),
    ]
    return texts.includes('')
  },
  'a broken entry for another registry breaks nothing': (row) => {
    const root = rootOf(row)
    const isOther = ([key]: [string, unknown]) => key !== row.server
    const entries = row.format ? membersOf(root) : membersOf(member(root, 'auths'))
    const helpers = membersOf(member(root, 'credHelpers'))
    return (
      entries.filter(isOther).some(([, value]) => !isEntry(value)) ||
      [...membersOf(member(root, 'auths'))].filter(isOther).some(([, value]) => !isEntry(value)) ||
      helpers.filter(isOther).some(([, value]) => !isString(value))
    )
  },
  // Docker decodes each entry's auth as it reads the file.
  'a broken auth that is not asked for breaks nothing': (row) =>
    membersOf(member(rootOf(row), 'auths')).some(
      ([key, value]) => key !== row.server && isBroken(member(value, 'auth')),
    ),
  'what follows the JSON document is a fault': ({ config }, { kind }) =>
    isString(config) && kind !== 'error',
  'helpers are not run here': (row, { error }) =>
    (error === 'HelperCommunicationError' || error === 'helper-not-found') &&
    /missing-helper|\/|\\u0000|x{300}/.test(JSON.stringify(row.config)),
  'of members with one name the last counts': ({ config }) =>
    isString(config) && /"(auths|credsStore|credHelpers)".*"\1"/.test(String(config)),
  'a lone surrogate is text': ({ config }) =>
    isString(config) && String(config).includes('\\ud800'),
  'bytes that are no UTF-8 are refused': ({ configBase64 = '' }) =>
    Buffer.from(configBase64, 'base64').toString().includes('\ufffd'),
}

describe.each<DockerProgram>(['contrast', 'podman', 'docker'])(
  'docker-credentials.json as %s',
  (as) => {
    const answers = cases.flatMap((row) => {
      const answer = row[FIELDS[as]]
      return answer ? [{ row, answer }] : []
    })
    const isSame = (row: Case, answer: Answer) =>
      JSON.stringify(answerOf(row, as)) === JSON.stringify(wanted(answer))
    const deviating = answers.filter(({ row, answer }) => !isSame(row, answer))
    const names = Object.keys(DEVIATIONS).filter((name) => !ABSENT[as].includes(name))
    const classesOf = ({ row, answer }: (typeof answers)[number]) =>
      names.filter((name) => DEVIATIONS[name]?.(row, answer))

    it('answers all cases as the program does, but those of a class', () => {
      expect(answers.length).toBe(as === 'docker' ? 883 : 905)
      const unexplained = deviating.filter((one) => classesOf(one).length === 0)
      expect(unexplained.map(({ row }) => [row.config ?? row.configBase64, row.server])).toEqual([])
      expect(deviating.length).toBeLessThan(60)
    })

    it('gives one of the answers where the hash map decides, that of the first entry', () => {
      const isFailing = ({ answer }: (typeof answers)[number]) =>
        answer.answers?.every(({ kind }) => kind === 'error')
      const ambiguous = answers.filter((one) => one.answer.ambiguous && !isFailing(one))
      expect(ambiguous.length).toBeGreaterThan(5)
      for (const { row, answer } of ambiguous) {
        expect(answer.answers?.map(wanted), JSON.stringify(row.config)).toContainEqual(
          answerOf(row, as),
        )
      }
    })

    it.each(names)('has a case that deviates because %s', (name) => {
      expect(page).toMatch(new RegExp(`^\\| ${name} \\| (?:all three|${PROGRAMS[as]}) \\|`, 'm'))
      const held = deviating.filter((one) => classesOf(one).includes(name))
      expect(held.length).toBeGreaterThan(0)
    })
  },
)
