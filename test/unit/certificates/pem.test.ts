import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPem } from '../../../src/certificates/pem.js'
import { encodePem } from '../../../src/certificates/pem-encode.js'
import type { PemFault } from '../../../src/certificates/pem-faults.js'
import { expectProportion } from '../../support/proportion.js'

const LABEL = 'CERTIFICATE'
const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'
const GOOD = `${BEGIN}\nZm9v\n${END}\n`

/** A line for each finding: `label:bytes` for a block, the fault for what is broken. */
function summary(text: string): string[] {
  return readPem(text, LABEL).map((found) => {
    if (found.kind === 'broken') return `${found.line} ${found.fault}`
    const bytes = Buffer.from(found.bytes).toString('latin1')
    return `${found.line} ${found.label}${found.hasHeaders ? '+headers' : ''}:${bytes}`
  })
}

describe('blocks that Go decodes', () => {
  it.each([
    [GOOD, ['1 CERTIFICATE:foo'], 'a block'],
    [`${BEGIN}\nZm9v\n${END}`, ['1 CERTIFICATE:foo'], 'no line end at the end'],
    [`${BEGIN}\r\nZm9v\r\n${END}\r\n`, ['1 CERTIFICATE:foo'], 'CR LF'],
    [`${BEGIN} \t\nZm9v\n${END}\t \n`, ['1 CERTIFICATE:foo'], 'blanks after the markers'],
    [`${BEGIN} \r\nZm9v\n${END} \r\n`, ['1 CERTIFICATE:foo'], 'blanks before CR LF'],
    [`${BEGIN}\n Z m\t9v \n${END}\n`, ['1 CERTIFICATE:foo'], 'blanks in the base64'],
    [`${BEGIN}\n\n\nZm\n\n9v\n\n${END}\n`, ['1 CERTIFICATE:foo'], 'empty lines'],
    [`${BEGIN}\n${END}\n`, ['1 CERTIFICATE:'], 'no body'],
    [`${BEGIN}\n\n${END}\n`, ['1 CERTIFICATE:'], 'an empty line as the body'],
    [`text\n${GOOD}text\n${GOOD}text`, ['2 CERTIFICATE:foo', '6 CERTIFICATE:foo'], 'prose'],
    [GOOD + GOOD, ['1 CERTIFICATE:foo', '4 CERTIFICATE:foo'], 'one after the other'],
    [`${BEGIN}\nA: b\n\nZm9v\n${END}\n`, ['1 CERTIFICATE+headers:foo'], 'a header'],
    [`${BEGIN}\n:\nZm9v\n${END}\n`, ['1 CERTIFICATE+headers:foo'], 'a colon makes a header'],
    [`${BEGIN}\nA:\nB:\n\n${END}\n`, ['1 CERTIFICATE+headers:'], 'headers and an empty line'],
    ['-----BEGIN A B-----\n-----END A B-----', ['1 A B:'], 'another label'],
    ['-----BEGIN -----\nZm9v\n-----END -----', ['1 :foo'], 'the empty label'],
    ['-----BEGIN ------\nZm9v\n-----END ------', ['1 -:foo'], 'a label that is a dash'],
    [
      `\n-----END -----BEGIN A-----\nZm9v\n-----END A-----`,
      ['2 A:foo'],
      'right after an END marker',
    ],
    [`é🔒\n${GOOD}`, ['2 CERTIFICATE:foo'], 'text beyond ASCII before it'],
    [`a ${BEGIN} b\n${GOOD}`, ['2 CERTIFICATE:foo'], 'markers in a line of prose'],
    [`# ${END}\n${GOOD}`, ['2 CERTIFICATE:foo'], 'a commented END'],
    ['', [], 'nothing'],
    ['-----BEGIN ', [], 'half a marker'],
    ['\n-----END ', [], 'half an END marker'],
    [`----${BEGIN.slice(5)}\nZm9v\n----${END.slice(5)}\n`, [], 'four dashes'],
    ['-----begin certificate-----\nZm9v\n-----end certificate-----\n', [], 'lower-case markers'],
    ['-----BEGIN X-----\n???\n-----END X-----\n', [], 'a broken block of another label'],
  ])('%j gives %j: %s', (text, expected) => {
    expect(summary(text)).toEqual(expected)
  })
})

