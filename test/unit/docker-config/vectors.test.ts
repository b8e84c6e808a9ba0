import { describe, expect, it } from 'vitest'
import { DockerConfigError } from '../../../src/docker-config/errors.js'
import { type DockerProgram, findCredentials } from '../../../src/docker-config/find.js'
import { parseDockerConfig } from '../../../src/docker-config/parse.js'
import { read } from '../../support/vectors.js'

interface Answer {
  readonly kind?: 'basic' | 'identity-token' | 'helper' | 'none' | 'error'
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
  if (kind === 'identity-token') {
    return { kind, token, pair: username === undefined ? undefined : pair() }
  }
  return kind === 'helper' ? { kind, name, server } : { kind }
}

function answerOf(row: Case, as: DockerProgram): unknown {
  try {
    const config = parseDockerConfig(textOf(row), row.format ? { format: row.format } : {})
    const found = findCredentials(config, row.server, { program: as })
    if (found.kind === 'basic') return { kind: 'basic', pair: found.encoded.reveal() }
    if (found.kind === 'identity-token') {
      const pair = found.basic?.encoded.reveal()
      return { kind: 'identity-token', token: found.identityToken.reveal(), pair }
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

type Field = 'crate' | 'containersImageApi'
const FIELDS: Readonly<Record<DockerProgram, Field>> = {
  contrast: 'crate',
  podman: 'containersImageApi',
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

/** Each class of deviation that the specification orders, or that follows from reading text. */
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

describe.each<DockerProgram>(['contrast', 'podman'])('docker-credentials.json as %s', (as) => {
  const answers = cases.map((row) => ({ row, answer: row[FIELDS[as]] }))
  const isSame = (row: Case, answer: Answer) =>
    JSON.stringify(answerOf(row, as)) === JSON.stringify(wanted(answer))
  const deviating = answers.filter(({ row, answer }) => !isSame(row, answer))
  const classesOf = ({ row, answer }: (typeof answers)[number]) =>
    Object.entries(DEVIATIONS).filter(([, applies]) => applies(row, answer))

  it('answers all cases as the program does, but those of a class', () => {
    expect(answers.length).toBe(905)
    const unexplained = deviating.filter((one) => classesOf(one).length === 0)
    expect(unexplained.map(({ row }) => [row.config ?? row.configBase64, row.server])).toEqual([])
    expect(deviating.length).toBeLessThan(60)
  })

  it('gives one of the answers where the hash map decides, that of the first entry', () => {
    const ambiguous = answers.filter(({ answer }) => answer.ambiguous)
    expect(ambiguous.length).toBeGreaterThan(5)
    for (const { row, answer } of ambiguous) {
      expect(answer.answers?.map(wanted), JSON.stringify(row.config)).toContainEqual(
        answerOf(row, as),
      )
    }
  })

  it.each(
    Object.keys(DEVIATIONS).filter((name) =>
      as === 'podman' ? name !== 'a lone surrogate is text' : true,
    ),
  )('has a case that deviates because %s', (name) => {
    const held = deviating.filter((one) => classesOf(one).some(([other]) => other === name))
    expect(held.length).toBeGreaterThan(0)
  })
})
