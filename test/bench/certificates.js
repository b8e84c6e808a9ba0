import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { parseCaBundle } from 'imagepuller-auth'
import { ratio, show, time } from './measure.js'

/** The root certificates of Node itself, each read from its PEM text. */
export function benchCertificates() {
  const count = rootCertificates.length
  let own = Number.POSITIVE_INFINITY
  let node = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    own = Math.min(
      own,
      time((i) => parseCaBundle(rootCertificates[i % count]), count),
    )
    node = Math.min(
      node,
      time((i) => new X509Certificate(rootCertificates[i % count]), count),
    )
  }
  show(`node:crypto, each of ${count} root certificates`, node)
  show('parseCaBundle, each of them', own, `${ratio(own, node)} times node:crypto`)
}
