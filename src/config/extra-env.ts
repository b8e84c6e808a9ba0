import type { TomlTable } from 'smol-toml'
import {
  checkProxyUrl,
  describeProxyUrlFault,
  faultyEntries,
  type ProxySettings,
} from '../proxy/index.js'
import { Secret } from '../secret.js'
import { EXTRA_ENV_TABLE } from './keys.js'
import type { Report } from './report.js'
import { readValues } from './table.js'

export function readExtraEnv(table: TomlTable, report: Report): ProxySettings {
  const path = ['extra-env']
  const values = readValues(table, EXTRA_ENV_TABLE, path, report)
  const secret = (value: string | undefined) =>
    value === undefined ? undefined : new Secret(value)
  const extraEnv = Object.freeze({
    httpProxy: secret(values.HTTP_PROXY),
    httpsProxy: secret(values.HTTPS_PROXY),
    noProxy: secret(values.NO_PROXY),
  })
  const dotted = faultyEntries(extraEnv.noProxy?.reveal() ?? '')
    .filter(({ code }) => code === 'trailing-dot')
    .map(({ index }) => index)
  if (dotted.length > 0) {
    const message = `${listEntries(dotted)}: a trailing dot never matches, leave it out`
    report.warn('no-proxy-trailing-dot', [...path, 'NO_PROXY'], message)
  }
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY'] as const) {
    const fault = checkProxyUrl(
      extraEnv[name === 'HTTP_PROXY' ? 'httpProxy' : 'httpsProxy']?.reveal() ?? '',
    )
    if (fault) report.error('invalid-proxy-url', [...path, name], describeProxyUrlFault(fault))
  }
  return extraEnv
}

/** Entries of a list by their numbers from 1, the first ones of many. */
function listEntries(indexes: readonly number[]): string {
  const numbers = indexes.slice(0, MOST_LISTED).map((index) => index + 1)
  const more = indexes.length - numbers.length
  return `entry ${numbers.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_LISTED = 10
