// The time of lint grows with its document alone, whatever it is made of.
import { it } from 'vitest'
import { lintConfig } from '../../../src/lint/index.js'
import { NOW, withPems } from '../../support/lint.js'
import { expectProportion } from '../../support/proportion.js'

it.each<[string, (size: number) => string]>([
  [
    'rules',
    (n) =>
      Array.from({ length: n }, (_, i) => `[registries."r${i}.Corp"]\nauth = "dTpw"\n`).join(''),
  ],
  [
    'rules for addresses and with ports',
    (n) =>
      Array.from(
        { length: n },
        (_, i) => `[registries."10.0.${i >> 8}.${i & 255}"]\n[registries."r${i}.corp:5000"]\n`,
      ).join(''),
  ],
  [
    'wrong keys',
    (n) => `[registries."a.io."]\n${Array.from({ length: n }, (_, i) => `k${i} = 1\n`).join('')}`,
  ],
  [
    'ties',
    (n) =>
      Array.from(
        { length: n },
        (_, i) => `[registries.".r${i}.corp."]\n[registries."x.r${i}.corp."]\n`,
      ).join(''),
  ],
  [
    'comments',
    (n) =>
      Array.from(
        { length: n },
        (_, i) =>
          `# imagepuller-auth: ignore bearer-prefix x\n[registries."r${i}.corp."]\nregistrytoken = "Bearer x"\n`,
      ).join(''),
  ],
  [
    'comments on one table',
    (n) =>
      `${'# imagepuller-auth: ignore deny-all x\n'.repeat(n)}[registries."."]\nca-certs = "none"\n`,
  ],
  [
    'damaged lines',
    (n) =>
      withPems(
        `[registries."a.io."]\nca-certs = '''\nCERTIFICATE\n${'----BEGIN CERTIFICATE----\n'.repeat(n)}'''\n`,
      ),
  ],
  ['BEGIN lines in no TOML', (n) => `=\n${'-----BEGIN CERTIFICATE-----\n'.repeat(n)}`],
  ['dots in a token', (n) => `[registries."a.io."]\nregistrytoken = "${'e30.'.repeat(n * 8)}"\n`],
  ['labels', (n) => `[registries."${'a.'.repeat(n * 8)}"]\nauth = "dTpw"\n`],
])('the time of lintConfig grows with the size: %s', (_, make) => {
  expectProportion((document: string) => lintConfig(document, { now: NOW }), make(400), make(3200))
})
