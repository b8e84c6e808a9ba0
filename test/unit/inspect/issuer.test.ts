import 'reflect-metadata'
import { AuthorityKeyIdentifierExtension, SubjectKeyIdentifierExtension } from '@peculiar/x509'
import { describe, expect, it } from 'vitest'
import type { Certificate } from '../../../src/certificates/index.js'
import { findIssuer } from '../../../src/inspect/issuer.js'
import { ALGORITHMS, ca, type Issued, issue } from '../../support/authority.js'

describe('the issuer of a certificate', () => {
  it('is the one of its name whose key signed it', async () => {
    const root = await issue('Root', { extensions: [ca()] })
    const impostor = await issue('Root', { extensions: [ca()] })
    const other = await issue('Other', { keys: root.keys, extensions: [ca()] })
    const leaf = await issue('leaf', { issuer: root })
    const all = [impostor, other, root, leaf].map(({ certificate }) => certificate)
    expect(await findIssuer(leaf.certificate, all)).toBe(root.certificate)
    expect(await findIssuer(root.certificate, all)).toBe(root.certificate)
  })

  it('is undefined where it is not among them', async () => {
    const root = await issue('Root', { extensions: [ca()] })
    const impostor = await issue('Root', { extensions: [ca()] })
    const leaf = await issue('leaf', { issuer: root })
    expect(await findIssuer(leaf.certificate, [])).toBeUndefined()
    expect(await findIssuer(leaf.certificate, [leaf.certificate])).toBeUndefined()
    expect(await findIssuer(leaf.certificate, [impostor.certificate])).toBeUndefined()
  })

  it('is tried first where it has the key identifier that is asked for', async () => {
    const held = (id: string) => new SubjectKeyIdentifierExtension(id)
    const root = await issue('Root', { extensions: [ca(), held('0a')] })
    const unnamed = await issue('Root', { keys: root.keys, extensions: [ca()] })
    const renamed = await issue('Root', { keys: root.keys, extensions: [ca(), held('0b')] })
    const leaf = await issue('leaf', {
      issuer: root,
      extensions: [new AuthorityKeyIdentifierExtension('0a')],
    })
    const found = async (...all: readonly Issued[]) =>
      findIssuer(
        leaf.certificate,
        all.map(({ certificate }) => certificate),
      )
    expect(await found(renamed, unnamed, root)).toBe(root.certificate)
    expect(await found(renamed, unnamed)).toBe(unnamed.certificate)
    expect(await found(renamed)).toBe(renamed.certificate)
  })

  it('may have expired, and be no CA: only the signature counts', async () => {
    const root = await issue('Root', { notAfter: new Date('2021-01-01') })
    const leaf = await issue('leaf', { issuer: root })
    expect(await findIssuer(leaf.certificate, [root.certificate])).toBe(root.certificate)
  })

  it('is undefined where the signature is weak', async () => {
    const root = await issue('Root', { algorithm: ALGORITHMS['rsa-sha1'] })
    expect(await findIssuer(root.certificate, [root.certificate])).toBeUndefined()
  })

  it.each<[unknown, unknown]>([
    [undefined, []],
    [{}, []],
  ])('%#: misuse is a TypeError', async (certificate, certificates) => {
    const call = findIssuer(certificate as Certificate, certificates as Certificate[])
    await expect(call).rejects.toThrow(TypeError)
  })

  it.each([undefined, null, {}, [{}], [undefined]])(
    '%#: so are other lists',
    async (certificates) => {
      const { certificate } = await issue('Root')
      const call = findIssuer(certificate, certificates as Certificate[])
      await expect(call).rejects.toThrow(TypeError)
    },
  )
})
