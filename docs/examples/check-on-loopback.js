// Checks the example configuration against a registry on loopback, which this starts itself and which
// needs no root: `node docs/examples/check-on-loopback.js`. The key of the CA in the example was thrown
// away, so a copy of the configuration gets a CA of its own.
import 'reflect-metadata'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

const HOST = 'registry.corp'
const USER = 'puller:correct horse battery staple'
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const HOUR = 60 * 60 * 1000

/** A CA, and the certificate of a server by it. */
async function makeChain() {
  const caKeys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const validity = { notBefore: new Date(Date.now() - HOUR), notAfter: new Date(Date.now() + HOUR) }
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Corp Registry Root, O=Example Corp, C=DE',
    keys: caKeys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  })
  const server = await X509CertificateGenerator.create({
    ...validity,
    subject: `CN=${HOST}`,
    issuer: ca.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: HOST }])],
  })
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`
  return { ca: ca.toString('pem'), cert: server.toString('pem'), key }
}

const layer = 'the layer'
/** @param {string} text */
const digestOf = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const mediaType = 'application/vnd.oci.image.manifest.v1+json'
const manifest = JSON.stringify({ mediaType, layers: [{ digest: digestOf(layer) }] })

/** What the registry has, by path. */
const content = new Map([
  ['/v2/', '{}'],
  ['/v2/team/app/manifests/1.2', manifest],
  [`/v2/team/app/blobs/${digestOf(layer)}`, layer],
])

const { ca, cert, key } = await makeChain()
const server = createServer({ cert, key }, ({ url = '', headers }, response) => {
  if (headers.authorization !== `Basic ${Buffer.from(USER).toString('base64')}`) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="corp"' }).end()
    return
  }
  const body = content.get(url)
  response.writeHead(body === undefined ? 404 : 200).end(body)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
if (address === null || typeof address === 'string') throw new Error('the server has no port')

const folder = mkdtempSync(join(tmpdir(), 'imagepuller-auth-'))
try {
  const example = readFileSync(new URL('contrast-imagepuller.toml', import.meta.url), 'utf8')
  const config = 'contrast-imagepuller.toml'
  // The first certificate is that of the rule for registry.corp.
  writeFileSync(
    join(folder, config),
    example.replace(/-----BEGIN.*?-----END CERTIFICATE-----/s, ca),
  )
  const require = createRequire(import.meta.url)
  const packageJson = require.resolve('imagepuller-auth/package.json')
  const cli = join(dirname(packageJson), require(packageJson).bin['imagepuller-auth'])
  const to = `${HOST}:443=127.0.0.1:${address.port}`
  const args = [cli, 'check', config, `${HOST}/team/app:1.2`, '--connect', to]
  const [status] = await once(
    spawn(process.execPath, args, { cwd: folder, stdio: 'inherit' }),
    'exit',
  )
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true })
  server.closeAllConnections()
  server.close()
}
