import { createResolver, parseConfig } from 'imagepuller-auth'
import { documentOf, ratio, show, time } from './measure.js'

const COUNTS = [10, 1000, 100_000]
const ROUNDS = 5

/** The sizes take turns, so that a neighbour's busy moment isn't one size's alone. */
export function benchResolve() {
  const sizes = COUNTS.map(prepare)
  for (let round = 0; round < ROUNDS; round++) {
    for (const size of sizes) size.us = Math.min(size.us, timeResolve(size))
  }
  for (const { count, names, hosts, us } of sizes) {
    show(`resolve, ${count} rules`, us, `${ratio(us, sizes[0].us)} times that at 10 rules`)
    const linear = time((i) => scan(names, hosts[i & 1023]), Math.max(10, 1_000_000 / count))
    show(`  a linear scan over ${count} names alone`, linear, `${ratio(linear, us)} times resolve`)
  }
}

function prepare(count) {
  const config = parseConfig(documentOf(count), { maxBytes: 2 ** 30 })
  const hosts = Array.from(
    { length: 1024 },
    (_, i) => `registry-${(i * 7919) % count}.example.corp`,
  )
  const images = hosts.map((host) => `${host}/acme/app:1`)
  const names = config.rules.map((rule) => rule.name.slice(0, -1))
  return { count, hosts, images, names, resolver: createResolver(config), us: Infinity }
}

function timeResolve({ resolver, images }) {
  return time((i) => resolver.resolve(images[i & 1023]), 50_000)
}

function scan(names, host) {
  let found = ''
  for (const name of names) {
    const covers = host === name || host.endsWith(`.${name}`)
    if (covers && name.length > found.length) found = name
  }
  return found
}
