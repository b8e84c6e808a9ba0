// The tables of codes that a program reads, on the pages beside docs/findings.md: each has exactly the codes
// of its type, with the sentence that the code gives.

import { describe, expect, it } from 'vitest'
import { type CertificateFaultCode, describeFault } from '../../src/certificates/fault.js'
import { parseDockerConfig } from '../../src/docker-config.js'
import { parseChallenges } from '../../src/handshake.js'
import {
  ImageReferenceError,
  type ImageReferenceIssue,
  parseImageReference,
} from '../../src/image-reference.js'
import { fromDockerConfig } from '../../src/write.js'
import { codeIn, isSentence, pageOf, rowsOf } from '../support/code-tables.js'
import { constantOf, membersOfUnion, pairsIn, textsGivenTo, textsIn } from '../support/unions.js'

type Sentences = Readonly<Record<string, string>>

/** Codes with sentences, as the rows have them in these columns. */
const saidBy = (rows: readonly string[][], column = 1): Sentences =>
  Object.fromEntries(rows.map((cells) => [codeIn(cells[0]), cells[column] ?? '']))

interface Table {
  readonly type: string
  readonly file: string
  readonly page: string
  readonly header: string
  readonly sentences: (codes: readonly string[]) => Sentences
}

const TABLES: readonly Table[] = [
  {
    type: 'SkippedChallengeCode',
    file: 'src/handshake/scanner.ts',
    page: 'handshake',
    header: 'code of what is skipped | message',
    sentences: () => constantOf('src/handshake/parse-challenges.ts', 'SKIPPED_MESSAGES'),
  },
  {
    type: 'NoAnswerCode',
    file: 'src/handshake/no-answer.ts',
    page: 'handshake',
    header: 'code | message',
    sentences: () => ({
      ...constantOf<Sentences>('src/handshake/no-answer.ts', 'MESSAGES'),
      // The destination's sentence follows.
      'realm-refused': "the realm of the registry's Bearer challenge is refused",
    }),
  },
  {
    type: 'RefusalCode',
    file: 'src/handshake/destination.ts',
    page: 'handshake',
    header: 'code | message',
    sentences: () => constantOf('src/handshake/destination.ts', 'REFUSALS'),
  },
  {
    type: 'TokenFailureCode',
    file: 'src/handshake/token-response.ts',
    page: 'handshake',
    header: 'code | message',
    sentences: () => constantOf('src/handshake/token-response.ts', 'MESSAGES'),
  },
  {
    type: 'CertificateFaultCode',
    file: 'src/certificates/fault.ts',
    page: 'certificates',
    header: 'code | message',
    sentences: (codes) =>
      Object.fromEntries(
        codes.map((code) => {
          const sentence = describeFault('certificate', code as CertificateFaultCode)
          return [code, sentence.replace(/^the certificate /, '')]
        }),
      ),
  },
]

/** An image for each message, in the order of the table. */
const IMAGES = [
  ...['', 'ghcr.io/', 'ghcr.io/a:', 'https://ghcr.io/a', 'u:p@ghcr.io/a'],
  ...['[::g]/a', 'a..io/x', 'gh"cr.io/a', 'gh cr.io/a', 'bücher.io/a', 'a!b.io/x', 'a.io:0/x'],
  ...['a.io/a:b/c', 'Docker/x', 'a.io/Docker', 'a.io/x"', 'a.io/x y', 'a.io/a!'],
  ...['a.io/a:x"', 'a.io/a:x y', 'a.io/a:!', 'a.io//a', '/a', 'a.io/a/', 'a.io/a//b'],
  ...['a.io/a..b', 'a.io/a:-x', 'a.io/a@sha256:0', `${'a'.repeat(300)}.io/a`],
  ...[`a.io/${'a'.repeat(300)}`, `a.io/a:${'x'.repeat(200)}`, '0'.repeat(64)],
]

function issueOf(text: string): ImageReferenceIssue {
  try {
    parseImageReference(text)
  } catch (error) {
    if (error instanceof ImageReferenceError) return error.issue
    throw error
  }
  return expect.unreachable(text)
}

