import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ParsedChallenges, parseChallenges } from '../../../src/handshake/index.js'
import { challengeCases } from '../../support/vectors.js'

const REALM: string = 'realm'
const SERVICE: string = 'service'

const plain = ({ challenges }: ParsedChallenges) =>
  challenges.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }))

describe('challenges.json', () => {
  const agreeing = challengeCases.filter(({ rfc }) => rfc !== 'malformed')
  const malformed = challengeCases.filter(({ rfc }) => rfc === 'malformed')

  test.each(agreeing.map((row, i) => [i, row] as const))(
    'row %i is as RFC 9110 has it',
    (_, row) => {
      const list = parseChallenges(row.headers)
      expect(plain(list)).toEqual(wanted(row))
      expect(list.skipped).toEqual([])
    },
  )

  test.each(malformed.map((row, i) => [i, row] as const))(
    'malformed row %i guesses nothing',
    (_, row) => {
      // Beyond the grammar go-containerregistry often keeps a challenge with half of its parameters, or with
      // half of a value. What is kept here has to be what it read, or a challenge that it lost.
      for (const challenge of plain(parseChallenges(row.headers))) {
        for (const [name, value] of Object.entries(challenge.parameters)) {
          expect(row.headers.join('\n').toLowerCase()).toContain(name)
          expect(unescaped(row.headers.join('\n'))).toContain(value)
        }
      }
    },
  )

  test('there is a row of each kind', () => {
    expect(agreeing.length).toBeGreaterThan(100)
    expect(malformed.length).toBeGreaterThan(50)
    expect(agreeing.filter(({ rfc }) => rfc === 'differs').length).toBeGreaterThan(10)
  })
})

/** One case of the file differs from RFC 9110 without saying how: the white space before `=`. */
function wanted(row: (typeof challengeCases)[number]): (typeof challengeCases)[number]['want'] {
  if (row.rfc === 'same') return row.want
  if (row.rfc9110) return row.rfc9110
  expect(row.headers).toEqual(['Digest nonce ="q\\"q"'])
  return [{ scheme: 'digest', parameters: { nonce: 'q"q' } }]
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/gs, '$1')
}

/** What registries answer to `GET /v2/` without credentials, as their documentation shows it. */
const RECORDED = [
  [
    'Docker Hub',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"',
    'https://auth.docker.io/token',
    'registry.docker.io',
  ],
  [
    'Docker Hub, a manifest',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull"',
    'https://auth.docker.io/token',
    'registry.docker.io',
  ],
  [
    'Docker Hub, expired token',
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/nginx:pull",error="invalid_token"',
    'https://auth.docker.io/token',
    'registry.docker.io',
  ],
  [
    'ghcr.io',
    'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:user/image:pull"',
    'https://ghcr.io/token',
    'ghcr.io',
  ],
  [
    'quay.io',
    'Bearer realm="https://quay.io/v2/auth",service="quay.io"',
    'https://quay.io/v2/auth',
    'quay.io',
  ],
  [
    'gcr.io',
    'Bearer realm="https://gcr.io/v2/token",service="gcr.io"',
    'https://gcr.io/v2/token',
    'gcr.io',
  ],
  [
    'Google Artifact Registry',
    'Bearer realm="https://europe-west3-docker.pkg.dev/v2/token",service="europe-west3-docker.pkg.dev"',
    'https://europe-west3-docker.pkg.dev/v2/token',
    'europe-west3-docker.pkg.dev',
  ],
  [
    'ECR',
    'Basic realm="https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/",service="ecr.amazonaws.com"',
    'https://123456789012.dkr.ecr.eu-central-1.amazonaws.com/',
    'ecr.amazonaws.com',
  ],
  [
    'ECR Public',
    'Bearer realm="https://public.ecr.aws/token/",service="public.ecr.aws",scope="aws"',
    'https://public.ecr.aws/token/',
    'public.ecr.aws',
  ],
  [
    'ACR',
    'Bearer realm="https://acme.azurecr.io/oauth2/token",service="acme.azurecr.io"',
    'https://acme.azurecr.io/oauth2/token',
    'acme.azurecr.io',
  ],
  [
    'GitLab.com',
    'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"',
    'https://gitlab.com/jwt/auth',
    'container_registry',
  ],
  [
    'Harbor',
    'Bearer realm="https://harbor.corp/service/token",service="harbor-registry"',
    'https://harbor.corp/service/token',
    'harbor-registry',
  ],
  [
    'Artifactory',
    'Bearer realm="https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token",service="acme.jfrog.io"',
    'https://acme.jfrog.io/artifactory/api/docker/docker-local/v2/token',
    'acme.jfrog.io',
  ],
  ['Artifactory, Basic', 'Basic realm="Artifactory Realm"', 'Artifactory Realm', undefined],
  ['distribution with htpasswd', 'Basic realm="Registry Realm"', 'Registry Realm', undefined],
] as const

