// Runs in each runtime and in a browser: the whole way from a configuration to a decision, and every
// way to turn the secrets on it into text.
import {
  answerChallenge,
  createResolver,
  parseCaBundle,
  parseChallenges,
  parseConfig,
  requestUrls,
} from '../../dist/index.js'

const CANARY = 'canary-of-s3crets'

export function runCore(configuration, images) {
  const { certificates } = parseCaBundle(configuration)
  const resolver = createResolver(parseConfig(configuration))
  const decisions = images.map((image) => {
    const resolution = resolver.resolve(image)
    const { rule, tls, credentials, schemes, proxy } = resolution
    const challenges = parseChallenges('Basic realm="r"')
    const [url] = requestUrls(resolution, '/v2/')
    const answer =
      url === undefined ? 'denied' : answerChallenge(resolution, challenges, { url }).kind
    return [rule?.name, tls.kind, credentials.kind, schemes.join(), proxy.kind, url, answer]
  })
  return { certificates: certificates.length, fingerprint: certificates[0]?.fingerprint, decisions }
}

/** Everything that a runtime prints, or copies, of an object that holds a secret. */
export function showSecret(inspect) {
  const config = parseConfig(`[registries."a.io"]\nregistrytoken = "${CANARY}"`)
  const { registryToken } = config.rules[0]
  if (registryToken.reveal() !== CANARY) throw new Error('the secret is lost')
  const plain = { registryToken: CANARY }
  return {
    leaks: leaksOf([config, registryToken, [registryToken], { registryToken }], inspect),
    // That the same would find a secret that is a string.
    control: leaksOf([plain], inspect).length,
  }
}

function leaksOf(values, inspect) {
  const shown = values.flatMap((value) => [
    String(value),
    JSON.stringify(value),
    JSON.stringify({ ...value }),
    Object.entries(value).join(),
    ...inspect(value),
    ...inspect(structuredClone({ value: { ...value } })),
    ...inspect(new Error(`failed for ${value}`, { cause: value })),
  ])
  return shown.filter((text) => text.includes('canary'))
}
