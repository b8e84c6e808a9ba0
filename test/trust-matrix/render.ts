import { columnOf, decided, REQUESTS, type RequestCase, takesProxy } from './expectation.js'
import { type Result, type Run, SERVERS, TRUSTS } from './matrix.js'
import { ODD_NAMES, ODD_VERDICTS } from './odd-anchors.js'
import type { RequestRun } from './requests.js'
import { PATHS, RUNTIMES, type Runtime } from './runtimes.js'

/** How many TLS handshakes these are: a refusal dials nothing, and the last server knows no TLS. */
export function countHandshakes(results: readonly Result[]): number {
  return results.filter(({ outcome, trust }) => outcome !== 'refused' && trust !== 'none').length
}

/** The page with its tables of handshakes written anew. */
export function renderPage(page: string, runs: readonly Run[]): string {
  return between(page, 'trust-matrix', [
    versions(),
    verdicts(),
    proxies(),
    handshakes(runs),
    oddities(runs),
    bareOddities(runs),
    controls(runs),
  ])
}

/** The page with its table of requests written anew: a row for each runtime. */
export function renderRequests(page: string, runs: readonly RequestRun[]): string {
  const cases = Object.keys(REQUESTS) as RequestCase[]
  const rows = runs.map(({ runtime, outcomes }) => {
    return [runtime.name, ...cases.map((name) => wordsFor(outcomes[name]))]
  })
  const title =
    'What comes of requests by `createRegistryFetch` to a registry with a token service and a storage; a code is the `reason` of an attempt, *denied* that nothing is sent:'
  return between(page, 'requests', [`${title}\n\n${table(['runtime', ...cases], rows)}`])
}

/** A status, or the codes of the attempts, https first. */
function wordsFor(outcome: string): string {
  const [first = '', ...reasons] = outcome.split(' ')
  if (first !== 'unreachable') return first
  return reasons.map((reason) => `\`${reason}\``).join(', then ')
}

function between(page: string, name: string, tables: readonly string[]): string {
  const mark = `<!-- ${name}: begin -->`
  const begin = page.indexOf(mark)
  const end = page.indexOf(`<!-- ${name}: end -->`)
  if (begin < 0 || end < begin) throw new Error('docs/runtimes.md has lost its marks')
  return `${page.slice(0, begin)}${mark}\n\n${tables.join('\n\n')}\n\n${page.slice(end)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function versions(): string {
  const all = RUNTIMES.map(({ name, version }) =>
    name.startsWith('Node') ? version : `${name} ${version}`,
  )
  return `Measured on Node ${all.slice(0, 4).join(', ')}, ${all.slice(4).join(' and ')}, each with and without \`NODE_TLS_REJECT_UNAUTHORIZED=0\`.`
}

function verdicts(): string {
  const trusts = TRUSTS.filter((trust) => trust !== 'deny-all')
  const rows = SERVERS.map((server) => [
    server,
    ...trusts.map((trust) => (decided(trust, server) === 'accepted' ? 'accepts' : 'denies')),
  ])
  const title =
    'What each trust makes of a server, on every path and runtime where the adapter gives options and no TLS proxy is between:'
  return `${title}\n\n${table(['the server presents', ...trusts], rows)}`
}

function resultsOf(runs: readonly Run[], runtime: Runtime, isLoosened?: boolean): Result[] {
  return runs
    .filter((run) => run.runtime === runtime && (isLoosened ?? run.isLoosened) === run.isLoosened)
    .flatMap(({ results }) => results)
}

function handshakes(runs: readonly Run[]): string {
  const rows = PATHS.map((path) => [
    path,
    ...RUNTIMES.map((runtime) => {
      const results = resultsOf(runs, runtime).filter((result) => result.path === path)
      const isRefused = results.every(({ outcome }) => outcome === 'refused')
      return isRefused ? 'refused' : String(countHandshakes(results))
    }),
  ])
  const results = runs.flatMap((run) => run.results)
  const listed = countHandshakes(
    results.filter(({ path }) => PATHS.some((known) => known === path)),
  )
  const others = countHandshakes(results) - listed
  const title = `Handshakes on each path, ${listed} in all, beside ${others} of clients without an adapter; *refused* means that the adapter throws \`UnsupportedDecisionError\`:`
  return `${title}\n\n${table(['path', ...RUNTIMES.map(({ name }) => name)], rows)}`
}

const WORDS = { accepted: 'accepts', denied: 'denies', refused: 'refused' } as const

function oddities(runs: readonly Run[]): string {
  const title =
    'What comes of odd bundles, where the adapter is asked; *refused* as above, with what to do instead:'
  return `${title}\n\n${oddTable(runs, 'ca-bundle (odd)')}`
}

function bareOddities(runs: readonly Run[]): string {
  const title = 'And without an adapter, the same certificates handed to `https.get` as `ca`:'
  return `${title}\n\n${oddTable(runs, 'odd control')}`
}

function oddTable(runs: readonly Run[], trust: Result['trust']): string {
  const rows = ODD_NAMES.map((server) => [
    server,
    ...RUNTIMES.map((runtime) => {
      // Another run would have another outcome.
      if (ODD_VERDICTS[server][columnOf(runtime)] === 'either') return 'either'
      const outcomes = resultsOf(runs, runtime)
        .filter((result) => result.trust === trust && result.server === server)
        .filter(({ path }) => !runtime.refuses(path as (typeof PATHS)[number]))
        .map(({ outcome }) => WORDS[outcome])
      return [...new Set(outcomes)].join(' or ')
    }),
    WORDS[ODD_VERDICTS[server].go],
  ])
  return table(['the bundle is', ...RUNTIMES.map(({ name }) => name), 'Go'], rows)
}

function proxies(): string {
  const trusts = TRUSTS.filter((trust) => !trust.startsWith('deny-all'))
  const rows = (['public', 'private'] as const).map((root) => [
    `${root} root`,
    ...trusts.map((trust) => (takesProxy(trust, root) ? 'accepts' : 'denies')),
  ])
  const title =
    'What each trust makes of a proxy that is reached by TLS; without the proxy the server is not reached:'
  return `${title}\n\n${table(['the proxy presents', ...trusts], rows)}`
}

function controls(runs: readonly Run[]): string {
  const names = resultsOf(runs, RUNTIMES[0] as Runtime, false)
    .filter(({ trust }) => trust === 'control')
    .map(({ path }) => path)
  const outcomeOf = (runtime: Runtime, name: string, isLoosened: boolean) =>
    resultsOf(runs, runtime, isLoosened).find(({ path }) => path === name)?.outcome
  const cellOf = (runtime: Runtime, name: string) => {
    const usually = outcomeOf(runtime, name, false)
    const loosened = outcomeOf(runtime, name, true)
    if (usually === 'accepted') return '**accepts**'
    return loosened === 'accepted' ? '**accepts** if loosened' : 'denies'
  }
  const rows = names.map((name) => [name, ...RUNTIMES.map((runtime) => cellOf(runtime, name))])
  const title =
    'What the same clients do without the adapters, where nothing is trusted; *loosened* means `NODE_TLS_REJECT_UNAUTHORIZED=0`:'
  return `${title}\n\n${table(['given', ...RUNTIMES.map(({ name }) => name)], rows)}`
}