describe('recorded shapes of registries', () => {
  test.each(RECORDED)('%s', (_, header, realm, service) => {
    const { challenges, skipped } = parseChallenges(header)
    expect(skipped).toEqual([])
    expect(challenges).toHaveLength(1)
    expect(challenges[0]?.parameters[REALM]).toBe(realm)
    expect(challenges[0]?.parameters[SERVICE]).toBe(service)
  })
})

describe('what is read', () => {
  test.each([
    ['nothing', null, []],
    ['an absent header', undefined, []],
    ['no lines', [], []],
    ['an empty line', '', []],
    ['commas alone, empty list elements (section 5.6.1)', ' ,\t, ', []],
    ['a scheme', 'Negotiate', [['negotiate', undefined, {}]]],
    ['a scheme in odd case', 'bEaReR a=B', [['bearer', undefined, { a: 'B' }]]],
    [
      'white space around a line (section 5.5)',
      ' \tBasic a=b \t',
      [['basic', undefined, { a: 'b' }]],
    ],
    ['a tab for a space', 'Basic\ta=b', [['basic', undefined, { a: 'b' }]]],
    [
      'token68',
      'Negotiate YII/-._~+==, Basic a=b',
      [
        ['negotiate', 'YII/-._~+==', {}],
        ['basic', undefined, { a: 'b' }],
      ],
    ],
    [
      'token68 that looks like a parameter without value',
      'Basic realm=',
      [['basic', 'realm=', {}]],
    ],
    ['a parameter, not token68', 'Basic abc=def', [['basic', undefined, { abc: 'def' }]]],
    ['white space around =', 'Basic a = b , c\t=\t"d"', [['basic', undefined, { a: 'b', c: 'd' }]]],
    [
      'a comma in quotes',
      'Basic a="b, Bearer c=d"',
      [['basic', undefined, { a: 'b, Bearer c=d' }]],
    ],
    ['escapes', 'Basic a="\\"\\\\\\,b"', [['basic', undefined, { a: '"\\,b' }]]],
    ['an empty value', 'Basic a="",b=c', [['basic', undefined, { a: '', b: 'c' }]]],
    [
      'empty elements before the first parameter',
      'Basic ,, a=b',
      [['basic', undefined, { a: 'b' }]],
    ],
    [
      'a scheme behind empty elements',
      'Basic ,, Bearer',
      [
        ['basic', undefined, {}],
        ['bearer', undefined, {}],
      ],
    ],
    [
      'a scheme behind parameters',
      'Basic a=b, Negotiate',
      [
        ['basic', undefined, { a: 'b' }],
        ['negotiate', undefined, {}],
      ],
    ],
    [
      'names of Object.prototype',
      'Basic __proto__=a, constructor=b, toString=c',
      [['basic', undefined, { ['__proto__']: 'a', constructor: 'b', tostring: 'c' }]],
    ],
    ['text beyond ASCII in quotes', 'Basic a="ü密"', [['basic', undefined, { a: 'ü密' }]]],
  ] as const)('%s', (_, header, want) => {
    const { challenges, skipped } = parseChallenges(header)
    expect(challenges.map((c) => [c.scheme, c.token68, Object.entries(c.parameters)])).toEqual(
      want.map(([scheme, token68, parameters]) => [scheme, token68, Object.entries(parameters)]),
    )
    expect(skipped).toEqual([])
  })
})

