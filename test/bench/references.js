import { parseImageReference } from 'imagepuller-auth/image-reference'
import { readCases, show, time } from './measure.js'

/** The references of the vectors that go-containerregistry reads, and the usual ones. */
export function benchReferences() {
  const texts = readCases('image-refs.json').flatMap(({ ref, want }) => (want.ok ? [ref] : []))
  const readable = texts.filter((text) => {
    try {
      return parseImageReference(text)
    } catch {
      return false
    }
  })
  const usual = ['nginx', 'ghcr.io/acme/app:1.2', `quay.io/acme/app@sha256:${'0a'.repeat(32)}`]
  for (const text of usual) {
    show(
      `parseImageReference, ${text.slice(0, 20)}`,
      time(() => parseImageReference(text), 50_000),
    )
  }
  show(
    `parseImageReference, each of ${readable.length} vectors`,
    time((i) => parseImageReference(readable[i % readable.length]), 50_000),
  )
}
