// Ratios, side by side in one run; the absolute times are this machine's.
import { createRequire } from 'node:module'
import { parse } from 'smol-toml'
import { createResolver, parseChallenges, parseConfig } from '../dist/index.js'

const require = createRequire(import.meta.url)
const authHeader = require('auth-header')
const wwwAuthenticate = require('www-authenticate').parsers.WWW_Authenticate

/** The best of several rounds, in microseconds a call. */
function time(call, calls) {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 7; round++) {
    const start = process.hrtime.bigint()
    for (let i = 0; i < calls; i++) call(i)
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / calls)
  }
  return best
}

const show = (name, us, note = '') =>
  console.log(`${name.padEnd(44)} ${us.toFixed(3).padStart(10)} µs  ${note}`)

function documentOf(count) {
  let text = ''
  for (let i = 0; i < count; i++) {
    text += `[registries."registry-${i}.example.corp."]\nusername = "user-${i}"\npassword = "secret-${i}"\n\n`
  }
  return text
}

const resolveTimes = new Map()
for (const count of [10, 1000, 100_000]) {
  const config = parseConfig(documentOf(count), { maxBytes: 2 ** 30 })
  const resolver = createResolver(config)
  const images = Array.from(
    { length: 1024 },
    (_, i) => `registry-${(i * 7919) % count}.example.corp/acme/app:1`,
  )
  const us = time((i) => resolver.resolve(images[i & 1023]), 100_000)
  resolveTimes.set(count, us)
  show(
    `resolve, ${count} rules`,
    us,
    `${(us / resolveTimes.get(10)).toFixed(2)} times that at 10 rules`,
  )
  const names = config.rules.map((rule) => rule.name.slice(0, -1))
  const hosts = images.map((image) => image.slice(0, image.indexOf('/')))
  const scan = (i) => {
    let found
    for (const name of names) {
      const host = hosts[i & 1023]
      if ((host === name || host.endsWith(`.${name}`)) && name.length > (found?.length ?? 0))
        found = name
    }
    return found
  }
  const linear = time(scan, Math.max(10, 1_000_000 / count))
  show(
    `  a linear scan over ${count} names alone`,
    linear,
    `${(linear / us).toFixed(1)} times resolve`,
  )
}

const document = documentOf(1000)
const toml = time(() => parse(document), 100)
const config = time(() => parseConfig(document), 100)
show('smol-toml, 1000 rules', toml)
show('parseConfig, 1000 rules', config, `${(config / toml).toFixed(2)} times smol-toml`)

const hub = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"'
show(
  'parseChallenges, Docker Hub',
  time(() => parseChallenges(hub), 50_000),
)
show(
  '  auth-header',
  time(() => authHeader.parse(hub), 50_000),
  'merges two challenges in one line',
)
show(
  '  www-authenticate',
  time(() => new wwwAuthenticate(hub), 50_000),
  'merges two challenges in one line',
)