describe('what looks like a certificate but is none', () => {
  const rows: [string, [number, PemFault][], string][] = [
    [BEGIN, [[1, 'no-end']], 'BEGIN alone'],
    [`a\n\n${BEGIN}\nZm9v`, [[3, 'no-end']], 'no END'],
    [` ${GOOD}`, [[1, 'begin-not-at-line-start']], 'an indented BEGIN'],
    [`a\n\t${GOOD}`, [[2, 'begin-not-at-line-start']], 'indented with a tab'],
    [`\uFEFF${GOOD}`, [[1, 'begin-not-at-line-start']], 'a byte order mark'],
    [`\u00a0${GOOD}`, [[1, 'begin-not-at-line-start']], 'a no-break space'],
    [`a\r${GOOD}`, [[1, 'begin-not-at-line-start']], 'a line end of old Macs before BEGIN'],
    [`${BEGIN}\rZm9v\r${END}\r`, [[1, 'text-after-begin']], 'line ends of old Macs'],
    [`${BEGIN}Zm9v\n${END}\n`, [[1, 'text-after-begin']], 'base64 on the BEGIN line'],
    [`${BEGIN} x\n`, [[1, 'text-after-begin']], 'text on the BEGIN line, and no END'],
    [`${BEGIN}-\nZm9v\n${END}\n`, [[3, 'end-mismatch']], 'a sixth dash: another label'],
    [`${BEGIN}\nZm9v\n ${END}\n`, [[3, 'end-not-at-line-start']], 'an indented END'],
    [`${BEGIN}\nZm9v${END}\n`, [[2, 'end-not-at-line-start']], 'base64 on the END line'],
    [`${BEGIN}\nZm9v\n${END} x\n`, [[3, 'text-after-end']], 'text on the END line'],
    [`${BEGIN}\nZm9v\n${END}\r`, [[3, 'text-after-end']], 'CR at the end of the text'],
    [`${BEGIN}\nZm9v\n${END}\r \n`, [[3, 'text-after-end']], 'a blank between CR and LF'],
    [`${BEGIN}\nZm9v\n-----END X-----\n`, [[3, 'end-mismatch']], 'another label in END'],
    [`${BEGIN}\nZm9v\n-----END CERTIFICATE\n`, [[3, 'end-mismatch']], 'no dashes after END'],
    [`${BEGIN}\nZm9v\n-----END CERTIFICATES-----\n`, [[3, 'end-mismatch']], 'a longer label'],
    [`${BEGIN}\nZm9v\n-----END certificate-----\n`, [[3, 'end-mismatch']], 'lower case'],
    [`${BEGIN}\nZm9\n${END}\n`, [[1, 'invalid-base64']], 'base64 without padding'],
    [`${BEGIN}\nZm9v\n\nA: b\n${END}\n`, [[4, 'invalid-base64']], 'a header after an empty line'],
    [`${BEGIN}\nZ\u00a0m9v\n${END}\n`, [[2, 'invalid-base64']], 'a no-break space in the base64'],
    [`${BEGIN}\nA: b\n${END}\n`, [[1, 'headers-without-body']], 'END right after a header'],
    [`${END}\n`, [[1, 'end-without-begin']], 'END alone'],
    [`a\n  ${END}\n`, [[2, 'end-without-begin']], 'END alone, indented'],
    [`x${GOOD}`, [[3, 'end-without-begin']], 'BEGIN in a line of prose'],
    [
      `${GOOD.trimEnd()}${GOOD}`,
      [
        [3, 'text-after-end'],
        [5, 'end-without-begin'],
      ],
      'END and BEGIN on one line',
    ],
  ]
  it.each(rows)('%j gives %j: %s', (text, faults) => {
    expect(summary(text)).toEqual(faults.map(([line, fault]) => `${line} ${fault}`))
  })
})

