import { webcrypto } from 'node:crypto'
import 'reflect-metadata'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import {
  AuthorityKeyIdentifierExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
} from '@peculiar/x509'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, parseCaBundle } from '../../../src/certificates/index.js'
import { verifyChain } from '../../../src/inspect/verify-chain.js'
import {
  ALGORITHMS,
  ca,
  dns,
  type Issued,
  issue,
  names,
  type Request,
} from '../../support/authority.js'
import { element, integer, sequence } from '../../support/der-builder.js'

const HOST = 'registry.corp'
const NOW = Date.UTC(2030, 0, 1)
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY = '2.5.29.37.0'
const usage = (...flags: KeyUsageFlags[]) => {
  return new KeyUsagesExtension(
    flags.reduce((a, b) => a | b, 0),
    true,
  )
}
const extended = (...usages: string[]) => new ExtendedKeyUsageExtension(usages)
const raw = (type: string, critical: boolean, value: Uint8Array<ArrayBuffer>) =>
  new Extension(type, critical, value)
const constraint = (tag: number, domain: string) => {
  return raw('2.5.29.30', true, sequence(element(tag, sequence(element(0x82, domain)))))
}
const permitted = (domain: string) => constraint(0xa0, domain)
const excluded = (domain: string) => constraint(0xa1, domain)
const past = { notBefore: new Date('2019-01-01'), notAfter: new Date('2021-01-01') }
const future = { notBefore: new Date('2040-01-01'), notAfter: new Date('2041-01-01') }

