import { parse } from 'smol-toml'
import { parseConfig } from '../dist/index.js'
import { documentOf, ratio, show, time } from './measure.js'

export function benchParse() {
  const document = documentOf(1000)
  const toml = time(() => parse(document), 100)
  const config = time(() => parseConfig(document), 100)
  show('smol-toml, 1000 rules', toml)
  show('parseConfig, 1000 rules', config, `${ratio(config, toml)} times smol-toml`)
}