describe('broken beside good', () => {
  it.each([
    [`${BEGIN}\n${GOOD}`, ['1 begin-before-end', '2 CERTIFICATE:foo'], 'BEGIN twice'],
    [
      `${BEGIN}\n${GOOD}${END}\n`,
      ['1 begin-before-end', '2 CERTIFICATE:foo'],
      'a block in a block: one fault',
    ],
    [
      `${BEGIN}\nZm9v\n${GOOD}`,
      ['1 begin-before-end', '3 CERTIFICATE:foo'],
      'no END, then a block',
    ],
    [
      `${BEGIN}\nA: -----BEGIN \n\n${GOOD}`,
      ['1 begin-before-end', '4 CERTIFICATE:foo'],
      'a marker among the headers',
    ],
    [`${GOOD}${END}\n`, ['1 CERTIFICATE:foo', '4 end-without-begin'], 'END twice'],
    [`${BEGIN}\n?\n${END}\n${GOOD}`, ['2 invalid-base64', '4 CERTIFICATE:foo'], 'bad base64 first'],
    [
      `${GOOD}${BEGIN}\n?\n${END}\n${END}\n`,
      ['1 CERTIFICATE:foo', '5 invalid-base64', '7 end-without-begin'],
      'an END too many',
    ],
    [
      `${BEGIN}\nZm9v\n-----END X-----\n${END}\n${GOOD}`,
      ['3 end-mismatch', '5 CERTIFICATE:foo'],
      'the wrong END, then the right one',
    ],
    [
      `${BEGIN}\nZm9v\n ${END}\n${GOOD}`,
      ['3 end-not-at-line-start', '4 CERTIFICATE:foo'],
      'an indented END, then a block',
    ],
    [
      `${BEGIN}\nA: b\n${END}\n${GOOD}`,
      ['1 headers-without-body', '4 CERTIFICATE:foo'],
      'a header only, then a block',
    ],
    [
      `${GOOD}${BEGIN}\nA: b\n-----END X: y\n${GOOD}${GOOD}`,
      ['1 CERTIFICATE:foo', '6 headers-past-end', '7 unreachable', '10 unreachable'],
      'an END line with a colon ends the search',
    ],
    [`${BEGIN}\nA: b\n-----END X: y`, ['3 headers-past-end'], 'the same at the end of the text'],
  ])('%j gives %j: %s', (text, expected) => {
    expect(summary(text)).toEqual(expected)
  })
})

/** Go's rules once more, on lines instead of offsets, and without a thought for speed. */
function decodeSlowly(input: string): string[] {
  const labels: string[] = []
  let rest = input
  for (;;) {
    const bodyEnd = rest.indexOf('\n-----END ')
    if (bodyEnd < 0) return labels
    const before = rest.slice(0, bodyEnd)
    const after = rest.slice(before.length + 10)
    const begin = before.lastIndexOf('-----BEGIN ')
    if (begin < 0 || (begin > 0 && before[begin - 1] !== '\n')) {
      rest = after
      continue
    }
    const lines = `${before.slice(begin + 11)}\n-----END ${after}`.split('\n')
    const bodyLength = before.slice(begin + 11).split('\n').length
    const type = (lines[0] as string).replace(/\r$/, '').replace(/[ \t]+$/, '')
    let first = 1
    if (type.endsWith('-----')) while (lines[first]?.includes(':')) first++
    if (first > bodyLength) return labels
    const body = lines.slice(first, bodyLength).join('')
    const isBase64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
    const endLine = (lines[bodyLength] as string) + (lines.length > bodyLength + 1 ? '\n' : '')
    const isEnd =
      endLine.startsWith(`-----END ${type}`) &&
      /^[ \t]*(\r?\n)?$/.test(endLine.slice(9 + type.length))
    const isBlock =
      type.endsWith('-----') &&
      isEnd &&
      !(first > 1 && first === bodyLength) &&
      isBase64.test(body.replace(/[ \t\r]/g, ''))
    if (isBlock) labels.push(`${type.slice(0, -5)}${first > 1 ? '+' : ''}`)
    rest = isBlock ? lines.slice(bodyLength + 1).join('\n') : after
  }
}

