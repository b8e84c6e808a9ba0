// What lint, audit, the prediction and the explanation say; beside a polluted prototype, the same.
import { ConfigError, createResolver, parseConfig } from 'imagepuller-auth'
import { auditImages, compareConfigs } from 'imagepuller-auth/audit'
import { explain, renderExplanation } from 'imagepuller-auth/explain'
import { lintConfig } from 'imagepuller-auth/lint'
import { comparePuller, predictPuller } from 'imagepuller-auth/puller'
import { describe, expect, it } from 'vitest'

const DOCUMENT = `[extra-env]
HTTPS_PROXY = "http://user:pw@proxy.corp:3128"
NO_PROXY = "a..b,registry.corp"
[registries."registry.corp."]
ca-certs = "none"
username = "u"
password = "p"
[registries.".Corp."]
registrytoken = "Bearer t"
mirror = "https://mirror.corp"
[registries."https://x.io"]
auth = "dTpw"
`
const IMAGES = ['registry.corp/app:1', 'a.corp/app', 'Upper.corp/app', 'ghcr.io/acme/app']

const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code)

describe('findings', () => {
  it('lint', () => {
    expect(codes(lintConfig(DOCUMENT, { now: 0 }))).toMatchSnapshot()
    const ignore = ['deny-all', 'bearer-prefix'] as const
    expect(codes(lintConfig(DOCUMENT, { now: 0, ignore }))).toMatchSnapshot()
    for (const text of ['=', '[registries."a.io."]\npasword = 1', '[registries]\na = 1']) {
      expect(codes(lintConfig(text))).toMatchSnapshot(text)
    }
  })

  it('predictions', () => {
    const { starts, findings } = predictPuller(DOCUMENT)
    expect([starts, codes(findings)]).toMatchSnapshot()
    expect(codes(comparePuller(DOCUMENT, IMAGES))).toMatchSnapshot()
  })

  it('explanations, audits and differences', () => {
    const resolver = createResolver(parseConfig(DOCUMENT))
    const other = createResolver(parseConfig(''))
    for (const image of IMAGES) {
      expect(renderExplanation(explain(resolver, image), { width: 80 })).toMatchSnapshot(image)
    }
    expect(auditImages(resolver, IMAGES).map(({ findings }) => codes(findings))).toMatchSnapshot()
    expect(compareConfigs(resolver, other, IMAGES)).toMatchSnapshot()
  })

  it('a document that is refused is refused for the same reasons', () => {
    let codesOfError: string[] = []
    try {
      parseConfig('[registries."u:p@a.io"]\nca-certs = "none"\nusername = 1\nx = 1\n')
    } catch (error) {
      if (error instanceof ConfigError) codesOfError = codes(error.issues)
    }
    expect(codesOfError).toMatchSnapshot()
  })
})
