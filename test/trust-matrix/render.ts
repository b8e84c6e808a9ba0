import { columnOf, decided, takesProxy } from './expectation.js'
import { type Result, type Run, SERVERS, TRUSTS } from './matrix.js'
import { ODD_NAMES, ODD_VERDICTS } from './odd-anchors.js'
import { PATHS, RUNTIMES, type Runtime } from './runtimes.js'

const BEGIN = '<!-- trust-matrix: begin -->'
const END = '<!-- trust-matrix: end -->'

/** How many TLS handshakes these are: a refusal dials nothing, and the last server knows no TLS. */
export function countHandshakes(results: readonly Result[]): number {
  return results.filter(({ outcome, trust }) => outcome !== 'refused' && trust !== 'none').length
}

/** The page with its tables written anew. */
export function renderPage(page: string, runs: readonly Run[]): string {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END)
  if (begin < 0 || end < begin) throw new Error('docs/runtimes.md has lost its marks')
  const tables = [
    versions(),
    verdicts(),
    proxies(),
    handshakes(runs),
    oddities(runs),
    bareOddities(runs),
    controls(runs),
  ]
  return `${page.slice(0, begin)}${BEGIN}\n\n${tables.join('\n\n')}\n\n${page.slice(end)}`
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
