/** What the tests of written configurations have in common. */

import { readFileSync } from 'node:fs'

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** Our own example of a configuration, with two certificates. */
export const EXAMPLE: string = read('docs/examples/contrast-imagepuller.toml')

const PEMS = EXAMPLE.match(/-----BEGIN[\s\S]*?END CERTIFICATE-----\n/g) ?? []

/** The first certificate of the example. */
export const PEM: string = PEMS[0] ?? ''

/** Another one. */
export const OTHER_PEM: string = PEMS[1] ?? ''

export const REVEAL = { revealSecrets: true } as const
