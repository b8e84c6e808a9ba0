import { readFileSync } from 'node:fs'

/** The best of several rounds, in microseconds a call. */
export function time(call, calls) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 7; round++) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < calls; i++) call(i)
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / calls)
  }
  return best
}

export function show(name, us, note = '') {
  console.log(`${name.padEnd(44)} ${us.toFixed(3).padStart(10)} µs  ${note}`)
}

export const ratio = (us, other) => (us / other).toFixed(2)

/** A configuration with so many rules, each with a user and a password. */
export function documentOf(count) {
  let text = ''
  for (let i = 0; i < count; i++) {
    text += `[registries."registry-${i}.example.corp."]\nusername = "user-${i}"\npassword = "secret-${i}"\n\n`
  }
  return text
}

/** The cases of a file in test/vectors. */
export function readCases(name) {
  const file = new URL(`../vectors/${name}`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')).cases
}
