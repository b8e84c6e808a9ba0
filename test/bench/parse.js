import { parseConfig } from 'imagepuller-auth'
import { parse } from 'smol-toml'
import { documentOf, ratio, show, time } from './measure.js'

const ROUNDS = 5

/** The two take turns, so that a neighbour's busy moment, or a young heap, isn't one's alone. */
export function benchParse() {
  const document = documentOf(1000)
  let toml = Number.POSITIVE_INFINITY
  let config = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    toml = Math.min(
      toml,
      time(() => parse(document), 30),
    )
    config = Math.min(
      config,
      time(() => parseConfig(document), 30),
    )
  }
  show('smol-toml, 1000 rules', toml)
  show('parseConfig, 1000 rules', config, `${ratio(config, toml)} times smol-toml`)
}
