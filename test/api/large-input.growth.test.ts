// What reads a configuration, a credentials file or a list takes as long as that is, and no longer.
import { createResolver, parseCaBundle, parseConfig } from 'imagepuller-auth'
import { auditImages, compareConfigs } from 'imagepuller-auth/audit'
import { type DockerConfig, parseDockerConfig } from 'imagepuller-auth/docker-config'
import { explain } from 'imagepuller-auth/explain'
import { compileProxy } from 'imagepuller-auth/proxy'
import { fromDockerConfig, stringifyConfig } from 'imagepuller-auth/write'
import { describe, it } from 'vitest'
import { expectProportion } from '../support/proportion.js'

const SMALL = 1000

const list = (count: number, make: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i))
const configOf = (count: number) =>
  parseConfig(list(count, (i) => `[registries."r${i}.corp."]\nauth = "dTpw"\n`).join(''))
const resolverOf = (count: number) => createResolver(configOf(count))
const imagesOf = (count: number) => list(count, (i) => `r${i}.corp/acme/app:1`)
const fileOf = (count: number) =>
  `{ "auths": { ${list(count, (i) => `"r${i}.corp": { "auth": "dTpw" }`).join()} } }`

describe('eight times as much takes no more than its share', () => {
  const compare = <Input>(
    name: string,
    make: (count: number) => Input,
    run: (input: Input) => void,
  ) => it(name, () => expectProportion(run, make(SMALL), make(8 * SMALL)))

  compare('stringifyConfig', configOf, (config) => {
    stringifyConfig(config, { revealSecrets: true })
  })
  compare('createResolver', configOf, (config) => {
    createResolver(config)
  })
  compare('explain', resolverOf, (resolver) => {
    explain(resolver, 'x.r1.corp/app')
  })
  compare('parseDockerConfig', fileOf, (file) => {
    parseDockerConfig(file)
  })
  compare(
    'fromDockerConfig',
    (count) => parseDockerConfig(fileOf(count)),
    (file: DockerConfig) => {
      fromDockerConfig(file)
    },
  )
  compare(
    'auditImages',
    (count) => ({ resolver: resolverOf(count), images: imagesOf(count) }),
    ({ resolver, images }) => {
      auditImages(resolver, images)
    },
  )
  compare(
    'compareConfigs',
    (count) => ({ before: resolverOf(0), after: resolverOf(count), images: imagesOf(count) }),
    ({ before, after, images }) => {
      compareConfigs(before, after, images)
    },
  )
  compare(
    'compileProxy',
    (count) => list(count, (i) => `h${i}.corp`).join(),
    (noProxy) => {
      compileProxy({ httpsProxy: 'http://proxy.corp:3128', noProxy })
    },
  )
  compare(
    'parseCaBundle, of blocks that are skipped',
    (count) => list(count, (i) => `-----BEGIN X${i}-----\n-----END X${i}-----\n`).join(''),
    (bundle) => {
      parseCaBundle(bundle)
    },
  )
})