describe('what is left out', () => {
  test.each([
    ['no scheme', '="x"', 0, 1, 'no-scheme'],
    ['a quoted scheme', '"Bearer" realm="x"', 0, 1, 'no-scheme'],
    ['a letter beyond ASCII', 'Bearér realm=x', 0, 5, 'unexpected-character'],
    ['a colon behind the scheme', 'Bearer: realm=x', 0, 7, 'unexpected-character'],
    ['no comma between parameters', 'Bearer realm="x" service="y"', 0, 18, 'unexpected-character'],
    [
      'a semicolon between parameters',
      'Bearer realm="x";service="y"',
      0,
      17,
      'unexpected-character',
    ],
    ['text behind the closing quote', 'Bearer realm="x"y', 0, 17, 'unexpected-character'],
    [
      'an unquoted URL as realm',
      'Bearer realm=https://a.corp/token',
      0,
      19,
      'unexpected-character',
    ],
    ['two words', 'Other realm=a b', 0, 15, 'unexpected-character'],
    ['a word before a parameter', 'Other realm error=x', 0, 13, 'unexpected-character'],
    ['no name', 'Other a=b, =c', 0, 12, 'unexpected-character'],
    ['no value', 'Other a=b, c=, d=e', 0, 14, 'no-value'],
    ['two equal signs', 'Other a=="b"', 0, 9, 'no-value'],
    ['no closing quote', 'Other a="b', 0, 11, 'unterminated-quote'],
    ['an escape at the end', 'Other a="b\\', 0, 12, 'unterminated-quote'],
    ['a line end in quotes', 'Other a="b\r\nX: y"', 0, 11, 'unterminated-quote'],
    ['a NUL in quotes', 'Other a="b\0"', 0, 11, 'unterminated-quote'],
    ['an escaped DEL', 'Other a="\\\x7f"', 0, 11, 'unterminated-quote'],
    ['a parameter twice', 'Bearer realm="a", realm="b"', 0, 19, 'duplicate-parameter'],
    ['a parameter twice in odd case', 'Bearer realm="a", REALM="b"', 0, 19, 'duplicate-parameter'],
    ['the second of two challenges', 'Basic a=b, Bearer realm="x', 1, 27, 'unterminated-quote'],
    [
      'a parameter behind a bare scheme and a comma',
      'Bearer, realm="x"',
      1,
      14,
      'unexpected-character',
    ],
  ] as const)('%s', (_, header, kept, column, code) => {
    const { challenges, skipped } = parseChallenges(['Digest a=b', header, 'Digest c=d'])
    expect(challenges).toHaveLength(kept + 2)
    expect(skipped).toMatchObject([{ line: 2, column, code }])
  })

  test('nothing of the header is repeated', () => {
    const { skipped } = parseChallenges('Bearer canary-1="canary-2" canary-3')
    expect(JSON.stringify(skipped)).not.toContain('canary')
    expect(skipped[0]?.message).toContain('expected a comma, a parameter or the end of the header')
  })

  test('each code has its sentence', () => {
    const lines = ['=', 'A b c', 'A b=c, d=', 'A b="', 'A b=c, b=d']
    expect(parseChallenges(lines).skipped.map(({ code, message }) => [code, message])).toEqual([
      ['no-scheme', 'expected the name of an authentication scheme'],
      [
        'unexpected-character',
        'expected a comma, a parameter or the end of the header; a value with other characters than a token has belongs in double quotes',
      ],
      ['no-value', 'expected a token or a quoted string as the value of a parameter'],
      ['unterminated-quote', 'expected a closing quote, and no control character before it'],
      ['duplicate-parameter', 'expected each parameter of a challenge once'],
    ])
  })
})

describe('issue 17, row 12: a Basic challenge whose parameters can’t be read', () => {
  test.each([
    ['an unquoted slash', 'Basic realm=/', {}, 13],
    ['single quotes', "Basic realm='Container Registry'", {}, 24],
    ['the parameters before the fault', 'Basic charset="UTF-8", realm=/', { charset: 'UTF-8' }, 30],
    ['half a value is none', 'Basic realm="x" y', {}, 17],
    ['odd case', 'BASIC realm=/', {}, 13],
    ['no closing quote', 'Basic realm="x', {}, 15],
    ['a line end in quotes', 'Basic realm="x\r\nX: y"', {}, 15],
    ['a parameter twice', 'Basic realm="a", realm="b"', { realm: 'a' }, 18],
    ['what no parameter begins with', 'Basic ;', {}, 7],
  ] as const)('%s: it stands in both lists', (_, header, parameters, column) => {
    const list = parseChallenges(header)
    expect(plain(list)).toEqual([{ scheme: 'basic', parameters }])
    expect(list.skipped).toMatchObject([{ line: 1, column }])
  })

  test.each([
    ['Bearer', 'Bearer realm=/'],
    ['a name that only begins alike', 'Basics realm=/'],
    ['a colon behind the scheme', 'Basic: realm=x'],
    ['a letter beyond ASCII behind the scheme', 'Basicé realm=x'],
    ['no scheme', '"Basic" realm=x'],
  ])('%s: it doesn’t', (_, header) => {
    expect(parseChallenges(header).challenges).toEqual([])
    expect(parseChallenges(header).skipped).toHaveLength(1)
  })

  test('the rest of the line is left out, and other lines stay', () => {
    const list = parseChallenges(['Basic realm=/, Bearer realm="x"', 'Bearer realm="y"'])
    expect(plain(list)).toEqual([
      { scheme: 'basic', parameters: {} },
      { scheme: 'bearer', parameters: { realm: 'y' } },
    ])
  })
})

