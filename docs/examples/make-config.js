// The recipe of contrast-imagepuller.toml: `node docs/examples/make-config.js` writes it anew, with
// fresh CA certificates whose keys are thrown away. They are valid for a hundred years, so that the
// example doesn't expire.
import 'reflect-metadata'
import { writeFileSync } from 'node:fs'
import { BasicConstraintsExtension, X509CertificateGenerator } from '@peculiar/x509'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/** @param {string} name */
async function makeRoot(name) {
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2126-01-01T00:00:00Z'),
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  return certificate.toString('pem')
}

const [corp, partner, spare] = await Promise.all([
  makeRoot('CN=Corp Registry Root, O=Example Corp, C=DE'),
  makeRoot('CN=Partner Root 1, O=Partner'),
  makeRoot('CN=Partner Root 2, O=Partner'),
])

const config = `# An image puller's configuration with each kind of trust and of credentials. Written by make-config.js.

[extra-env]
HTTPS_PROXY = "http://proxy.corp:3128"
NO_PROXY = ".corp,.svc.cluster.local"

# Internal: one CA of our own, a user with a password.
[registries."registry.corp."]
ca-certs = '''
${corp}
'''
username = "puller"
password = "correct horse battery staple"

# More specific: the mirror's subdomains have a token of their own.
[registries.".mirror.registry.corp."]
registrytoken = "opaque-bearer-token"

# A partner's registry: two CAs, since one will replace the other.
[registries."registry.partner.example."]
ca-certs = '''
The one in use:
${partner}
The next one:
${spare}
'''
identitytoken = "opaque-refresh-token"

# Public, with a personal access token: base64 of "octocat:not-a-real-token".
[registries."ghcr.io."]
auth = "b2N0b2NhdDpub3QtYS1yZWFsLXRva2Vu"

# HTTP only, inside the cluster.
[registries."registry.default.svc.cluster.local."]
insecure-skip-verify = true

# Everybody else is refused.
[registries."."]
ca-certs = "no certificates: no TLS handshake will succeed"
`

writeFileSync(new URL('contrast-imagepuller.toml', import.meta.url), config)