/** What OpenSSL, by Node's TLS client, makes of the same chain; NOW is its clock's too. */
async function acceptedByNode(
  chain: readonly Issued[],
  anchors: readonly Issued[],
): Promise<boolean> {
  const [leaf] = chain
  if (leaf === undefined) throw new Error('expected a chain')
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', leaf.keys.privateKey)
  const key = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(pkcs8).toString('base64')}\n-----END PRIVATE KEY-----\n`
  const cert = chain.map(({ certificate }) => certificate.pem).join('')
  const server = tls.createServer({ key, cert }, (socket) => socket.end())
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = tls.connect({
    port,
    host: '127.0.0.1',
    servername: HOST,
    ca: anchors.map(({ certificate }) => certificate.pem),
    rejectUnauthorized: true,
  })
  try {
    await once(socket, 'secureConnect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
    server.close()
  }
}

const verify = (chain: readonly Issued[], anchors: readonly Issued[], now = NOW, host = HOST) => {
  const bundle = parseCaBundle(anchors.map(({ certificate }) => certificate.pem).join(''))
  return verifyChain(
    chain.map(({ certificate }) => certificate),
    bundle,
    { now, host },
  )
}

/** `same`, or why Node's TLS client decides otherwise than Go. */
type Node = 'same' | string

interface Row {
  readonly root?: Request
  readonly intermediate?: Request
  readonly leaf?: Request
  readonly expected: string
  readonly node: Node
}

const rows: Record<string, Row> = {
  'a chain of three': { expected: 'trusted', node: 'same' },
  'a wildcard below one label': {
    leaf: { extensions: [dns('*.corp')] },
    expected: 'trusted',
    node: "Node's own check of names wants two labels behind a wildcard",
  },
  'an expired leaf': { leaf: past, expected: 'expired 0', node: 'same' },
  'an expired intermediate': { intermediate: past, expected: 'expired 1', node: 'same' },
  'an expired root': { root: past, expected: 'expired 1', node: 'same' },
  'a leaf of tomorrow': { leaf: future, expected: 'not-yet-valid 0', node: 'same' },
  'an intermediate of tomorrow': {
    intermediate: future,
    expected: 'not-yet-valid 1',
    node: 'same',
  },
  'another name': {
    leaf: { extensions: [dns('other.corp')] },
    expected: 'wrong-name 0',
    node: 'same',
  },
  'a wildcard for two labels': {
    leaf: { extensions: [dns('*')] },
    expected: 'wrong-name 0',
    node: 'same',
  },
  'no alternative names': {
    leaf: { extensions: [] },
    expected: 'wrong-name 0',
    node: 'same',
  },
  'an intermediate that is no CA': {
    intermediate: { extensions: [dns('x')] },
    expected: 'not-a-ca 1',
    node: 'same',
  },
  'a root that is no CA': {
    root: { extensions: [dns('x')] },
    expected: 'not-a-ca 1',
    node: 'same',
  },
  'a root that says so': {
    root: { extensions: [raw('2.5.29.19', true, sequence())] },
    expected: 'not-a-ca 1',
    node: 'same',
  },
  'a path length of zero above an intermediate': {
    root: { extensions: [ca(0)] },
    expected: 'path-length 1',
    node: 'same',
  },
  'a path length of one': { root: { extensions: [ca(1)] }, expected: 'trusted', node: 'same' },
  'a path length of zero above the leaf': {
    intermediate: { extensions: [ca(0)] },
    expected: 'trusted',
    node: 'same',
  },
  'an intermediate without keyCertSign': {
    intermediate: { extensions: [ca(), usage(KeyUsageFlags.digitalSignature)] },
    expected: 'key-usage 1',
    node: 'same',
  },
  'a root without keyCertSign': {
    root: { extensions: [ca(), usage(KeyUsageFlags.cRLSign)] },
    expected: 'key-usage 1',
    node: 'same',
  },
  'with keyCertSign': {
    root: { extensions: [ca(), usage(KeyUsageFlags.keyCertSign)] },
    intermediate: { extensions: [ca(), usage(KeyUsageFlags.keyCertSign, KeyUsageFlags.cRLSign)] },
    expected: 'trusted',
    node: 'same',
  },
  'a leaf for clients': {
    leaf: { extensions: [dns(HOST), extended(CLIENT_AUTH)] },
    expected: 'extended-key-usage 0',
    node: 'same',
  },
  'a leaf for both': {
    leaf: { extensions: [dns(HOST), extended(CLIENT_AUTH, SERVER_AUTH)] },
    expected: 'trusted',
    node: 'same',
  },
  'a leaf for anything': {
    leaf: { extensions: [dns(HOST), extended(ANY)] },
    expected: 'trusted',
    node: 'OpenSSL does not take anyExtendedKeyUsage for a server',
  },
  'an intermediate for clients': {
    intermediate: { extensions: [ca(), extended(CLIENT_AUTH)] },
    expected: 'extended-key-usage 1',
    node: 'same',
  },
  'a root for clients': {
    root: { extensions: [ca(), extended(CLIENT_AUTH)] },
    expected: 'extended-key-usage 1',
    node: 'same',
  },
  'a name that the root permits': {
    root: { extensions: [ca(), permitted('corp')] },
    expected: 'trusted',
    node: 'same',
  },
  'a name that the root does not permit': {
    root: { extensions: [ca(), permitted('example')] },
    expected: 'name-constraints 1',
    node: 'same',
  },
  'a name that the intermediate excludes': {
    intermediate: { extensions: [ca(), excluded('registry.corp')] },
    expected: 'name-constraints 1',
    node: 'same',
  },
  'a wildcard that stands for a name which the intermediate excludes': {
    intermediate: { extensions: [ca(), excluded('other.corp')] },
    leaf: { extensions: [names({ type: 'dns', value: '*.corp' }, { type: 'dns', value: HOST })] },
    expected: 'name-constraints 1',
    node: 'OpenSSL takes the wildcard for a label',
  },
  'a name with a dot at its end, under a constraint': {
    intermediate: { extensions: [ca(), excluded('example')] },
    leaf: { extensions: [names({ type: 'dns', value: 'a.corp.' }, { type: 'dns', value: HOST })] },
    expected: 'name-constraints 1',
    node: 'OpenSSL compares ends of names',
  },
  'an intermediate with a name that the root does not permit': {
    root: { extensions: [ca(), permitted('corp')] },
    intermediate: { extensions: [ca(), dns('example')] },
    expected: 'name-constraints 1',
    node: 'same',
  },
  'an intermediate with a name that its own constraint does not permit': {
    intermediate: { extensions: [ca(), permitted('corp'), dns('example')] },
    expected: 'trusted',
    node: 'same',
  },
  'an unknown critical extension of the leaf': {
    leaf: { extensions: [dns(HOST), raw('1.2.3.4', true, integer(1))] },
    expected: 'critical-extension 0',
    node: 'same',
  },
  'an unknown critical extension of the intermediate': {
    intermediate: { extensions: [ca(), raw('1.2.3.4', true, integer(1))] },
    expected: 'critical-extension 1',
    node: 'same',
  },
  'an unknown extension': {
    leaf: { extensions: [dns(HOST), raw('1.2.3.4', false, integer(1))] },
    expected: 'trusted',
    node: 'same',
  },
}

async function build({ root, intermediate, leaf }: Row) {
  const top = await issue('Root', { extensions: [ca()], ...root })
  const middle = await issue('Intermediate', { issuer: top, extensions: [ca()], ...intermediate })
  const end = await issue('leaf', { issuer: middle, extensions: [dns(HOST)], ...leaf })
  return { top, middle, end }
}

const summary = (verdict: Awaited<ReturnType<typeof verify>>) => {
  return verdict.kind === 'trusted' ? 'trusted' : `${verdict.code} ${verdict.index}`
}

describe("a chain of root, intermediate and leaf, by Go's rules", () => {
  it.each(Object.entries(rows))('%s', async (_, row) => {
    const { top, middle, end } = await build(row)
    const verdict = await verify([end, middle], [top])
    expect(summary(verdict)).toBe(row.expected)
    expect(Object.isFrozen(verdict)).toBe(true)
    if (verdict.kind === 'trusted')
      expect(verdict.anchor.fingerprint).toBe(top.certificate.fingerprint)
    else expect(verdict.message).toMatch(/^(CN=\S+|the issuer of CN=leaf) /)
    const accepted = await acceptedByNode([end, middle], [top])
    expect(accepted === (verdict.kind === 'trusted')).toBe(row.node === 'same')
  })
})

describe('anchors', () => {
  let root: Issued
  let middle: Issued
  let leaf: Issued
  beforeAll(async () => {
    const { top, middle: intermediate, end } = await build(rows['a chain of three'] as Row)
    root = top
    middle = intermediate
    leaf = end
  })
  const anchorOf = async (...parameters: Parameters<typeof verify>) => {
    const verdict = await verify(...parameters)
    return verdict.kind === 'trusted' ? verdict.anchor.subject : summary(verdict)
  }

  it('may be the root, an intermediate, or the leaf', async () => {
    expect(await anchorOf([leaf, middle], [root])).toBe('CN=Root')
    expect(await anchorOf([leaf, middle, root], [root])).toBe('CN=Root')
    expect(await anchorOf([leaf], [middle])).toBe('CN=Intermediate')
    expect(await anchorOf([leaf, middle], [middle])).toBe('CN=Intermediate')
    expect(await anchorOf([leaf], [leaf])).toBe('CN=leaf')
  })

  it('may be sent in any order behind the leaf, with others between', async () => {
    const other = await issue('Other', { extensions: [ca()] })
    expect(await anchorOf([leaf, other, root, middle], [other, root])).toBe('CN=Root')
  })

  it('count only with their own key', async () => {
    const impostor = await issue('Root', { extensions: [ca()] })
    expect(await anchorOf([leaf, middle], [impostor])).toBe('bad-signature 1')
    expect(await anchorOf([leaf, middle], [impostor, root])).toBe('CN=Root')
    expect(await anchorOf([leaf, middle, root], [impostor])).toMatch(
      /^(bad-signature|unknown-issuer) /,
    )
  })

  it('are missing: the last certificate of the chain is named', async () => {
    const other = await issue('Other', { extensions: [ca()] })
    const verdict = await verify([leaf, middle, root], [other])
    expect(verdict).toMatchObject({ code: 'unknown-issuer', index: 2 })
    expect(verdict).toHaveProperty(
      'message',
      'the chain ends in CN=Root, which is not among the anchors',
    )
  })

  it('are missing: the intermediate was not sent', async () => {
    const verdict = await verify([leaf], [root])
    expect(verdict).toMatchObject({ code: 'unknown-issuer', index: 0 })
    expect(verdict).toHaveProperty(
      'message',
      'the issuer of CN=leaf is neither among the anchors nor sent by the server',
    )
  })

  it('are missing: of several faults the one is told that leads furthest', async () => {
    const impostor = await issue('Intermediate', { extensions: [ca()] })
    expect(await anchorOf([leaf, middle, impostor], [])).toBe('bad-signature 2')
    const named = await issue('Intermediate', {
      issuer: root,
      extensions: [ca(), new SubjectKeyIdentifierExtension('0a')],
    })
    const end = await issue('end', {
      issuer: named,
      extensions: [dns(HOST), new AuthorityKeyIdentifierExtension('0a')],
    })
    expect(await anchorOf([end, impostor, named], [])).toBe('unknown-issuer 2')
  })

  it('are missing: of two faults at one place, the one behind a good signature is told', async () => {
    const impostor = await issue('Intermediate', { extensions: [ca()] })
    const old = await issue('Intermediate', { ...past, keys: middle.keys, extensions: [ca()] })
    expect(await anchorOf([leaf], [impostor, old])).toBe('expired 0')
    expect(await anchorOf([leaf], [old, impostor])).toBe('expired 0')
    // The second signs the first, so that both lead to it.
    const second = await issue('Same', { issuer: root, extensions: [ca()] })
    const first = await issue('Same', { issuer: second, extensions: [ca()] })
    const end = await issue('end', { issuer: first, extensions: [dns(HOST)] })
    expect(await anchorOf([end, first, second], [])).toBe('unknown-issuer 2')
    expect(await anchorOf([end, second, first], [])).toMatch(/^(bad-signature|unknown-issuer) /)
  })

  it('are missing altogether', async () => {
    expect(await anchorOf([leaf, middle], [])).toBe('unknown-issuer 1')
  })

  it('a pinned leaf has to be valid and for the host all the same', async () => {
    const old = await issue('old', { ...past, extensions: [dns(HOST)] })
    expect(await anchorOf([old], [old])).toBe('expired 0')
    expect(await anchorOf([leaf], [leaf], NOW, 'other.corp')).toBe('wrong-name 0')
  })

  it('count for nothing over SHA-1, which Go refuses', async () => {
    const weak = await issue('weak', { algorithm: ALGORITHMS['rsa-sha1'], extensions: [ca()] })
    const end = await issue('end', {
      issuer: weak,
      algorithm: ALGORITHMS.p256,
      extensions: [dns(HOST)],
    })
    expect(await anchorOf([end], [weak])).toBe('weak-signature 0')
  })

  it('of two of one name, the valid one counts', async () => {
    const expired = await issue('Root', { ...past, keys: root.keys, extensions: [ca()] })
    expect(await anchorOf([leaf, middle], [expired])).toBe('expired 1')
    expect(await anchorOf([leaf, middle], [expired, root])).toBe('CN=Root')
  })

  it('a cross-signature leads to the other root, and two to no endless loop', async () => {
    const a = await issue('A', { extensions: [ca()] })
    const b = await issue('B', { extensions: [ca()] })
    const aByB = await issue('A', { keys: a.keys, issuer: b, extensions: [ca()] })
    const bByA = await issue('B', { keys: b.keys, issuer: a, extensions: [ca()] })
    const end = await issue('end', { issuer: a, extensions: [dns(HOST)] })
    expect(await anchorOf([end, aByB], [b])).toBe('CN=B')
    expect(await anchorOf([end, aByB, bByA], [root])).toMatch(/^unknown-issuer /)
  })

  it('one at a time: the moments of validity are part of it', async () => {
    const { notBefore, notAfter } = leaf.certificate
    expect(await anchorOf([leaf, middle], [root], +notBefore)).toBe('CN=Root')
    expect(await anchorOf([leaf, middle], [root], +notBefore - 1)).toBe('not-yet-valid 0')
    expect(await anchorOf([leaf, middle], [root], +notAfter)).toBe('CN=Root')
    expect(await anchorOf([leaf, middle], [root], +notAfter + 1)).toBe('expired 0')
  })

  it('vouch for an address', async () => {
    const address = await issue('address', {
      issuer: middle,
      extensions: [names({ type: 'ip', value: '192.0.2.1' })],
    })
    expect(await anchorOf([address, middle], [root], NOW, '192.0.2.1')).toBe('CN=Root')
  })
})

describe('a server decides on the chain', () => {
  it('that is empty', async () => {
    const verdict = await verifyChain([], parseCaBundle(''), { now: NOW, host: HOST })
    expect(verdict).toEqual({
      kind: 'untrusted',
      code: 'empty-chain',
      message: 'the server sent no certificate',
      index: 0,
    })
  })

  it('with many issuers of one name: Go gives up after 100 signatures, and so does this', async () => {
    const root = await issue('Root', { extensions: [ca()] })
    const leaf = await issue('leaf', { issuer: root, extensions: [dns(HOST)] })
    const others = await Promise.all(
      Array.from({ length: 101 }, () => issue('Root', { extensions: [ca()] })),
    )
    expect(summary(await verify([leaf, ...others], []))).toBe('too-many-signatures 0')
  })

  it('with names that would change what a terminal shows', async () => {
    const evil = await issue('a\u202eb\u009bc', { extensions: [dns('other.corp')] })
    const verdict = await verify([evil], [])
    expect(verdict).toHaveProperty(
      'message',
      expect.stringContaining('CN=a\ufffdb\ufffdc is not for'),
    )
  })

  it('with a name without end', async () => {
    const long = await issue('x'.repeat(5000), { extensions: [dns('other.corp')] })
    const verdict = await verify([long], [])
    expect(verdict.kind === 'untrusted' && verdict.message.length).toBeLessThan(300)
  })
})

describe('deviations from Go', () => {
  const [, section = ''] = readFileSync(
    new URL('../../../docs/deviations.md', import.meta.url),
    'utf8',
  ).split('### Certificate.Verify')
  const [table = ''] = section.split('\n###')
  const listed = [...table.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name]) => name)

  it('are all listed', () => {
    expect(listed).toEqual([
      'deviation',
      // Of link.test.ts and permitted-names.test.ts.
      'names under a constraint of their own kind',
      // Of signature.test.ts.
      'P-224 and ML-DSA',
      'keys with fields behind those that Go reads',
      'signatures with unused bits',
      'keys that Go distrusts one by one',
      // Of permitted-names.test.ts.
      "names that can't be held against a constraint",
      'policies',
      'an issuer of a name and a key that the chain has already',
      // Of permitted-names.test.ts.
      'address constraints with bits behind their mask',
      // Of host-name.test.ts.
      'a host with a zone, such as `fe80::1%eth0`',
      // Of permitted-names.test.ts.
      'many names under many constraints',
    ])
  })

  it('an issuer of a name and a key that the chain has already is passed over', async () => {
    const root = await issue('Root', { extensions: [ca()] })
    const own = await issue('Corp', { issuer: root, extensions: [ca()] })
    // Both have the name and the key, and the server's alone has alternative names: Go trusts this chain.
    const server = await issue('Corp', { keys: own.keys, issuer: own, extensions: [dns(HOST)] })
    expect(await verify([server, own], [root])).toMatchObject({ code: 'unknown-issuer' })
    const other = await issue('Server', { issuer: own, extensions: [dns(HOST)] })
    expect(await verify([other, own], [root])).toMatchObject({ kind: 'trusted' })
  })
})

describe('misuse is a TypeError', () => {
  const bundle = parseCaBundle('')
  it.each<[unknown, unknown, unknown]>([
    [undefined, bundle, { now: 0, host: 'a' }],
    [[{}], bundle, { now: 0, host: 'a' }],
    [[], undefined, { now: 0, host: 'a' }],
    [[], {}, { now: 0, host: 'a' }],
    [[], { certificates: [{}] }, { now: 0, host: 'a' }],
    [[], Object.create(bundle), { now: 0, host: 'a' }],
    [[], bundle, undefined],
    [[], bundle, { now: 0 }],
    [[], bundle, { host: 'a' }],
    [[], bundle, { now: Number.NaN, host: 'a' }],
    [[], bundle, { now: new Date(0), host: 'a' }],
    [[], bundle, { now: 0, host: 1 }],
    [[], bundle, { now: 0, host: 'a', hostname: 'a' }],
  ])('%#', async (chain, anchors, options) => {
    const call = verifyChain(
      chain as Certificate[],
      anchors as typeof bundle,
      options as { now: number; host: string },
    )
    await expect(call).rejects.toThrow(TypeError)
  })

  it('a copy of a certificate is none', async () => {
    const { certificate } = await issue('Root')
    const call = verifyChain([{ ...certificate }], bundle, { now: NOW, host: HOST })
    await expect(call).rejects.toThrow(TypeError)
  })
})
