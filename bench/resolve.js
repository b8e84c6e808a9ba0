import { createResolver, parseConfig } from '../dist/index.js'
import { documentOf, ratio, show, time } from './measure.js'

export function benchResolve() {
  let first
  for (const count of [10, 1000, 100_000]) {
    const { rules } = parseConfig(documentOf(count), { maxBytes: 2 ** 30 })
    const images = Array.from(
      { length: 1024 },
      (_, i) => `registry-${(i * 7919) % count}.example.corp/acme/app:1`,
    )
    const us = timeResolve(count, images)
    first ??= us
    show(`resolve, ${count} rules`, us, `${ratio(us, first)} times that at 10 rules`)
    const names = rules.map((rule) => rule.name.slice(0, -1))
    const hosts = images.map((image) => image.slice(0, image.indexOf('/')))
    const linear = time((i) => scan(names, hosts[i & 1023]), Math.max(10, 1_000_000 / count))
    show(`  a linear scan over ${count} names alone`, linear, `${ratio(linear, us)} times resolve`)
  }
}

function timeResolve(count, images) {
  const resolver = createResolver(parseConfig(documentOf(count), { maxBytes: 2 ** 30 }))
  return time((i) => resolver.resolve(images[i & 1023]), 100_000)
}

function scan(names, host) {
  let found = ''
  for (const name of names) {
    const covers = host === name || host.endsWith(`.${name}`)
    if (covers && name.length > found.length) found = name
  }
  return found
}
