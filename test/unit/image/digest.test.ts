import { describe, expect, it } from 'vitest'
import { parseImageReference } from '../../../src/image/reference.js'
import { issueOf } from '../../support/image-error.js'

const HASH = '0123456789abcdef'.repeat(4)

describe('the id of a local image', () => {
  it.each([
    [HASH, 'its digits alone, which go-containerregistry takes for library/<digits>'],
    [`sha256:${HASH}`, 'with the algorithm, which it takes for library/sha256 with a tag'],
  ])('%s is no name on Docker Hub: %s', (text) => {
    const issue = issueOf(text)
    expect(issue).toMatchObject({ part: 'reference', code: 'image-id' })
    expect(issue.message).toContain('REGISTRY/REPOSITORY@sha256:')
  })

  it.each([
    [HASH.slice(1), 'a digit less'],
    [`${HASH}0`, 'a digit more'],
    [`${HASH.slice(1)}g`, 'no hexadecimal digit'],
    [`acme/${HASH}`, 'a repository of somebody'],
    [`sha256/${HASH}`, 'the same'],
    [`sha512:${HASH}`, 'a tag'],
    [`${HASH}:1`, 'a name with a tag'],
  ])('%s is a name: %s', (text) => {
    expect(parseImageReference(text).host).toBe('index.docker.io')
  })
})

describe('a digest that is refused', () => {
  it.each([
    ['nginx@latest', 'no digest'],
    [`nginx@sha512:${HASH}`, 'another algorithm'],
    [`nginx@sha256:${HASH} `, 'a blank behind it'],
    ['nginx@sha256:', 'nothing'],
  ])('%s: %s', (text) => {
    expect(issueOf(text)).toMatchObject({ part: 'digest', code: 'invalid-grammar' })
  })
})