describe('the tables of codes', () => {
  // Two tables of a page may have one header, so each is known by its second code as well.
  it.each(TABLES)('$type is in docs/$page.md', ({ type, file, page, header, sentences }) => {
    const codes = membersOfUnion(file, type)
    const rows = rowsOf(page, header, codes[1] ?? '')
    expect(rows.map(([cell]) => codeIn(cell))).toEqual(codes)
    expect(saidBy(rows)).toEqual(sentences(codes))
    for (const [, , third] of rows) expect(third).not.toBe('')
  })

  it('SkippedChallengeCode: the examples are skipped for that', () => {
    for (const [cell, , example = ''] of rowsOf(
      'handshake',
      'code of what is skipped',
      'no-scheme',
    )) {
      const { skipped } = parseChallenges([codeIn(example)])
      expect(
        skipped.map(({ code }) => code),
        example,
      ).toEqual([codeIn(cell)])
    }
  })

  it('SkippedBlockCode is in docs/certificates.md', () => {
    const rows = rowsOf('certificates', 'code of a block | message | help', 'no-end')
    const others = membersOfUnion('src/certificates/skipped-block.ts', 'SkippedBlockCode')
    const faults = membersOfUnion('src/certificates/pem-faults.ts', 'PemFault')
    const listed = [...new Set(rows.map(([cell]) => codeIn(cell)))]
    expect(listed.sort()).toEqual([...others, ...faults].sort())
    const file = 'src/certificates/skipped-block.ts'
    const REPLACE = constantOf<string>(file, 'REPLACE')
    const known = {
      ...constantOf<Readonly<Record<string, readonly string[]>>>(file, 'FAULTS', { REPLACE }),
      headers: constantOf<readonly string[]>(file, 'HEADERS'),
    }
    for (const [cell, ...sentences] of rows) {
      const said = known[codeIn(cell) as keyof typeof known]
      if (said) expect(sentences).toEqual(said)
    }
    expect(Object.keys(known).sort()).toEqual([...faults, 'headers'].sort())
  })

  it('UndialableCode is in docs/proxy.md', () => {
    const table = pageOf('proxy').matchAll(
      /^\| `undialable` \| `([a-z-]+)` +\|.*\| `message`: (.*) \|$/gm,
    )
    const said = Object.fromEntries(
      [...table].map(([, code = '', message = '']) => [code, message]),
    )
    const file = 'src/proxy/undialable.ts'
    const undialable = (_: string, message: string) => message
    expect(said).toEqual(constantOf(file, 'UNDIALABLE', { undialable }))
    expect(Object.keys(said)).toEqual(membersOfUnion('src/proxy/decision.ts', 'UndialableCode'))
  })

  it('UnsupportedDecisionCode is in docs/runtimes.md', () => {
    const rows = rowsOf('runtimes', '`issue.code` | where | message | help', 'not-bun')
    const files = [
      'bun-fetch-options',
      'undici-dispatcher',
      'constrained-anchors',
      'proxied',
      'https-agent',
    ]
    const thrown = files.flatMap((name) =>
      textsGivenTo(`src/transport/${name}.ts`, 'UnsupportedDecisionError'),
    )
    const said = rows.map(([cell, , message = '', help = '']) => [codeIn(cell), message, help])
    expect(said).toEqual(expect.arrayContaining(thrown))
    expect(thrown.length).toBe(said.length)
    expect(said.map(([code]) => code)).toEqual(
      membersOfUnion('src/transport/errors.ts', 'UnsupportedDecisionCode'),
    )
  })

  it('ConversionNoteCode is in docs/docker.md', () => {
    const rows = rowsOf('docker', 'code | severity | message', 'helper')
    const lost = (message: string) => ({ message, severity: 'error' })
    const kinds = constantOf<Readonly<Record<string, { message: string; severity: string }>>>(
      'src/write/notes.ts',
      'KINDS',
      { lost },
    )
    const said = rows.map(([cell, severity, message]) => [codeIn(cell), { message, severity }])
    // A helper's sentence names its program.
    const file = parseDockerConfig('{ "credHelpers": { "ghcr.io": "pass" } }')
    const helpers = fromDockerConfig(file).notes.map(({ code, message, severity }) => {
      return [code, { message, severity }] as const
    })
    expect(Object.fromEntries(said)).toEqual({ ...Object.fromEntries(helpers), ...kinds })
    for (const [, , , advice] of rows) expect(advice).not.toBe('')
  })

  it('KeychainFailureCode is in docs/keychain.md', () => {
    const rows = rowsOf('keychain', '`code` | message', 'helper-failed')
    const said = rows.map(([cell, message = '']) => [codeIn(cell), message])
    const given = ['ask-helper', 'create-keychain'].flatMap((name) =>
      textsGivenTo(`src/keychain/${name}.ts`, 'failure').map((texts) => texts.slice(0, 2)),
    )
    expect(given.flat()).not.toContain('')
    expect(said.sort()).toEqual(given.sort())
    expect([...new Set(said.map(([code]) => code))].sort()).toEqual(
      membersOfUnion('src/keychain/keychain.ts', 'KeychainFailureCode').sort(),
    )
  })

  it('UntrustedCode is in docs/certificates.md', () => {
    const rows = rowsOf('certificates', 'code | message | besides', 'empty-chain')
    const said = rows.map(([cell, message = '']) => [codeIn(cell), message])
    const codes = membersOfUnion('src/inspect/untrusted.ts', 'UntrustedCode')
    expect([...new Set(said.map(([code]) => code))].sort()).toEqual([...codes].sort())
    // What begins with the name of a certificate, by its code.
    const file = 'src/inspect/verify-chain.ts'
    const clauses = [
      ...pairsIn('src/inspect/link.ts').filter(([code = '']) => codes.includes(code)),
      ...Object.entries(constantOf<Sentences>(file, 'SIGNATURES')),
    ].map(([code, clause]) => [code, `… ${clause}`])
    expect(clauses.length).toBeGreaterThan(10)
    expect(said).toEqual(expect.arrayContaining(clauses))
    // The others are texts of the search itself.
    const limit = constantOf<number>(file, 'MAX_SIGNATURES')
    const others = new Set(textsIn(file).flatMap((text) => [text, `… ${text}`]))
    const known = new Set(clauses.map((pair) => pair.join()))
    for (const [code, message = ''] of said) {
      if (known.has(`${code},${message}`)) continue
      expect([...others], code).toContain(message.replace(`${limit}`, '…'))
    }
  })

  it('ImageReferenceCode is in docs/findings.md, with the part and each message', () => {
    const rows = rowsOf('findings', 'code | part | message', 'empty')
    const said = IMAGES.map((text) => {
      const { code, part, message } = issueOf(text)
      return [code, part, message]
    })
    expect(rows.map(([cell, ...others]) => [codeIn(cell), ...others])).toEqual(said)
    // No message of the source is without its image.
    const files = ['digest', 'leftover', 'reference', 'registry', 'repository', 'tag']
    const texts = files
      .flatMap((name) => textsIn(`src/image/${name}.ts`))
      .filter((text) => /\w \w/.test(text) && !text.startsWith('parseImageReference: '))
    expect(texts.length).toBeGreaterThan(20)
    for (const text of texts) {
      const has = ([, , message = '']: readonly string[]) => isSentence(`…${text}…`, message)
      expect(said.some(has), text).toBe(true)
    }
  })

  it.each([
    ['RegistryFetchCode', 'src/fetch/errors.ts', 'fetch', '`code` | message | what', 'redirect'],
  ])(
    '%s, whose sentences name what they are about, is in full in the docs',
    (type, file, page, header, code) => {
      const listed = rowsOf(page, header, code).flatMap(([cell = '']) =>
        [...cell.matchAll(/`([a-z-]+)`/g)].map(([, one = '']) => one),
      )
      expect([...new Set(listed)].sort()).toEqual(membersOfUnion(file, type).sort())
    },
  )

  it('the codes of clients that mean that no TLS was there are in docs/fetch.md', () => {
    const file = 'src/fetch/connection-fault.ts'
    const sets = ['NO_TLS', 'NO_CONNECTION', 'NO_TUNNEL']
    const known = sets.flatMap((name) => [...constantOf<ReadonlySet<string>>(file, name)])
    const listed = rowsOf('fetch', 'code | from | what', 'EPROTO').flatMap(([cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one.replace('…', 'ERR_PROXY_STATUS_')),
    )
    expect(listed.sort()).toEqual(known.sort())
  })
})
