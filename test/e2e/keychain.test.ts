/** The keychain against a real credential helper: docker-credential-pass, with its own keys. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createKeychain } from 'imagepuller-auth/keychain'
import { beforeAll, describe, expect, test } from 'vitest'
import { atEnd, workshop } from './support/programs.js'

const PASSWORD = 'correct horse "battery" \\ stäple'
let env: Record<string, string>

beforeAll(() => {
  const home = mkdtempSync(join(workshop, 'pass-'))
  const GNUPGHOME = join(home, 'gnupg')
  mkdirSync(GNUPGHOME)
  chmodSync(GNUPGHOME, 0o700)
  env = { HOME: home, GNUPGHOME, PATH: process.env['PATH'] ?? '' }
  const call = (program: string, args: readonly string[], input = '') =>
    execFileSync(program, args, { env, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })
  const batch = ['--batch', '--pinentry-mode', 'loopback', '--passphrase', '']
  call('gpg', [...batch, '--quick-generate-key', 'puller', 'default', 'default', 'never'])
  const listed = call('gpg', ['--list-keys', '--with-colons'])
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1] ?? ''
  call('pass', ['init', fingerprint])
  const store = (ServerURL: string, Username: string, Secret: string) =>
    call('docker-credential-pass', ['store'], JSON.stringify({ ServerURL, Username, Secret }))
  store('ghcr.io', 'puller', PASSWORD)
  store('azure.io', '<token>', 'a refresh token')
  mkdirSync(join(home, '.docker'))
  const config = { credsStore: 'pass', credHelpers: { 'gone.io': 'nowhere' } }
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify(config))
  atEnd(async () => {
    execFileSync('gpgconf', ['--kill', 'all'], { env })
  })
})

describe('docker-credential-pass', () => {
  test('gives what was stored', async () => {
    const found = await createKeychain({ env }).credentials('ghcr.io')
    expect(found.kind).toBe('basic')
    const encoded = found.kind === 'basic' ? found.encoded.reveal() : ''
    expect(Buffer.from(encoded, 'base64').toString()).toBe(`puller:${PASSWORD}`)
  })

  test('gives an identity token', async () => {
    const found = await createKeychain({ env }).credentials('azure.io')
    expect(found.kind === 'identity-token' && found.identityToken.reveal()).toBe('a refresh token')
  })

  test('has none for an unknown server, for which it exits 0', async () => {
    expect(await createKeychain({ env }).credentials('quay.io')).toEqual({ kind: 'anonymous' })
  })

  test('that is not there is a failure', async () => {
    expect(await createKeychain({ env }).credentials('gone.io')).toMatchObject({
      kind: 'failure',
      code: 'helper-not-found',
      helper: 'nowhere',
    })
  })
})
