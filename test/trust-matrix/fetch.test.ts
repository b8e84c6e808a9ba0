/** Requests to registries by each runtime's own client: trust, handshake, redirects, and plain HTTP. */
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REQUESTS, type RequestCase } from './expectation.js'
import { renderRequests } from './render.js'
import { type RequestBench, type RequestRun, startRequestBench } from './requests.js'
import { checkRuntimes, RUNTIMES } from './runtimes.js'

/** UPDATE=1 writes the page instead of comparing it. */
const isUpdate = process.env['UPDATE'] === '1'
const page = new URL('../../docs/runtimes.md', import.meta.url)

let bench: RequestBench
const runs: RequestRun[] = []

beforeAll(async () => {
  checkRuntimes()
  bench = await startRequestBench()
  for (const runtime of RUNTIMES) runs.push(await bench.run(runtime))
}, 300_000)

afterAll(() => bench?.close())

describe.each(RUNTIMES)('requests to registries on $name $version', (runtime) => {
  const run = () => runs.find((one) => one.runtime === runtime) as RequestRun
  const cases = Object.entries(REQUESTS) as [RequestCase, RegExp][]

  it.each(cases)('%s: come to the same as everywhere', (name, outcome) => {
    expect(run().outcomes[name]).toMatch(outcome)
  })

  it('take credentials to the registry and its token service, and to no storage', () => {
    const storage = run().received.filter((line) => line.startsWith('/storage'))
    expect(storage).toEqual(['/storage -', '/storage -'])
    const tokens = run().received.filter((line) => line.startsWith('/token'))
    expect(new Set(tokens)).toEqual(new Set([`/token Basic ${btoa('u:p')}`]))
  })
})

it('docs/runtimes.md has a row for each runtime that says so', () => {
  const before = readFileSync(page, 'utf8')
  const after = renderRequests(before, runs)
  if (isUpdate) writeFileSync(page, after)
  else expect(before).toBe(after)
})