describe('what is given', () => {
  test('is frozen all the way down', () => {
    const list = parseChallenges('Basic realm="x", Negotiate, ;')
    expect(list.challenges).toEqual([
      { scheme: 'basic', parameters: { realm: 'x' }, token68: undefined },
      { scheme: 'negotiate', parameters: {}, token68: undefined },
    ])
    expect(Object.keys(list)).toEqual(['challenges', 'skipped'])
    const { challenges, skipped } = list
    expect(Object.hasOwn(challenges[1] ?? {}, 'token68')).toBe(true)
    const all = [list, challenges, skipped, ...skipped, ...challenges, challenges[0]?.parameters]
    for (const value of all) expect(Object.isFrozen(value)).toBe(true)
  })

  test('threat 18: a polluted Object.prototype supplies no parameter', () => {
    Object.assign(Object.prototype, { realm: 'https://evil.example/' })
    try {
      const realmIn = (header: string) => parseChallenges(header).challenges[0]?.parameters[REALM]
      expect(realmIn('Bearer service=x')).toBeUndefined()
      expect(realmIn('Bearer')).toBeUndefined()
      expect(realmIn('Bearer realm="a"')).toBe('a')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'realm')
    }
  })

  test.each([[42], [{}], [['a', 1]], [Symbol('x')], [true]])('misuse: %s', (value) => {
    expect(() => parseChallenges(value as unknown as string)).toThrow(
      new TypeError('parseChallenges: expected a string or an array of strings'),
    )
  })
})

describe('properties', () => {
  const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}$/)
  const value = fc.stringMatching(/^[\t -~\u0080-\uffff]{0,12}$/)
  const parameters = fc.uniqueArray(fc.tuple(token, value), {
    selector: ([name]) => name.toLowerCase(),
    maxLength: 4,
  })
  const gap = fc.constantFrom('', ' ', '\t', '  ')
  const separator = fc
    .tuple(gap, fc.constantFrom(',', ', ,', ',,'), gap)
    .map((parts) => parts.join(''))

  test('whatever is written by the grammar is read back, however it is laid out', () => {
    const written = fc.tuple(
      fc.array(fc.tuple(token, parameters), { maxLength: 4 }),
      separator,
      gap,
    )
    fc.assert(
      fc.property(written, ([challenges, comma, space]) => {
        const header = challenges
          .map(([scheme, fields]) => {
            const text = fields.map(
              ([name, v]) => `${name}${space}=${space}"${v.replaceAll(/["\\]/g, '\\$&')}"`,
            )
            return fields.length === 0 ? scheme : `${scheme} ${text.join(comma)}`
          })
          .join(comma)
        const list = parseChallenges(header)
        expect(list.skipped).toEqual([])
        expect(list.challenges.map((c) => [c.scheme, Object.entries(c.parameters).sort()])).toEqual(
          challenges.map(([scheme, fields]) => [
            scheme.toLowerCase(),
            fields.map(([name, v]) => [name.toLowerCase(), v]).sort(),
          ]),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('never throws, and accounts for every line', () => {
    const shard = fc.constantFrom(
      'Bearer',
      'realm',
      '"',
      '\\',
      '=',
      ',',
      ' ',
      '\t',
      ';',
      '\0',
      'a',
      'é',
      '__proto__',
    )
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(shard, { maxLength: 24 }).map((s) => s.join('')),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const list = parseChallenges(lines)
        expect(list.skipped.length).toBeLessThanOrEqual(lines.length)
        for (const challenge of list.challenges)
          expect(challenge.scheme).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/)
        for (const { line: at, column } of list.skipped) {
          expect(column - 1).toBeLessThanOrEqual(lines[at - 1]?.length ?? -1)
        }
      }),
      { numRuns: 5000 },
    )
  })
})
