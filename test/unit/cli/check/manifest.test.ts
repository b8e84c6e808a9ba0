// Manifests as registries send them.

import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../../../src/cli/check/manifest.js'

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

describe('a manifest', () => {
  it('is known by the algorithm of the digest that names it', () => {
    const bytes = bytesOf({ layers: [] })
    const digest = `sha512:${createHash('sha512').update(bytes).digest('hex')}`
    expect(readManifest(bytes, digest)).toMatchObject({ shown: { digest } })
    expect(readManifest(bytes, `sha512:${'0'.repeat(128)}`)).toContain(
      'not the one that was asked for',
    )
  })

  it('is no manifest unless it is UTF-8', () => {
    expect(readManifest(Uint8Array.of(0xff, 0xfe), undefined)).toContain('no manifest')
  })

  it('shows no media type that is none', () => {
    const odd = readManifest(bytesOf({ layers: [], mediaType: 'application/\u001b[2J' }), undefined)
    expect(odd).toMatchObject({ shown: { mediaType: undefined } })
  })

  it('of an index leads to the platform of the guest', () => {
    const entry = (architecture: string, digit: string) => ({
      digest: `sha256:${digit.repeat(64)}`,
      platform: { os: 'linux', architecture },
    })
    const manifests = [entry('arm64', '1'), entry('amd64', '2')]
    expect(readManifest(bytesOf({ manifests }), undefined)).toMatchObject({
      shown: { platforms: ['linux/arm64', 'linux/amd64'] },
      next: `sha256:${'2'.repeat(64)}`,
    })
  })
})
