// Chains judged: which of both is at fault, and what would have to stand in ca-certs.

import { describe, expect, it } from 'vitest'
import { chainOf } from '../../../../src/cli/check/shown-certificate.js'
import { judge } from '../../../../src/cli/check/untrusted.js'
import type { TlsTrust } from '../../../../src/index.js'
import { ca, dns, type Issued, issue, names } from '../../../support/authority.js'

const HOST = 'registry.corp'
const NOW = Date.parse('2026-06-01T00:00:00Z')
const PAST = new Date('2026-01-01T00:00:00Z')
const FUTURE = new Date('2027-01-01T00:00:00Z')
const root = await issue('Corp Root', { extensions: [ca()] })
const leafOf = (issuer: Issued, more = {}) =>
  issue(HOST, { issuer, extensions: [dns(HOST)], ...more })

const pinned = (first: Issued, ...others: readonly Issued[]): TlsTrust => ({
  kind: 'ca-bundle',
  certificates: [first.certificate, ...others.map(({ certificate }) => certificate)],
})

const say = (chain: readonly Issued[], tls: TlsTrust, isElsewhere = false) =>
  judge({
    ...{ host: HOST, tls, now: NOW, code: 'NODE_CODE', isElsewhere },
    chain: chain.map(({ certificate }) => certificate),
  })

describe('a chain', () => {
  it('that was not seen', async () => {
    expect((await say([], pinned(root))).message).toBe(
      "the server's certificate isn't trusted (NODE_CODE), and can't be looked at",
    )
  })

  it('that has an anchor is a matter between Node and Go', async () => {
    const said = await say([await leafOf(root)], pinned(root))
    expect(said.message).toBe(
      'the trust has an anchor for this chain, and Node refuses it (NODE_CODE)',
    )
    expect(said.missing).toBeUndefined()
  })

  it('that has none among the roots of this machine', async () => {
    const said = await say([await leafOf(root), root], { kind: 'web-pki' })
    expect(said.message).toBe(
      "the chain ends in CN=Corp Root, which is not among this machine's roots",
    )
    expect(said.missing?.fingerprint).toBe(root.certificate.fingerprint)
  })

  it('elsewhere, whose root was sent, has to be added to the rule', async () => {
    const other = await issue('Cloud Root', { extensions: [ca()] })
    const said = await say([await leafOf(other), other], pinned(root), true)
    expect(said.help).toContain(`alone are trusted for ${HOST} too`)
    expect(said.help).toContain('write the PEM of CN=Cloud Root in ca-certs besides')
    expect((await say([await leafOf(other), other], { kind: 'web-pki' }, true)).help).toContain(
      "if CN=Cloud Root is the registry's CA",
    )
  })

  it('with an anchor of another key', async () => {
    const again = await issue('Corp Root', { extensions: [ca()] })
    const chain = [await leafOf(root)]
    expect((await say(chain, pinned(again))).help).toMatch(
      /^a certificate of the same name with another key is trusted/,
    )
  })

  it('by an anchor that has expired, which is the fault of the rule', async () => {
    const old = await issue('Old Root', { extensions: [ca()], notAfter: PAST })
    expect((await say([await leafOf(old)], pinned(old))).help).toMatch(/^the rule is at fault/)
  })

  it('by an intermediate that has expired, which is the fault of the server', async () => {
    const old = await issue('Old CA', { issuer: root, extensions: [ca()], notAfter: PAST })
    const said = await say([await leafOf(old), old], pinned(root))
    expect([said.message, said.help]).toEqual([
      expect.stringContaining('CN=Old CA has expired'),
      expect.stringMatching(/^the server is at fault/),
    ])
  })

  it('that begins in the future', async () => {
    const said = await say([await leafOf(root, { notBefore: FUTURE })], pinned(root))
    expect(said.help).toContain("unless this machine's clock is wrong")
  })

  it('of which no one is told what to do has the server ask', async () => {
    const narrow = await issue('Narrow CA', { issuer: root, extensions: [ca(0)] })
    const below = await issue('Below', { issuer: narrow, extensions: [ca()] })
    const said = await say([await leafOf(below), below, narrow], pinned(root))
    expect(said.help).toBe('the server is at fault: ask its administrator for another chain')
  })

  it('is shown with the names of its server, unless it is too large to look into', async () => {
    const many = Array.from(
      { length: 5000 },
      (_, i) => ({ type: 'dns', value: `host-${i}.corp` }) as const,
    )
    const large = await issue(HOST, { issuer: root, extensions: [names(...many)] })
    const [shown] = (await say([large], pinned(root))).certificates ?? []
    expect(shown?.names).toEqual([])
    const [small] = (await say([await leafOf(root)], pinned(root))).certificates ?? []
    expect(small?.names).toEqual([HOST])
  })
})

describe('what a connection shows', () => {
  const socketOf = (link: object | undefined) =>
    ({ getPeerCertificate: () => link }) as unknown as Parameters<typeof chainOf>[0]

  it('ends where this library reads no certificate, and is not endless', async () => {
    const raw = Buffer.from(root.certificate.der)
    expect(chainOf(socketOf({ raw: Buffer.from('x') }))).toEqual([])
    expect(chainOf(socketOf(undefined))).toEqual([])
    const one: { raw: Buffer; issuerCertificate?: object } = { raw }
    one.issuerCertificate = { raw, issuerCertificate: one }
    expect(chainOf(socketOf(one))).toHaveLength(20)
  })
})
