import { rootCertificates } from 'node:tls'
import {
  createResolver,
  parseCaBundle,
  parseChallenges,
  parseConfig,
  parseImageReference,
} from 'imagepuller-auth'
import { auditImages, compareConfigs } from 'imagepuller-auth/audit'
import { parseDockerConfig } from 'imagepuller-auth/docker-config'
import { explain } from 'imagepuller-auth/explain'
import { lintConfig } from 'imagepuller-auth/lint'
import { compileProxy } from 'imagepuller-auth/proxy'
import { fromDockerConfig, stringifyConfig } from 'imagepuller-auth/write'
import { ratio, show } from './measure.js'

const MIB = 1024 * 1024
/** Below the limit of a document, with what stands around what is repeated. */
const MOST = MIB - 256
const fill = (unit, size) => unit.repeat(Math.floor(size / unit.length))
const numbered = (make, size) => {
  let text = ''
  for (let i = 0; text.length < size; i++) text += make(i)
  return text
}
const rulesOf = (nameOf, keys) => (size) =>
  numbered((i) => `[registries."${nameOf(i)}"]\n${keys}\n`, size)
const rules = rulesOf((i) => `r${i}.corp.`, 'auth="dTpw"')
const bundle = (unit, size) => `[registries.a]\nca-certs = '''\n${fill(unit, size)}'''`

/** Documents of any size: what is usual, and what somebody may send to keep a program busy. */
const DOCUMENTS = {
  rules,
  'rules in upper case': rulesOf((i) => `R${i}.Corp.`, 'auth="dTpw"'),
  'rules with a port': rulesOf((i) => `r${i}.corp:5000`, 'auth="dTpw"'),
  'rules for addresses': rulesOf(
    (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    'auth="dTpw"',
  ),
  'bad rules': rulesOf((i) => `a${i}.io:1`, 'x=1'),
  'BEGIN spam': (size) => bundle('-----BEGIN CERTIFICATE-----\n', size),
  tables: (size) => numbered((i) => `[a${i}]\n`, size),
  'dotted keys': (size) => `${fill('a.', size)}a = 1`,
  'wrong keys': (size) => `[registries.a]\n${numbered((i) => `k${i} = 1\n`, size)}`,
  'one string': (size) => `x = "${fill('a', size)}"`,
}

const resolverOf = (size) => createResolver(parseConfig(rules(size)))
const imagesOf = (size) =>
  numbered((i) => `r${i}.corp/acme/app:1\n`, size)
    .trim()
    .split('\n')
const dockerFile = (size) =>
  `{"auths":{${numbered((i) => `"r${i}.corp":{"auth":"dTpw"},`, size)}"a.io":{"auth":"dTpw"}}}`

/** The other public functions, with what makes their input of a size. */
const OTHERS = {
  stringifyConfig: [
    (config) => stringifyConfig(config, { revealSecrets: true }),
    (size) => parseConfig(rules(size)),
  ],
  'createResolver, of its rules': [createResolver, (size) => parseConfig(rules(size))],
  'explain, of its rules': [(resolver) => explain(resolver, 'r1.corp/app'), resolverOf],
  parseDockerConfig: [parseDockerConfig, dockerFile],
  fromDockerConfig: [fromDockerConfig, (size) => parseDockerConfig(dockerFile(size))],
  'auditImages, of images': [
    (images) => auditImages(createResolver(parseConfig('')), images),
    imagesOf,
  ],
  'compareConfigs, of images': [
    ({ before, after, images }) => compareConfigs(before, after, images),
    (size) => ({ before: resolverOf(0), after: resolverOf(size), images: imagesOf(size) }),
  ],
  'parseChallenges, of challenges': [
    parseChallenges,
    (size) => fill('Bearer realm="https://a.io/t", ', size),
  ],
  'compileProxy, of NO_PROXY': [
    (noProxy) => compileProxy({ httpsProxy: 'http://p.corp:3128', noProxy }),
    (size) => numbered((i) => `h${i}.corp,`, size),
  ],
  'parseCaBundle, of certificates': [
    parseCaBundle,
    (size) => numbered((i) => `${rootCertificates[i % rootCertificates.length]}\n`, size),
  ],
}

export function benchLimits() {
  for (const [name, run] of Object.entries({ parseConfig, lintConfig })) {
    for (const [what, make] of Object.entries(DOCUMENTS)) {
      report(`${name}, 1 MiB of ${what}`, run, make(MOST / 2), make(MOST))
    }
  }
  for (const [name, [run, make]] of Object.entries(OTHERS)) {
    report(`${name}, 1 MiB`, run, make(MOST / 2), make(MOST))
  }
  report('parseImageReference, 4 kB', parseImageReference, fill('a.', 2048), fill('a.', 4096))
}

function report(name, run, half, whole) {
  const us = best(run, whole)
  show(name, us, `${ratio(us, best(run, half))} times half of it`)
}

function best(run, input) {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const start = process.hrtime.bigint()
    try {
      run(input)
    } catch {
      // That it is refused is what is measured.
    }
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1000)
  }
  return least
}
