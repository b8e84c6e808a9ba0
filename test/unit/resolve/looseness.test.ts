import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { credentialsOf } from '../../../src/credentials.js'
import { parseCaBundle } from '../../../src/index.js'
import {
  type Change,
  changeOfSets,
  compareCredentials,
  compareTrust,
  joinChanges,
} from '../../../src/resolve/looseness.js'
import { type TlsTrust, trustOf } from '../../../src/resolve/trust.js'
import { Secret } from '../../../src/secret.js'
import { certificate, commonName, pem } from '../../support/der-builder.js'

const SWAPPED: Readonly<Record<Change, Change>> = {
  same: 'same',
  looser: 'tighter',
  tighter: 'looser',
  different: 'different',
}

const pemOf = (name: string) => pem(certificate({ subject: commonName(name) }))
const [one, two] = [pemOf('one'), pemOf('two')]
const bundle = (...pems: readonly string[]): TlsTrust =>
  trustOf({ insecureSkipVerify: false, caBundle: parseCaBundle(pems.join('')) })

const TRUSTS: Readonly<Record<string, TlsTrust>> = {
  none: trustOf({ insecureSkipVerify: false, caBundle: parseCaBundle('') }),
  one: bundle(one),
  two: bundle(two),
  both: bundle(one, two),
  twice: bundle(two, one, two),
  public: trustOf({ insecureSkipVerify: false, caBundle: undefined }),
  any: trustOf({ insecureSkipVerify: true, caBundle: undefined }),
}

describe('trust', () => {
  it.each<[string, string, Change, string]>([
    ['none', 'one', 'looser', 'something is trusted'],
    ['none', 'any', 'looser', 'everything is trusted'],
    ['one', 'public', 'looser', 'the pin is gone'],
    ['public', 'any', 'looser', 'nothing is verified'],
    ['one', 'any', 'looser', 'nothing is verified'],
    ['one', 'both', 'looser', 'one more anchor'],
    ['one', 'two', 'different', 'another anchor'],
    ['both', 'twice', 'same', 'their order and number mean nothing'],
    ['none', 'none', 'same', 'itself'],
    ['any', 'any', 'same', 'itself'],
  ])('from %s to %s is %s: %s', (before, after, change) => {
    const [a, b] = [TRUSTS[before], TRUSTS[after]]
    if (!a || !b) throw new Error('expected a trust of the table')
    expect(compareTrust(a, b)).toBe(change)
    expect(compareTrust(b, a)).toBe(SWAPPED[change])
  })
})

describe('credentials', () => {
  const NONE = {
    username: undefined,
    password: undefined,
    auth: undefined,
    identityToken: undefined,
    registryToken: undefined,
  }
  const of = (keys: Readonly<Record<string, string>>) =>
    credentialsOf({
      ...NONE,
      ...Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, new Secret(value)])),
    })

  it.each<[object, object, Change, string]>([
    [{}, { auth: 'dTpw' }, 'looser', 'something is sent'],
    [{}, { registryToken: 't' }, 'looser', 'something is sent'],
    [{ username: 'u', password: 'p' }, { auth: 'dTpw' }, 'same', 'the same header'],
    [{ auth: 'dTpw' }, { auth: 'dTpx' }, 'different', 'another password'],
    [{ registryToken: 't' }, { registryToken: 'u' }, 'different', 'another token'],
    [{ identityToken: 't' }, { identityToken: 'u' }, 'different', 'another token'],
    [{ identityToken: 't' }, { registryToken: 't' }, 'different', 'another kind, the same text'],
    [{ auth: 't' }, { registryToken: 't' }, 'different', 'another kind, the same text'],
    [{ identityToken: 't' }, { identityToken: 't', auth: 'dTpw' }, 'looser', 'one more secret'],
    [{ auth: 'dTpw' }, { identityToken: 't', auth: 'dTpw' }, 'looser', 'one more secret'],
    [
      { identityToken: 't', auth: 'dTpw' },
      { identityToken: 't', auth: 'dTpx' },
      'different',
      'the second of two',
    ],
    [{}, {}, 'same', 'itself'],
  ])('from %j to %j is %s: %s', (before, after, change) => {
    const [a, b] = [of({ ...before }), of({ ...after })]
    expect(compareCredentials(a, b)).toBe(change)
    expect(compareCredentials(b, a)).toBe(SWAPPED[change])
  })
})

describe('sets', () => {
  const anySet = fc.uniqueArray(fc.constantFrom('a', 'b', 'c')).map((members) => new Set(members))

  it('are looser where they hold more, and tighter the other way round', () => {
    fc.assert(
      fc.property(anySet, anySet, (a, b) => {
        const isWithin = [...a].every((member) => b.has(member))
        const change = changeOfSets(a, b)
        expect(change === 'looser' || change === 'same').toBe(isWithin)
        expect(changeOfSets(b, a)).toBe(SWAPPED[change])
      }),
    )
  })
})

describe('changes as one', () => {
  it.each<[Change[], Change]>([
    [[], 'same'],
    [['same', 'same'], 'same'],
    [['same', 'different'], 'different'],
    [['different', 'looser'], 'looser'],
    [['tighter', 'different'], 'tighter'],
    [['looser', 'tighter'], 'different'],
    [['looser', 'same', 'tighter', 'different'], 'different'],
  ])('%j are %s', (changes, joined) => {
    expect(joinChanges(...changes)).toBe(joined)
    expect(joinChanges(...changes.map((change) => SWAPPED[change]))).toBe(SWAPPED[joined])
  })
})
