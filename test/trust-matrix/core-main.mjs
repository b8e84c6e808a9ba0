// node core-main.mjs CONFIG IMAGE...: prints what core-client.mjs finds out, as JSON.
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { runCore, showSecret } from './core-client.mjs'

const [, , file, ...images] = process.argv
const everything = { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }
const inspectors = (value) => [
  inspect(value, everything),
  inspect(value, { ...everything, customInspect: false }),
  ...(globalThis.Deno ? [Deno.inspect(value, { depth: 99, showHidden: true, getters: true })] : []),
  ...(globalThis.Bun ? [Bun.inspect(value, { depth: 99 })] : []),
]
const core = runCore(readFileSync(file, 'utf8'), images)
const secret = showSecret(inspectors)
console.log(JSON.stringify({ core, secret }))