describe('properties', () => {
  const token = fc.constantFrom(
    BEGIN,
    END,
    '-----BEGIN ',
    '-----END ',
    '-----',
    'X',
    '-----BEGIN X-----',
    '-----END X-----',
    '\n',
    '\n',
    '\n',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\t',
    ':',
    'Zm9v',
    '=',
    'é',
    '\uFEFF',
    `\n${BEGIN}\nZm9v\n${END}\n`,
    `\n${BEGIN}\n`,
    `\n${END}\n`,
  )
  const texts = fc.array(token, { maxLength: 24 }).map((tokens) => tokens.join(''))

  it('finds the blocks that the rules, applied slowly, find', () => {
    let found = 0
    fc.assert(
      fc.property(texts, (text) => {
        const blocks = readPem(text, LABEL).filter((item) => item.kind === 'block')
        const labels = blocks.map(({ label, hasHeaders }) => `${label}${hasHeaders ? '+' : ''}`)
        found += labels.length
        expect(labels).toEqual(decodeSlowly(text))
      }),
      { numRuns: 20_000 },
    )
    expect(found).toBeGreaterThan(1000)
  })

  it('accounts for each line that starts with the BEGIN marker, once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const found = readPem(text, LABEL)
        const blocks = found.filter((item) => item.kind === 'block')
        for (const match of text.matchAll(/(?<=^|[\r\n])\s*?(-----BEGIN CERTIFICATE-----)/g)) {
          const start = match.index + match[0].length - BEGIN.length
          const inBlock = blocks.some((block) => block.start < start && start < block.end)
          expect(found.filter((item) => item.start === start).length).toBe(inBlock ? 0 : 1)
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('numbers lines as a split at LF does, in order', () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = -1
        for (const found of readPem(text, LABEL)) {
          const { start, line } = found
          const first = text.slice(0, start).split('\n').length
          // A broken block may point further down, to the line that is wrong.
          if (found.kind === 'block') expect(line).toBe(first)
          else expect(line).toBeGreaterThanOrEqual(first)
          expect(start).toBeGreaterThan(last)
          last = start
        }
      }),
      { numRuns: 5000 },
    )
  })

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const [block, ...others] = readPem(encodePem(LABEL, bytes), LABEL)
        expect(others).toEqual([])
        expect(block).toMatchObject({ kind: 'block', label: LABEL, hasHeaders: false, line: 1 })
        expect(block?.kind === 'block' && Buffer.from(block.bytes)).toEqual(Buffer.from(bytes))
      }),
    )
  })
})

describe('threat 15: the scan is linear', () => {
  const spam = [
    `${BEGIN}\n`,
    `${END}\n`,
    `${BEGIN}\n${END}\n`,
    `${BEGIN}\n\n${END} x\n`,
    `${BEGIN}\n\n-----END X-----\n`,
    `${BEGIN}\nA:b\n-----END X\n`,
    `${BEGIN}\nA:b\n`,
    `x${BEGIN}\n`,
    `   ${BEGIN}`,
    '-----BEGIN \n',
    '\n-----END ',
    '-----BEGIN -----\n-----END X',
    ' ',
    '\n',
    ':\n',
  ]
  it.each(spam)('the time for %j is in proportion to its length', (unit) => {
    const text = unit.repeat(2 ** 14 / unit.length)
    expectProportion((input) => readPem(input, LABEL), text, text.repeat(8))
  })
})
